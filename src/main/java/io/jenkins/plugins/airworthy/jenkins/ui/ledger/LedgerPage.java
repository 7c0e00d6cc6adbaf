package io.jenkins.plugins.airworthy.jenkins.ui.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Util;
import hudson.model.ModelObject;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyPermissions;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;
import io.jenkins.plugins.airworthy.sign.tlog.NoteKey;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

import java.io.IOException;
import java.util.List;

/** The controller's ledger: whether it is sound, its key, its entries. For those who may investigate; administrators may continue it. */
public final class LedgerPage implements ModelObject, StaplerProxy {
    private static final int BAD_REQUEST = 400;
    private static final int MAX_REASON = 1_000;

    private final ControllerLedger ledger;

    public LedgerPage() {
        this(ControllerLedger.current());
    }

    LedgerPage(ControllerLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public String getDisplayName() {
        return "Ledger";
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(AirworthyPermissions.INVESTIGATE);
        return this;
    }

    /** What keeps things from being signed and promoted; opens the ledger if it is not open. */
    public List<String> getProblems() {
        try {
            ledger.open();
        } catch (AirworthyException e) {
            return List.of(e.getMessage());
        }
        return ledger.problems();
    }

    /** Whether there is something to show. */
    public boolean isOpen() {
        try {
            ledger.open();
            return true;
        } catch (AirworthyException e) {
            return false;
        }
    }

    /** Whether the person may continue the ledger, and there is a reason to. */
    public boolean isContinueAllowed() throws AirworthyException {
        return isOpen()
                && ledger.open().health().tree().isPresent()
                && Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    public long getEntryCount() throws AirworthyException {
        return ledger.open().size();
    }

    public String getOrigin() throws AirworthyException {
        return ledger.open().origin();
    }

    /** The newest checkpoint, a signed note. */
    public String getCheckpoint() throws AirworthyException {
        return ledger.open().lastCheckpoint();
    }

    /** The public key in the form that other tools take. */
    public String getVerifierKey() {
        return ledger.key().map(NoteKey::text).orElse("");
    }

    /** The entries that the request asks for; the newest ones if it asks for none. */
    public List<ShownEntry> getEntries() throws AirworthyException {
        return LedgerSearch.of(Stapler.getCurrentRequest2()).in(ledger);
    }

    /** Why the request asks for nothing that can be looked for; empty if it does not. */
    public String getSearchProblem() {
        try {
            getEntries();
            return "";
        } catch (AirworthyException e) {
            return e.getMessage();
        }
    }

    /** What the request asks for, to show it again in the form. */
    public String given(String name) {
        return Util.fixNull(Stapler.getCurrentRequest2().getParameter(name));
    }

    /** The published files. */
    public LedgerFiles getLog() {
        return new LedgerFiles(ledger);
    }

    /** The public key as text. */
    @GET
    public HttpResponse doKey() throws AirworthyException {
        ledger.open();
        return HttpResponses.text(getVerifierKey() + "\n");
    }

    /** The same search as on the page, as JSON. */
    @GET
    public void doEntries(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        ObjectNode answer = StrictJson.object();
        try {
            ArrayNode entries =
                    answer.put("origin", getOrigin()).put("size", getEntryCount()).putArray("entries");
            LedgerSearch.of(request).in(ledger).forEach(entry -> entries.add(entry.answer()));
        } catch (AirworthyException e) {
            response.setStatus(BAD_REQUEST);
            answer.removeAll().put("error", e.getMessage());
        }
        response.setContentType("application/json");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(StrictJson.write(answer));
    }

    /** Goes on with a ledger that is smaller or other than what was seen of it. */
    @POST
    public HttpResponse doContinue(@QueryParameter String reason) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            String given = Util.fixNull(reason).strip();
            if (given.isEmpty() || given.length() > MAX_REASON) {
                throw new InvalidInputException(
                        "a reason of 1 to " + MAX_REASON + " characters is needed: the ledger keeps it");
            }
            ledger.continueAfter(Jenkins.getAuthentication2().getName(), given);
            return HttpResponses.redirectTo(".");
        } catch (AirworthyException e) {
            return HttpResponses.forwardToView(this, "index").with("problem", e.getMessage());
        }
    }
}
