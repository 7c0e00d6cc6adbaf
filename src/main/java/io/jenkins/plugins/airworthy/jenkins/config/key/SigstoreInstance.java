package io.jenkins.plugins.airworthy.jenkins.config.key;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.credential.JenkinsProxies;
import io.jenkins.plugins.airworthy.jenkins.form.FormCheck;
import io.jenkins.plugins.airworthy.jenkins.form.RequiredParameter;
import io.jenkins.plugins.airworthy.sign.bundle.KeylessSigner;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.keyless.IdentityTokenSource;
import io.jenkins.plugins.airworthy.sign.keyless.SigningConfig;
import io.jenkins.plugins.airworthy.sign.keyless.SigstoreServices;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/**
 * The Sigstore instance whose certificates are believed, and with which identities sign: its two documents, as texts. Refuses to
 * sign with an instance that it would not believe.
 */
public final class SigstoreInstance implements Describable<SigstoreInstance> {
    /** Where an administrator sets this up. */
    public static final String WHERE = "under Manage Jenkins, Security, Airworthy";

    private String trustedRoot = "";
    private String signingConfig = "";

    @DataBoundConstructor
    public SigstoreInstance() {}

    /** The content of {@code trusted_root.json}; empty if no certificate is believed. */
    public String getTrustedRoot() {
        return trustedRoot;
    }

    @DataBoundSetter
    public void setTrustedRoot(String trustedRoot) {
        this.trustedRoot = Util.fixNull(trustedRoot).trim();
    }

    /** The content of {@code signing_config.json}; empty if identities do not sign. */
    public String getSigningConfig() {
        return signingConfig;
    }

    @DataBoundSetter
    public void setSigningConfig(String signingConfig) {
        this.signingConfig = Util.fixNull(signingConfig).trim();
    }

    /** The verifier of certificates; absent if no trusted root is set up. */
    public Optional<CertificateTrust> trust() throws InvalidInputException {
        return trustedRoot.isEmpty() ? Optional.empty() : Optional.of(requireTrust());
    }

    private SigstoreTrust requireTrust() throws InvalidInputException {
        TrustedRoot root = TrustedRoot.parse(trustedRoot.getBytes(StandardCharsets.UTF_8), "the trusted root");
        return new SigstoreTrust(root, Clock.systemUTC());
    }

    private SigningConfig services() throws InvalidInputException {
        return SigningConfig.parse(signingConfig.getBytes(StandardCharsets.UTF_8), "the signing configuration");
    }

    /**
     * A signer without a key, as the identity in the tokens.
     *
     * @param what wants to sign, for errors
     */
    public StatementSigner signer(IdentityTokenSource tokens, String what) throws InvalidInputException {
        if (trustedRoot.isEmpty() || signingConfig.isEmpty()) {
            throw new InvalidInputException(what + " signs without a key, but no Sigstore instance is set up for that:"
                    + " an administrator can add its trusted root and signing configuration " + WHERE);
        }
        return new KeylessSigner(
                new SigstoreServices(services(), Clock.systemUTC(), new JenkinsProxies()), requireTrust(), tokens);
    }

    /** Refuses documents that cannot be read, and services without a trusted root. */
    public void check() throws InvalidInputException {
        trust();
        if (!signingConfig.isEmpty()) {
            services();
            if (trustedRoot.isEmpty()) {
                throw new InvalidInputException(
                        "a signing configuration is given without a trusted root: add the one of the"
                                + " same Sigstore instance");
            }
        }
    }

    /** Older configurations lack newer fields. */
    Object readResolve() {
        trustedRoot = Util.fixNull(trustedRoot);
        signingConfig = Util.fixNull(signingConfig);
        return this;
    }

    /** The descriptor. Its checks are for administrators only. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<SigstoreInstance> {
        @Override
        public String getDisplayName() {
            return "Sigstore";
        }

        @POST
        public FormValidation doCheckTrustedRoot(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return checked(value, "");
        }

        @POST
        public FormValidation doCheckSigningConfig(@QueryParameter String value, @QueryParameter String trustedRoot) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return checked(trustedRoot, value);
        }

        private static FormValidation checked(String trustedRoot, String signingConfig) {
            return FormCheck.of(() -> {
                SigstoreInstance instance = new SigstoreInstance();
                instance.setTrustedRoot(trustedRoot);
                instance.setSigningConfig(signingConfig);
                instance.check();
            });
        }
    }
}
