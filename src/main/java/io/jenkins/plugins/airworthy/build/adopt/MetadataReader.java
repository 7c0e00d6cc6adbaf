package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.util.List;
import java.util.Optional;

/**
 * Reads the JSON that docker buildx, buildctl and Jib write. Refuses a file of a build that did not push: such a digest may be in the
 * registry all the same, from an earlier build.
 */
final class MetadataReader {
    private static final String BUILDX_DIGEST = "containerimage.digest";
    private static final String BUILDX_DESCRIPTOR = "containerimage.descriptor";
    private static final String BUILDX_ID = "containerimage.config.digest";
    private static final String BUILDX_NAMES = "image.name";
    private static final String JIB_DIGEST = "imageDigest";
    private static final String JIB_ID = "imageId";
    private static final String JIB_NAME = "image";

    private MetadataReader() {}

    static BuilderOutput read(byte[] bytes, String what) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(bytes, what, OutputReader.MAX_BYTES);
        boolean buildx = json.has(BUILDX_DIGEST);
        boolean jib = json.has(JIB_DIGEST);
        if (buildx == jib) {
            throw new InvalidInputException(
                    what + ": is JSON, but neither the metadata file of docker buildx or buildctl" + " ("
                            + BUILDX_DIGEST + ") nor jib-image.json (" + JIB_DIGEST + ")");
        }
        return buildx ? buildx(json, what) : jib(json, what);
    }

    private static BuilderOutput buildx(JsonObject json, String what) throws InvalidInputException {
        Digest digest = digest(json, BUILDX_DIGEST);
        Optional<JsonObject> descriptor = json.optionalObject(BUILDX_DESCRIPTOR);
        if (descriptor.isPresent() && !digest(descriptor.get(), "digest").equals(digest)) {
            throw json.error(BUILDX_DESCRIPTOR, "has another digest than " + BUILDX_DIGEST);
        }
        String names = json.optionalString(BUILDX_NAMES)
                .orElseThrow(() -> new InvalidInputException(what + ": has no " + BUILDX_NAMES
                        + ": the builder did not push the image; add --push (buildctl: push=true in --output)"));
        return new BuilderOutput(
                OutputForm.BUILDX,
                Optional.empty(),
                images(List.of(names.split(",", -1)), digest, what + ": " + BUILDX_NAMES),
                id(json, BUILDX_ID));
    }

    private static BuilderOutput jib(JsonObject json, String what) throws InvalidInputException {
        if (!json.optionalBoolean("imagePushed").orElse(true)) {
            throw json.error("imagePushed", "is false: Jib did not push the image; let it do its goal 'build'");
        }
        return new BuilderOutput(
                OutputForm.JIB,
                Optional.empty(),
                images(List.of(json.string(JIB_NAME)), digest(json, JIB_DIGEST), what + ": " + JIB_NAME),
                id(json, JIB_ID));
    }

    private static List<RegistryReference> images(List<String> names, Digest digest, String where)
            throws InvalidInputException {
        return OutputReader.tagged(names, digest, where);
    }

    private static List<Digest> id(JsonObject json, String name) throws InvalidInputException {
        return json.has(name) ? List.of(digest(json, name)) : List.of();
    }

    private static Digest digest(JsonObject json, String name) throws InvalidInputException {
        return OutputReader.digest(json.string(name))
                .orElseThrow(() -> json.error(name, "expected sha256: and 64 lower-case hexadecimal digits"));
    }
}
