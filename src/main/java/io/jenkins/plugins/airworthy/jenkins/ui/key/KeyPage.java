package io.jenkins.plugins.airworthy.jenkins.ui.key;

import hudson.model.ModelObject;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyPermissions;
import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyStates;
import io.jenkins.plugins.airworthy.jenkins.form.RequiredParameter;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The page of one key: its data, what it may sign, and how to retire or revoke it. */
public final class KeyPage implements ModelObject {
    private final KeyEntry entry;

    KeyPage(KeyEntry entry) {
        this.entry = entry;
    }

    public ShownKey getKey() {
        return ShownKey.of(entry, KeyNotices.current().states());
    }

    /** Warnings about it. */
    public List<String> getWarnings() {
        return KeyNotices.current().warnings(entry);
    }

    /** What happens to changes on this page; empty if they are permanent. */
    public String getAdvice() {
        return KeyNotices.current().advice(entry);
    }

    public KeyChoices getChoices() {
        return new KeyChoices();
    }

    @Override
    public String getDisplayName() {
        return "Key " + entry.getName();
    }

    public boolean isManageable() {
        return Jenkins.get().hasPermission(AirworthyPermissions.MANAGE_KEYS);
    }

    /** The current time, as the form for a revocation's date suggests it. */
    public String getNow() {
        return Revocation.suggest(Clock.systemUTC().instant());
    }

    /** The public key as a file. */
    @GET
    public void doPublicKey(StaplerResponse2 response) throws IOException {
        ShownKey key = getKey();
        if (!key.readable()) {
            throw HttpResponses.notFound();
        }
        response.setContentType("application/x-pem-file");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + KeyFileName.of(key.name()) + "\"");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(key.publicKey().getBytes(StandardCharsets.US_ASCII));
    }

    /** Changes what the key may be used for. */
    @POST
    public HttpResponse doUpdate(StaplerRequest2 request) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        try {
            KeyScope scope = KeyEdit.scope(request);
            KeyEdit.change(entry, scope::applyTo);
            return HttpResponses.redirectTo(".");
        } catch (InvalidInputException e) {
            return refused(e);
        }
    }

    /** Makes this key the first choice if several keys fit. */
    @POST
    public HttpResponse doPutFirst() {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        KeyEdit.putFirst(entry);
        return HttpResponses.redirectTo(".");
    }

    /** Ends signing with this key; its signatures are believed as before. */
    @POST
    public HttpResponse doRetire(@QueryParameter String confirm) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        RequiredParameter.require(confirm, "confirm");
        try {
            requireConfirmation(confirm);
            if (state() != KeyState.ACTIVE) {
                throw new InvalidInputException("only an active key can be retired");
            }
            end(KeyState.RETIRED, Clock.systemUTC().instant());
            return HttpResponses.redirectTo(".");
        } catch (AirworthyException e) {
            return refused(e);
        }
    }

    /** Revokes this key. */
    @POST
    public HttpResponse doRevoke(@QueryParameter String since, @QueryParameter String confirm) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        RequiredParameter.require(since, "since");
        RequiredParameter.require(confirm, "confirm");
        try {
            requireConfirmation(confirm);
            if (state() == KeyState.REVOKED) {
                throw new InvalidInputException("this key is revoked already");
            }
            end(KeyState.REVOKED, Revocation.since(since, Clock.systemUTC().instant()));
            return HttpResponses.redirectTo(".");
        } catch (AirworthyException e) {
            return refused(e);
        }
    }

    private KeyState state() throws UndecidedException {
        return KeyStates.of(AirworthyConfiguration.get().getKeys(), EndedKeys.current())
                .of(entry);
    }

    /** Writes first the permanent record, then the configuration, which may fail to be stored and may be replaced. */
    private void end(KeyState state, Instant at) throws UndecidedException {
        EndedKeys.current().add(entry, state, at, Jenkins.getAuthentication2().getName());
        KeyEdit.change(entry, key -> {
            key.setState(state);
            key.setEnded(at.equals(Instant.MIN) ? "" : at.toString());
        });
    }

    private void requireConfirmation(String typed) throws InvalidInputException {
        if (!typed.strip().equals(entry.getName())) {
            throw new InvalidInputException(
                    "this cannot be undone: type the key's name, " + entry.getName() + ", to confirm");
        }
    }

    private HttpResponse refused(AirworthyException failure) {
        return HttpResponses.forwardToView(this, "index").with("problem", failure.getMessage());
    }
}
