package io.jenkins.plugins.airworthy.jenkins.ui;

import hudson.model.ModelObject;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyPermissions;
import io.jenkins.plugins.airworthy.jenkins.config.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.KeyState;
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

/** One key: what it is, what it may sign, and the ways to end it. */
public final class KeyPage implements ModelObject {
    private final KeyEntry entry;

    KeyPage(KeyEntry entry) {
        this.entry = entry;
    }

    public ShownKey getKey() {
        return ShownKey.of(entry);
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

    /** This moment, as the form for a revocation's date suggests it. */
    public String getNow() {
        return Revocation.suggest(Clock.systemUTC().instant());
    }

    /** The public key as a file. */
    @GET
    public void doPublicKey(StaplerResponse2 response) throws IOException {
        ShownKey key = ShownKey.of(entry);
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

    /** Makes this key the one that is chosen where several would do. */
    @POST
    public HttpResponse doPutFirst() {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        KeyEdit.putFirst(entry);
        return HttpResponses.redirectTo(".");
    }

    /** Ends signing with this key; what it signed is believed as before. */
    @POST
    public HttpResponse doRetire(@QueryParameter String confirm) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        try {
            requireConfirmation(confirm);
            if (entry.getState() != KeyState.ACTIVE) {
                throw new InvalidInputException("only an active key can be retired");
            }
            end(KeyState.RETIRED, Clock.systemUTC().instant());
            return HttpResponses.redirectTo(".");
        } catch (InvalidInputException e) {
            return refused(e);
        }
    }

    /** Takes back the trust in this key. */
    @POST
    public HttpResponse doRevoke(@QueryParameter String since, @QueryParameter String confirm) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        try {
            requireConfirmation(confirm);
            if (entry.getState() == KeyState.REVOKED) {
                throw new InvalidInputException("this key is revoked already");
            }
            end(KeyState.REVOKED, Revocation.since(since, Clock.systemUTC().instant()));
            return HttpResponses.redirectTo(".");
        } catch (InvalidInputException e) {
            return refused(e);
        }
    }

    private void end(KeyState state, Instant at) {
        KeyEdit.change(entry, key -> {
            key.setState(state);
            key.setEnded(at.toString());
        });
    }

    private void requireConfirmation(String typed) throws InvalidInputException {
        if (!typed.strip().equals(entry.getName())) {
            throw new InvalidInputException(
                    "there is no way back: type the key's name, " + entry.getName() + ", to confirm");
        }
    }

    private HttpResponse refused(InvalidInputException failure) {
        return HttpResponses.forwardToView(this, "index").with("problem", failure.getMessage());
    }
}
