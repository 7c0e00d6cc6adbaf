package io.jenkins.plugins.airworthy.jenkins.config;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialChoice;
import io.jenkins.plugins.airworthy.jenkins.form.FormCheck;
import io.jenkins.plugins.airworthy.jenkins.form.RequiredParameter;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A registry that this controller may connect to. Registries without an entry are refused. */
public final class RegistryEntry implements Describable<RegistryEntry> {
    private final String host;
    private RegistryRole role = RegistryRole.STAGING;
    private String credentialsId = "";
    private String agentCredentialsId = "";
    private String caCertificates = "";
    private String clientCertificateId = "";
    private boolean plainHttp;
    private boolean legacyEvidence;
    private List<String> tokenRealms = new ArrayList<>();

    @DataBoundConstructor
    public RegistryEntry(String host) {
        this.host = Util.fixNull(host).trim();
    }

    /** As references write it, with the port if one is written. */
    public String getHost() {
        return host;
    }

    public RegistryRole getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(RegistryRole role) {
        this.role = role == null ? RegistryRole.STAGING : role;
    }

    /** A system credential with user and password, for the controller; empty for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId);
    }

    /**
     * A system credential for agents; if empty, agents use the one above for a staging registry, and none for production.
     */
    public String getAgentCredentialsId() {
        return agentCredentialsId;
    }

    @DataBoundSetter
    public void setAgentCredentialsId(String agentCredentialsId) {
        this.agentCredentialsId = Util.fixNull(agentCredentialsId);
    }

    /** PEM certificates of authorities trusted for this registry in addition to the platform's. */
    public String getCaCertificates() {
        return caCertificates;
    }

    @DataBoundSetter
    public void setCaCertificates(String caCertificates) {
        this.caCertificates = Util.fixNull(caCertificates).trim();
    }

    /** A system credential with the certificate that the controller shows to this registry; empty for none. */
    public String getClientCertificateId() {
        return clientCertificateId;
    }

    @DataBoundSetter
    public void setClientCertificateId(String clientCertificateId) {
        this.clientCertificateId = Util.fixNull(clientCertificateId);
    }

    public boolean isPlainHttp() {
        return plainHttp;
    }

    @DataBoundSetter
    public void setPlainHttp(boolean plainHttp) {
        this.plainHttp = plainHttp;
    }

    /** Whether signatures and statements are attached at cosign's older tags, for those who verify with older tools. */
    public boolean isLegacyEvidence() {
        return legacyEvidence;
    }

    @DataBoundSetter
    public void setLegacyEvidence(boolean legacyEvidence) {
        this.legacyEvidence = legacyEvidence;
    }

    /** Further hosts whose token service may be sent this registry's credential. */
    public List<String> getTokenRealms() {
        return List.copyOf(tokenRealms);
    }

    /** The same as one text, for the form. */
    public String getTokenRealmWords() {
        return String.join(" ", tokenRealms);
    }

    @DataBoundSetter
    public void setTokenRealms(List<String> tokenRealms) {
        // A form sends all of them as one text.
        this.tokenRealms = new ArrayList<>(ConfigurationCheck.words(tokenRealms == null ? List.of() : tokenRealms));
    }

    RegistryAccess access() {
        return new RegistryAccess(host, caCertificates, plainHttp, tokenRealms);
    }

    @Override
    public String toString() {
        return "registry " + host;
    }

    /** Older configurations lack newer fields. */
    Object readResolve() {
        role = role == null ? RegistryRole.STAGING : role;
        credentialsId = Util.fixNull(credentialsId);
        agentCredentialsId = Util.fixNull(agentCredentialsId);
        caCertificates = Util.fixNull(caCertificates);
        clientCertificateId = Util.fixNull(clientCertificateId);
        tokenRealms = tokenRealms == null ? new ArrayList<>() : tokenRealms;
        return this;
    }

    /** The descriptor of registry entries. Its checks are for administrators only. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<RegistryEntry> {
        @Override
        public String getDisplayName() {
            return "Registry";
        }

        @POST
        public FormValidation doCheckHost(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return check(value, entry -> {});
        }

        @POST
        public FormValidation doCheckCaCertificates(
                @QueryParameter String value, @QueryParameter String host, @QueryParameter boolean plainHttp) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return check(host, entry -> {
                entry.setCaCertificates(value);
                entry.setPlainHttp(plainHttp);
            });
        }

        @POST
        public FormValidation doCheckPlainHttp(@QueryParameter boolean value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return value
                    ? FormValidation.warning(
                            "Credentials and images travel unencrypted; images are still checked by digest.")
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckTokenRealms(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return check("registry.example.com", entry -> entry.setTokenRealms(List.of(value)));
        }

        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value, @QueryParameter String role) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return CredentialChoice.check(
                    StandardUsernamePasswordCredentials.class,
                    value,
                    RegistryRole.PRODUCTION.name().equals(role));
        }

        @POST
        public FormValidation doCheckAgentCredentialsId(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return CredentialChoice.check(StandardUsernamePasswordCredentials.class, value, false);
        }

        @POST
        public FormValidation doCheckClientCertificateId(@QueryParameter String value, @QueryParameter String role) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return CredentialChoice.check(
                    StandardCertificateCredentials.class,
                    value,
                    RegistryRole.PRODUCTION.name().equals(role));
        }

        @POST
        public ListBoxModel doFillClientCertificateIdItems(@QueryParameter String clientCertificateId) {
            return CredentialChoice.of(StandardCertificateCredentials.class, Util.fixNull(clientCertificateId));
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return CredentialChoice.of(StandardUsernamePasswordCredentials.class, Util.fixNull(credentialsId));
        }

        @POST
        public ListBoxModel doFillAgentCredentialsIdItems(@QueryParameter String agentCredentialsId) {
            return CredentialChoice.of(StandardUsernamePasswordCredentials.class, Util.fixNull(agentCredentialsId));
        }

        private static FormValidation check(String host, Consumer<RegistryEntry> fill) {
            RegistryEntry entry = new RegistryEntry(host);
            fill.accept(entry);
            return FormCheck.of(() -> {
                ConfigurationCheck.registry(entry);
            });
        }
    }
}
