package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.Arrays;
import java.util.Set;

/** A signature of bytes, with the digest that the bundle claims for them. Refuses every digest but SHA-256. */
final class MessageSignature {
    private final byte[] digest;
    private final byte[] signature;

    MessageSignature(byte[] digest, byte[] signature) {
        this.digest = digest;
        this.signature = signature;
    }

    static MessageSignature parse(JsonObject json) throws InvalidInputException {
        json.allowOnly(Set.of("messageDigest", "signature"));
        JsonObject digest = json.object("messageDigest");
        digest.allowOnly(Set.of("algorithm", "digest"));
        if (!digest.string("algorithm").equals("SHA2_256")) {
            throw digest.error("algorithm", "expected SHA2_256");
        }
        byte[] signature = StrictBase64.member(json, "signature");
        if (signature.length == 0 || signature.length > DsseEnvelope.MAX_SIGNATURE_BYTES) {
            throw json.error("signature", "a signature has 1 to " + DsseEnvelope.MAX_SIGNATURE_BYTES + " bytes");
        }
        return new MessageSignature(StrictBase64.member(digest, "digest"), signature);
    }

    byte[] signature() {
        return signature.clone();
    }

    boolean isAbout(Digest artefact) {
        return Arrays.equals(digest, artefact.bytes());
    }
}
