package io.jenkins.plugins.airworthy.jenkins.ui.key;

import hudson.model.ModelObject;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyPermissions;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyGeneration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyStates;
import io.jenkins.plugins.airworthy.jenkins.form.FormCheck;
import io.jenkins.plugins.airworthy.jenkins.form.RequiredParameter;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** The list of keys, and the forms to add keys. Private halves are never shown. */
public final class KeysPage implements ModelObject {
    /** The form for a key that only verifies, and so has no role. */
    private static final String TRUST = "trust";

    private final KeyGeneration generation = new KeyGeneration(Clock.systemUTC());

    /** All keys, in the order in which they are chosen. */
    public List<ShownKey> getAll() {
        KeyStates states = KeyNotices.current().states();
        return AirworthyConfiguration.get().getKeys().stream()
                .map(key -> ShownKey.of(key, states))
                .toList();
    }

    /** Warnings: ended keys that are configured as active, or a record that cannot be read. */
    public List<String> getWarnings() {
        return KeyNotices.current().warnings();
    }

    /** What happens to changes on these pages; empty if they are permanent. */
    public String getAdvice() {
        return KeyNotices.current().advice();
    }

    public KeyChoices getChoices() {
        return new KeyChoices();
    }

    /** Credentials that may hold a private key, for users who may choose one. */
    public List<KeyChoices.Choice> getCredentials() {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        return KeyCredentials.keys();
    }

    /** Credentials that may hold the password of a private key, likewise. */
    public List<KeyChoices.Choice> getPasswordCredentials() {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        return KeyCredentials.passwords();
    }

    @Override
    public String getDisplayName() {
        return "Keys";
    }

    public boolean isManageable() {
        return Jenkins.get().hasPermission(AirworthyPermissions.MANAGE_KEYS);
    }

    /** Whether keys in hardware are offered. */
    public boolean isAdministrator() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** One key's page, by name; null if there is none, as Stapler requires. */
    public KeyPage getDynamic(String name) {
        return KeyEdit.find(name).map(KeyPage::new).orElse(null);
    }

    /** Generates a key whose private half is never shown. */
    @POST
    public HttpResponse doGenerate(StaplerRequest2 request, @QueryParameter String name) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        RequiredParameter.require(name, "name");
        return add(request, "generate", () -> generation.generate(KeyEdit.requireNewName(name)));
    }

    /** Imports the private half of a key from a PEM or cosign file. */
    @POST
    public HttpResponse doImportKey(
            StaplerRequest2 request,
            @QueryParameter String name,
            @QueryParameter String privateKeyFile,
            @QueryParameter String password) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        RequiredParameter.require(name, "name");
        RequiredParameter.require(privateKeyFile, "privateKeyFile");
        RequiredParameter.require(password, "password");
        byte[] file = privateKeyFile.getBytes(StandardCharsets.UTF_8);
        char[] secret = password.toCharArray();
        try {
            return add(request, "import", () -> generation.imported(KeyEdit.requireNewName(name), file, secret));
        } finally {
            Arrays.fill(file, (byte) 0);
            Arrays.fill(secret, '\0');
        }
    }

    /** Adds a key by a credential that holds the private half; the public half is computed from it. */
    @POST
    public HttpResponse doUseCredential(
            StaplerRequest2 request,
            @QueryParameter String name,
            @QueryParameter String credentialsId,
            @QueryParameter String passwordCredentialsId) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        RequiredParameter.require(name, "name");
        RequiredParameter.require(credentialsId, "credentialsId");
        RequiredParameter.require(passwordCredentialsId, "passwordCredentialsId");
        return add(request, "credential", () -> {
            if (credentialsId.isBlank()) {
                throw new InvalidInputException("name the credential that holds the private key");
            }
            return generation.inCredential(
                    KeyEdit.requireNewName(name), credentialsId.strip(), passwordCredentialsId.strip());
        });
    }

    /** Adds a key in a hardware module. The module's code runs in the controller, so only administrators may do this. */
    @POST
    public HttpResponse doUseHardware(
            StaplerRequest2 request,
            @QueryParameter String name,
            @QueryParameter String hardwareKey,
            @QueryParameter String pinCredentialsId) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        RequiredParameter.require(name, "name");
        RequiredParameter.require(hardwareKey, "hardwareKey");
        RequiredParameter.require(pinCredentialsId, "pinCredentialsId");
        return add(request, "hardware", () -> {
            if (pinCredentialsId.isBlank()) {
                throw new InvalidInputException("name the credential that holds the PIN, a secret text");
            }
            return generation.inHardware(KeyEdit.requireNewName(name), hardwareKey.strip(), pinCredentialsId.strip());
        });
    }

    @POST
    public FormValidation doCheckHardwareKey(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        RequiredParameter.require(value, "value");
        return value.isBlank() ? FormValidation.ok() : FormCheck.of(() -> KeyGeneration.checkHardware(value.strip()));
    }

    /** Adds an identity by a credential with its token, to sign without a key. */
    @POST
    public HttpResponse doUseIdentity(
            StaplerRequest2 request, @QueryParameter String name, @QueryParameter String identityCredentialsId) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        RequiredParameter.require(name, "name");
        RequiredParameter.require(identityCredentialsId, "identityCredentialsId");
        return add(request, "identity", () -> {
            if (identityCredentialsId.isBlank()) {
                throw new InvalidInputException("name the credential that holds the identity token");
            }
            return generation.keyless(KeyEdit.requireNewName(name), identityCredentialsId.strip());
        });
    }

    /** Adds a public key, whose signatures are believed where a policy names it. */
    @POST
    public HttpResponse doTrust(
            StaplerRequest2 request, @QueryParameter String name, @QueryParameter String publicKey) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        RequiredParameter.require(name, "name");
        RequiredParameter.require(publicKey, "publicKey");
        return add(request, TRUST, () -> generation.verifying(KeyEdit.requireNewName(name), publicKey));
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        RequiredParameter.require(value, "value");
        return value.isBlank() ? FormValidation.ok() : FormCheck.of(() -> KeyEdit.requireNewName(value));
    }

    @POST
    public FormValidation doCheckFolders(@QueryParameter String value) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        RequiredParameter.require(value, "value");
        return FormCheck.of(() -> KeyScope.of(List.of(), value, "", List.of()));
    }

    @POST
    public FormValidation doCheckImages(@QueryParameter String value) {
        Jenkins.get().checkPermission(AirworthyPermissions.MANAGE_KEYS);
        RequiredParameter.require(value, "value");
        return FormCheck.of(() -> KeyScope.of(List.of(), "", value, List.of()));
    }

    private HttpResponse add(StaplerRequest2 request, String form, Source source) {
        try {
            KeyScope scope = KeyEdit.scope(request);
            if (scope.roles().isEmpty() && !form.equals(TRUST)) {
                throw new InvalidInputException("tick at least one role: a key without one signs nothing");
            }
            KeyEntry entry = source.make();
            scope.applyTo(entry);
            KeyEdit.add(entry);
            return HttpResponses.redirectTo(entry.getName() + "/");
        } catch (AirworthyException e) {
            return HttpResponses.forwardToView(this, "new")
                    .with("problem", e.getMessage())
                    .with("openForm", form);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpResponses.forwardToView(this, "new")
                    .with("problem", "stopped")
                    .with("openForm", form);
        }
    }

    /** A source of a key. */
    @FunctionalInterface
    private interface Source {
        KeyEntry make() throws AirworthyException, InterruptedException;
    }
}
