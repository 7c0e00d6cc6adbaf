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
 * The payload of cosign's older signatures (containers-signature(5), with a type of cosign's own): says the same as the
 * statement by which cosign signs today, and is read as that. Refuses other types and unknown members. Of what is
 * optional only the observation is read, which is the signer's word here as it is in a statement; everything else is
 * skipped, as is the name, which nobody may rely on.
 */
public final class SimpleSigning {
    /** The largest payload that is read, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final String TYPE = "cosign container image signature";

    private static final String DIGEST = "docker-manifest-digest";

    private SimpleSigning() {}

    /** The statement that a payload amounts to. To be called only once its signature has been verified. */
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
            throw image.error(DIGEST, "is no digest: expected sha256: and 64 lower-case hexadecimal digits");
        }
    }

    /**
     * The payload for a statement that says no more than "I signed this image".
     *
     * @param repository where the image is, for people
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
