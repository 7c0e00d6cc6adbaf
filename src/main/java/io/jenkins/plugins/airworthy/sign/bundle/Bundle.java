package io.jenkins.plugins.airworthy.sign.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A <a href="https://docs.sigstore.dev/about/bundle/">Sigstore bundle</a>, version 0.1 to 0.3. Refuses other versions, unknown
 * members, and bundles with no or several contents. Log entries and timestamps next to the signature of a key are allowed but not
 * verified: trust in a key does not depend on them, and {@link io.jenkins.plugins.airworthy.evidence.Signer} claims
 * nothing about them.
 *
 * @param version the minor version
 */
public record Bundle(int version, Content content, VerificationMaterial material) {
    /** The signed content. */
    public sealed interface Content {
        record Envelope(DsseEnvelope envelope) implements Content {}

        record Message(MessageSignature signature) implements Content {}
    }

    /** Prefix of the media types of all versions, which are also the artifact types of their manifests. */
    public static final String TYPE_PREFIX = "application/vnd.dev.sigstore.bundle";

    /** The media type of new bundles. */
    public static final String TYPE = TYPE_PREFIX + ".v0.3+json";

    /** Both spellings of the media type of version 0.3. */
    public static final Set<String> TYPES = Set.of(TYPE, TYPE_PREFIX + "+json;version=0.3");

    /** Maximum size of a bundle, in bytes: the largest statement in base64, and a margin. */
    public static final int MAX_BYTES = 44 * 1024 * 1024;

    /** Maximum number of JSON values in a bundle: certificates, log entries with proofs and timestamps have a few hundred. */
    public static final int MAX_VALUES = 10_000;

    private static final int CURRENT = 3;
    private static final Map<String, Integer> OLD =
            Map.of(TYPE_PREFIX + "+json;version=0.1", 1, TYPE_PREFIX + "+json;version=0.2", 2);

    /** Reads a bundle that is attached to an image: version 0.3, with a statement. */
    public static Bundle attached(byte[] bytes, String what) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(bytes, what, MAX_BYTES, MAX_VALUES);
        if (version(json) != CURRENT) {
            throw json.error("mediaType", "'" + json.string("mediaType") + "' is not a Sigstore bundle of version 0.3");
        }
        if (json.has("messageSignature")) {
            throw json.error("messageSignature", "signs bare bytes and not a statement about an image");
        }
        return of(json);
    }

    /** Reads a bundle of any known version. */
    public static Bundle parse(byte[] bytes, String what) throws InvalidInputException {
        return of(StrictJson.parseObject(bytes, what, MAX_BYTES, MAX_VALUES));
    }

    private static Bundle of(JsonObject json) throws InvalidInputException {
        int version = version(json);
        json.allowOnly(Set.of("mediaType", "verificationMaterial", "dsseEnvelope", "messageSignature"));
        Optional<JsonObject> message = json.optionalObject("messageSignature");
        if (message.isPresent() == json.has("dsseEnvelope")) {
            throw json.error("messageSignature", "expected either this or dsseEnvelope");
        }
        Content content = message.isPresent()
                ? new Content.Message(MessageSignature.parse(message.get()))
                : new Content.Envelope(DsseEnvelope.parse(json.object("dsseEnvelope")));
        return new Bundle(
                version, content, VerificationMaterial.parse(json.object("verificationMaterial"), version < CURRENT));
    }

    private static int version(JsonObject json) throws InvalidInputException {
        String type = json.string("mediaType");
        if (!TYPES.contains(type) && !OLD.containsKey(type)) {
            throw json.error("mediaType", "'" + type + "' is not a Sigstore bundle of a known version");
        }
        return OLD.getOrDefault(type, CURRENT);
    }

    /** Whether an inclusion proof is required: version 0.1 may have only a log's promise. */
    public boolean mustBeProven() {
        return version > 1;
    }

    /** Writes a bundle signed by a key, without log entry or timestamp, as cosign does. */
    static byte[] write(DsseEnvelope envelope, VerificationKey key) {
        ObjectNode material = StrictJson.object();
        material.putObject("publicKey").put("hint", Base64.getEncoder().encodeToString(key.fingerprintBytes()));
        return write(material, "dsseEnvelope", envelope.toJson());
    }

    static byte[] write(ObjectNode material, String member, ObjectNode content) {
        ObjectNode json = StrictJson.object();
        json.put("mediaType", TYPE);
        json.set("verificationMaterial", material);
        json.set(member, content);
        return StrictJson.write(json);
    }
}
