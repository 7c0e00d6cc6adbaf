package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.Base64;
import java.util.Set;

/**
 * A Sigstore bundle, version 0.3, around a DSSE envelope. Refuses other versions, unknown members and bundles of a
 * message signature. Log entries and timestamps may be there and are not looked at: whoever believes a bundle because
 * of a key learns nothing from them, and {@link io.jenkins.plugins.airworthy.evidence.Signer} claims nothing about them.
 */
record Bundle(DsseEnvelope envelope, VerificationMaterial material) {
    /** What all versions begin with; also the artifact type of the manifests that carry them. */
    static final String TYPE_PREFIX = "application/vnd.dev.sigstore.bundle";

    /** As it is written. */
    static final String TYPE = TYPE_PREFIX + ".v0.3+json";

    /** Both ways to write the type of version 0.3. */
    static final Set<String> TYPES = Set.of(TYPE, TYPE_PREFIX + "+json;version=0.3");

    /** The largest bundle that is read, in bytes: the largest statement in base64, and some room. */
    static final int MAX_BYTES = 44 * 1024 * 1024;

    static Bundle parse(byte[] bytes, String what) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(bytes, what, MAX_BYTES);
        String type = json.string("mediaType");
        if (!TYPES.contains(type)) {
            throw json.error("mediaType", "'" + type + "' is no Sigstore bundle of version 0.3");
        }
        if (json.has("messageSignature")) {
            throw json.error("messageSignature", "signs bare bytes and not a statement about an image");
        }
        json.allowOnly(Set.of("mediaType", "verificationMaterial", "dsseEnvelope", "messageSignature"));
        return new Bundle(
                DsseEnvelope.parse(json.object("dsseEnvelope")),
                VerificationMaterial.parse(json.object("verificationMaterial")));
    }

    /** A bundle signed by a key, without log or timestamp, as cosign writes it. */
    static byte[] write(DsseEnvelope envelope, VerificationKey key) {
        ObjectNode json = StrictJson.object();
        json.put("mediaType", TYPE);
        json.putObject("verificationMaterial")
                .putObject("publicKey")
                .put("hint", Base64.getEncoder().encodeToString(key.fingerprintBytes()));
        json.set("dsseEnvelope", envelope.toJson());
        return StrictJson.write(json);
    }
}
