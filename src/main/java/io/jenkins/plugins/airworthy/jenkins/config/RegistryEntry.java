package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.util.ArrayList;
import java.util.List;

/** A registry that this controller talks to; it talks to no other. */
public final class RegistryEntry implements Describable<RegistryEntry> {
    private final String host;
    private RegistryRole role = RegistryRole.STAGING;
    private String credentialsId = "";
    private String agentCredentialsId = "";
    private String caCertificates = "";
    private boolean plainHttp;
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
     * A system credential for agents; empty for the one above where the registry is for staging, and for none where it is for
     * production.
     */
    public String getAgentCredentialsId() {
        return agentCredentialsId;
    }

    @DataBoundSetter
    public void setAgentCredentialsId(String agentCredentialsId) {
        this.agentCredentialsId = Util.fixNull(agentCredentialsId);
    }

    /** PEM certificates of authorities trusted for this registry beside the platform's. */
    public String getCaCertificates() {
        return caCertificates;
    }

    @DataBoundSetter
    public void setCaCertificates(String caCertificates) {
        this.caCertificates = Util.fixNull(caCertificates).trim();
    }

    public boolean isPlainHttp() {
        return plainHttp;
    }

    @DataBoundSetter
    public void setPlainHttp(boolean plainHttp) {
        this.plainHttp = plainHttp;
    }

    /** Further hosts whose token service may be sent this registry's credential. */
    public List<String> getTokenRealms() {
        return List.copyOf(tokenRealms);
    }

    @DataBoundSetter
    public void setTokenRealms(List<String> tokenRealms) {
        this.tokenRealms = tokenRealms == null ? new ArrayList<>() : new ArrayList<>(tokenRealms);
    }

    RegistryAccess access() {
        return new RegistryAccess(host, caCertificates, plainHttp, tokenRealms);
    }

    @Override
    public String toString() {
        return "registry " + host;
    }

    /** What Jenkins knows of registries. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<RegistryEntry> {
        @Override
        public String getDisplayName() {
            return "Registry";
        }
    }
}
