package io.jenkins.plugins.airworthy.sign.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.Optional;
import java.util.Set;

/**
 * The payload of cosign's older signatures
 * (<a href="https://github.com/containers/image/blob/main/docs/containers-signature.5.md">containers-signature(5)</a>, with a type of
 * cosign): equivalent to the statement that cosign signs today, and read as such. Refuses other types and unknown members. Of the
 * optional members only the observation is read, which the signer claims as in a statement; the others are skipped, and so is
 * the image's name, which is not reliable.
 */
public final class SimpleSigning {
    /** Maximum size of a payload, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final String TYPE = "cosign container image signature";

    private static final String DIGEST = "docker-manifest-digest";

    private SimpleSigning() {}

    /** Converts a payload into the equivalent statement. Call this only after verifying the signature. */
    public static Statement parse(byte[] payload, String what) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(payload, what, MAX_BYTES);
        json.allowOnly(Set.of("critical", "optional"));
        JsonObject critical = json.object("critical");
        critical.allowOnly(Set.of("identity", "image", "type"));
        if (!critical.string("type").equals(TYPE)) {
            throw critical.error("type", "expected '" + TYPE + "', found '" + critical.string("type") + "'");
        }
        JsonObject identity = critical.object("identity");
        identity.allowOnly(Set.of("docker-reference"));
        JsonObject image = critical.object("image");
        image.allowOnly(Set.of(DIGEST));
        Digest digest = digest(image);
        Optional<JsonObject> optional = json.optionalObject("optional");
        return new Statement(
                new Subject(Optional.of(identity.string("docker-reference")), digest),
                optional.isEmpty() ? Optional.empty() : Observation.of(optional.get()),
                PredicateTypes.COSIGN_SIGNATURE,
                StrictJson.object());
    }

    private static Digest digest(JsonObject image) throws InvalidInputException {
        try {
            return Digest.parse(image.string(DIGEST));
        } catch (InvalidInputException e) {
            throw image.error(DIGEST, "is not a digest: expected sha256: and 64 lower-case hexadecimal digits");
        }
    }

    /**
     * Writes the payload for a statement that only says "I signed this image".
     *
     * @param repository the image's repository, for people
     */
    public static byte[] write(Statement statement, String repository) {
        ObjectNode json = StrictJson.object();
        ObjectNode critical = json.putObject("critical");
        critical.putObject("identity").put("docker-reference", repository);
        critical.putObject("image").put(DIGEST, statement.subject().digest().toString());
        critical.put("type", TYPE);
        if (statement.observation().isPresent()) {
            statement.observation().get().writeTo(json.putObject("optional"));
        } else {
            json.putNull("optional");
        }
        return StrictJson.write(json);
    }
}
