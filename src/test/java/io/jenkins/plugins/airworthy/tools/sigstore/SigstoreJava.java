package io.jenkins.plugins.airworthy.tools.sigstore;

import dev.sigstore.KeylessVerificationException;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.VerificationOptions;
import dev.sigstore.VerificationOptions.CertificateMatcher;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.bundle.BundleParseException;
import dev.sigstore.strings.StringMatcher;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;

/**
 * The verifier of the sigstore-java library, without any network. It needs Bouncy Castle among the JVM's providers, which
 * the product does without: so that provider is there only while it runs.
 */
public final class SigstoreJava {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private SigstoreJava() {}

    /** Why it does not take the bundle as a signature of the artefact by exactly this identity; empty if it does. */
    public static Optional<String> refusal(byte[] root, byte[] bundle, byte[] sha256, String issuer, String subject) {
        Security.addProvider(BOUNCY_CASTLE);
        try {
            SigstoreTrustedRoot trusted = SigstoreTrustedRoot.from(new ByteArrayInputStream(root));
            CertificateMatcher signer = CertificateMatcher.fulcio()
                    .issuer(StringMatcher.string(issuer))
                    .subjectAlternativeName(StringMatcher.string(subject))
                    .build();
            KeylessVerifier.builder()
                    .trustedRootProvider(() -> trusted)
                    .build()
                    .verify(
                            sha256,
                            Bundle.from(new StringReader(new String(bundle, StandardCharsets.UTF_8))),
                            VerificationOptions.builder()
                                    .addCertificateMatchers(signer)
                                    .build());
            return Optional.empty();
        } catch (KeylessVerificationException
                | BundleParseException
                | SigstoreConfigurationException
                | GeneralSecurityException
                | RuntimeException
                | StackOverflowError e) {
            return Optional.of(reason(e));
        } finally {
            Security.removeProvider(BOUNCY_CASTLE.getName());
        }
    }

    private static String reason(Throwable e) {
        StringBuilder reason = new StringBuilder();
        for (Throwable at = e; at != null; at = at.getCause()) {
            reason.append(at.getClass().getSimpleName())
                    .append(": ")
                    .append(at.getMessage())
                    .append("; ");
        }
        return reason.toString().replace('\n', ' ');
    }
}
