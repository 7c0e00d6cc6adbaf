package io.jenkins.plugins.airworthy.sign.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.keyless.IdentityToken;
import io.jenkins.plugins.airworthy.sign.keyless.IdentityTokenSource;
import io.jenkins.plugins.airworthy.sign.keyless.SigstoreServices;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * Signs without a permanent key: generates a key in memory, obtains a certificate from a Sigstore instance, signs once, obtains a
 * timestamp and a log entry, and discards the key. Never returns a bundle that its own verifier would refuse.
 */
public final class KeylessSigner implements StatementSigner {
    private final SigstoreServices services;
    private final SigstoreTrust trust;
    private final IdentityTokenSource tokens;

    /** A bundle, with its signature and signer. */
    private static final class Made {
        private final byte[] bundle;
        private final byte[] signature;
        private final Signer.Identity identity;

        Made(byte[] bundle, byte[] signature, Signer.Identity identity) {
            this.bundle = bundle;
            this.signature = signature;
            this.identity = identity;
        }
    }

    /**
     * Creates a signer for one Sigstore instance.
     *
     * @param trust the trust in the same instance
     */
    public KeylessSigner(SigstoreServices services, SigstoreTrust trust, IdentityTokenSource tokens) {
        this.services = services;
        this.trust = trust;
        this.tokens = tokens;
    }

    @Override
    public SignedStatement sign(Statement statement) throws AirworthyException, InterruptedException {
        Payload payload = Payload.of(statement);
        SoftwareKey key = SoftwareKey.generate();
        String what = "a statement about " + statement.subject().digest();
        Made made = inEnvelope(payload.bytes(), key, what);
        return SignedStatement.by(made.identity, key.publicKey(), payload, made.signature, made.bundle);
    }

    /**
     * Signs the bytes of a statement unchanged, for a bundle that is not attached to an image.
     *
     * @param payload the statement's bytes
     * @param what the statement's name in errors
     * @return a Sigstore bundle of version 0.3
     */
    public byte[] signEnvelope(byte[] payload, String what) throws AirworthyException, InterruptedException {
        return inEnvelope(payload, SoftwareKey.generate(), what).bundle;
    }

    private Made inEnvelope(byte[] payload, SoftwareKey key, String what)
            throws AirworthyException, InterruptedException {
        X509Certificate certificate = certificate(key);
        byte[] signed = DsseEnvelope.signedBytes(payload);
        byte[] signature = key.sign(signed);
        ObjectNode material = services.material(certificate, Digest.of(signed).bytes(), signature);
        DsseEnvelope envelope = new DsseEnvelope(payload, signature);
        byte[] bundle = Bundle.write(material, "dsseEnvelope", envelope.toJson());
        return new Made(bundle, signature, verified(bundle, envelope.signed(), what));
    }

    /** Signs bytes, and returns a bundle with a message signature. */
    public byte[] signArtefact(byte[] content, String what) throws AirworthyException, InterruptedException {
        SoftwareKey key = SoftwareKey.generate();
        X509Certificate certificate = certificate(key);
        Digest digest = Digest.of(content);
        byte[] signature = key.sign(content);
        ObjectNode material = services.material(certificate, digest.bytes(), signature);
        ObjectNode message = StrictJson.object();
        message.putObject("messageDigest")
                .put("algorithm", "SHA2_256")
                .put("digest", Base64.getEncoder().encodeToString(digest.bytes()));
        message.put("signature", Base64.getEncoder().encodeToString(signature));
        byte[] bundle = Bundle.write(material, "messageSignature", message);
        verified(bundle, Artefact.of(content).signed(signature), what);
        return bundle;
    }

    private X509Certificate certificate(SoftwareKey key) throws AirworthyException, InterruptedException {
        IdentityToken token = tokens.token();
        byte[] proof = key.sign(token.challenge().getBytes(StandardCharsets.UTF_8));
        X509Certificate certificate =
                services.certificate(token, key.publicKey().pem(), proof);
        VerificationKey certified = VerificationKey.of(certificate.getPublicKey(), "the certificate that was given");
        if (!certified.equals(key.publicKey())) {
            throw new UndecidedException(
                    "the certificate authority certified another key than the one that was shown to it;"
                            + " nothing was signed");
        }
        return certificate;
    }

    /** Verifies the bundle and returns its signer. */
    private Signer.Identity verified(byte[] bundle, SignedBytes signed, String what) throws AirworthyException {
        String made = "the signature of " + what;
        try {
            return CertificateSignature.verify(Bundle.parse(bundle, made), signed, trust, made)
                    .identity();
        } catch (InvalidInputException e) {
            throw new UndecidedException(
                    "the Sigstore instance's answer does not verify with the trusted root, so nothing was written;"
                            + " check that the signing configuration and the trusted root belong together: "
                            + e.getMessage(),
                    e);
        }
    }
}
