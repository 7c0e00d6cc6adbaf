package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.keyless.IdentityToken;
import io.jenkins.plugins.airworthy.sign.keyless.IdentityTokenSource;
import io.jenkins.plugins.airworthy.sign.keyless.SigstoreServices;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * Signs without a key of its own: makes one in memory, has a Sigstore instance certify whose it is, signs once, has the
 * signature timed and recorded, and forgets the key. Refuses to give out a bundle that its own verifier would refuse.
 */
public final class KeylessSigner implements EvidenceSigner {
    private final SigstoreServices services;
    private final SigstoreTrust trust;
    private final IdentityTokenSource tokens;

    /**
     * A signer with one instance.
     *
     * @param trust in that same instance
     */
    public KeylessSigner(SigstoreServices services, SigstoreTrust trust, IdentityTokenSource tokens) {
        this.services = services;
        this.trust = trust;
        this.tokens = tokens;
    }

    @Override
    public byte[] signStatement(byte[] payload, String what) throws AirworthyException, InterruptedException {
        SoftwareKey key = SoftwareKey.generate();
        X509Certificate certificate = certificate(key);
        byte[] signed = DsseEnvelope.signedBytes(payload);
        byte[] signature = key.sign(signed);
        ObjectNode material = services.material(certificate, Digest.of(signed).bytes(), signature);
        DsseEnvelope envelope = new DsseEnvelope(payload, signature);
        return verified(Bundle.write(material, "dsseEnvelope", envelope.toJson()), envelope.signed(), what);
    }

    /** Signs bare bytes: a bundle of a message signature. */
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
        return verified(
                Bundle.write(material, "messageSignature", message),
                Artefact.of(content).signed(signature),
                what);
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

    private byte[] verified(byte[] bundle, SignedBytes signed, String what) throws AirworthyException {
        String made = "the signature of " + what;
        try {
            CertificateSignature.verify(Bundle.parse(bundle, made), signed, trust, made);
            return bundle;
        } catch (InvalidInputException e) {
            throw new UndecidedException(
                    "what the Sigstore instance answered does not verify with the trusted root, so nothing was"
                            + " written; do the signing configuration and the trusted root belong together? "
                            + e.getMessage(),
                    e);
        }
    }
}
