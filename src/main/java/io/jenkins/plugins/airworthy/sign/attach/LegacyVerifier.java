package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.SignatureProof;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.DsseEnvelope;
import io.jenkins.plugins.airworthy.sign.bundle.SignedBytes;
import io.jenkins.plugins.airworthy.sign.bundle.SimpleSigning;
import io.jenkins.plugins.airworthy.sign.sigstore.SignedContent;

import java.util.Optional;

/**
 * Verifies that a layer at a legacy tag was signed by a trusted key or identity and is about this digest.
 * The annotations are not signed: they only contain the signature and its certificate. The
 * payload is not parsed before its signature was verified.
 */
final class LegacyVerifier {
    private final Digest subject;
    private final BelievedSigners signers;

    private final BelievedStatements statements;

    LegacyVerifier(Digest subject, BelievedSigners signers, boolean heads) {
        this.statements = new BelievedStatements(subject, heads);
        this.subject = subject;
        this.signers = signers;
    }

    /** A signature with its content, and how to parse that after verification. */
    private record Signed(SignedBytes bytes, Digest payload, Reading reading) {
        interface Reading {
            Statement statement() throws AirworthyException;
        }
    }

    EvidenceCheck judge(LegacyLayer layer, byte[] blob) throws AirworthyException {
        Signed signed = layer.tag() == LegacyTag.SIGNATURES ? signature(layer, blob) : attestation(layer, blob);
        BelievedSigners.Believed signer = signer(layer, signed);
        Statement statement = signed.reading().statement();
        if (!statement.subject().digest().equals(subject)) {
            throw new InvalidInputException(layer.what() + ": is signed for "
                    + statement.subject().digest() + ", but it was attached to " + subject);
        }
        return new EvidenceCheck.Believed(new AttachedStatement(
                signer.evidence(statement, layer.manifest(), signed.payload()),
                Optional.of(new EvidenceTag(layer.tag().of(subject), subject, layer.manifest(), layer.carried()))));
    }

    private static Signed signature(LegacyLayer layer, byte[] payload) throws InvalidInputException {
        JsonObject annotations = layer.annotations();
        byte[] signature = StrictBase64.member(annotations, LegacyTag.SIGNATURE);
        if (signature.length == 0 || signature.length > DsseEnvelope.MAX_SIGNATURE_BYTES) {
            throw annotations.error(
                    LegacyTag.SIGNATURE, "a signature has 1 to " + DsseEnvelope.MAX_SIGNATURE_BYTES + " bytes");
        }
        return new Signed(
                new SignedBytes(SignedContent.message(payload, signature), key -> key.verify(payload, signature)),
                Digest.of(payload),
                () -> SimpleSigning.parse(payload, layer.what() + ": payload"));
    }

    private Signed attestation(LegacyLayer layer, byte[] bytes) throws InvalidInputException {
        DsseEnvelope envelope = DsseEnvelope.parse(
                StrictJson.parseObject(bytes, layer.what() + ": envelope", Bundle.MAX_BYTES, Bundle.MAX_VALUES));
        return new Signed(
                envelope.signedIn(bytes), envelope.payloadDigest(), () -> statements.in(envelope, layer.what()));
    }

    /** Tries the trusted keys first: what a key signed counts as its own, whatever certificate is attached. */
    private BelievedSigners.Believed signer(LegacyLayer layer, Signed signed) throws AirworthyException {
        Optional<String> certificate = layer.annotation(LegacyTag.CERTIFICATE);
        if (certificate.isEmpty()) {
            return proven(
                    signers.key(signed.bytes().check(), signed.payload(), key -> false, layer.what()), layer, signed);
        }
        Optional<Signer.Key> key =
                signers.keyIfAny(signed.bytes().check(), signed.payload(), any -> false, layer.what());
        if (key.isPresent()) {
            return proven(key.get(), layer, signed);
        }
        return signers.identity(LegacyMaterial.of(layer, certificate.get()), false, signed.bytes(), layer.what());
    }

    private BelievedSigners.Believed proven(Signer.Key key, LegacyLayer layer, Signed signed) {
        try {
            return signers.proven(
                    key, LegacyMaterial.ofKey(layer), false, signed.bytes().content());
        } catch (InvalidInputException e) {
            return BelievedSigners.Believed.of(key, SignatureProof.flawed(e.getMessage()));
        }
    }
}
