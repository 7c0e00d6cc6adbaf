package io.jenkins.plugins.airworthy.jenkins.run;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.RingKey;
import io.jenkins.plugins.airworthy.jenkins.config.SignatureLog;
import io.jenkins.plugins.airworthy.sign.EvidenceSigner;
import io.jenkins.plugins.airworthy.sign.VerificationKey;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.Base64;

/**
 * An identity whose every signature stands in the controller's record before it is attached; the instance's own log knows of it earlier.
 * Refuses to sign anything but a statement about an image, of a type that its role is for. For one thread.
 */
final class LoggedIdentity implements LoggedSigner {
    private static final int MAX_BUNDLE_BYTES = 64 * 1024 * 1024;

    private final EvidenceSigner signer;
    private final String name;
    private final KeyRole role;
    private final String run;
    private final String repository;
    private final SignatureLog log;
    private final InstantSource clock;
    private String fingerprint = "";

    LoggedIdentity(
            EvidenceSigner signer,
            String name,
            KeyRole role,
            String run,
            String repository,
            SignatureLog log,
            InstantSource clock) {
        this.signer = signer;
        this.name = name;
        this.role = role;
        this.run = run;
        this.repository = repository;
        this.log = log;
        this.clock = clock;
    }

    static LoggedIdentity open(RingKey key, Run<?, ?> run, String repository) throws AirworthyException {
        return new LoggedIdentity(
                key.identity(run),
                key.name(),
                key.role(),
                run.getExternalizableId(),
                repository,
                SignatureLog.current(),
                InstantSource.system());
    }

    @Override
    public byte[] signStatement(byte[] payload, String what) throws AirworthyException, InterruptedException {
        Statement statement = Statement.parse(payload, "the statement to sign");
        SignedTypes.require(role, statement.predicateType());
        byte[] bundle = signer.signStatement(payload, what);
        fingerprint = certified(bundle).fingerprint();
        log.append(new SignatureLog.Entry(
                clock.instant(),
                run,
                statement.subject().digest(),
                Digest.of(payload),
                statement.predicateType(),
                name,
                fingerprint,
                SignatureLog.Details.of(statement, true, repository)));
        return bundle;
    }

    /** The key that the bundle's certificate is for; the signer has verified it. */
    private static VerificationKey certified(byte[] bundle) throws InvalidInputException {
        try {
            String certificate = StrictJson.parseObject(bundle, "the bundle that was made", MAX_BUNDLE_BYTES)
                    .object("verificationMaterial")
                    .object("certificate")
                    .string("rawBytes");
            return VerificationKey.of(
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(Base64.getDecoder().decode(certificate)))
                            .getPublicKey(),
                    "the certificate that was given");
        } catch (CertificateException | IllegalArgumentException e) {
            throw new InvalidInputException("the certificate that was given cannot be read", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return "identity '" + name + "'";
    }
}
