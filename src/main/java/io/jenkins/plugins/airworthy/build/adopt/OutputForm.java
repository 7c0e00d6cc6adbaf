package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

/** The forms in which builders write what they pushed. A file's content tells its form, never its name. */
public enum OutputForm {
    /** One digest: {@code --digestfile} of buildah, podman and skopeo, {@code --digest-file} of kaniko, jib-image.digest. */
    DIGEST("digest"),
    /** A line for each image, {@code HOST/REPO[:TAG]@sha256:…}: {@code --image-refs} of ko, kaniko's names with digests, crane. */
    REFERENCES("references"),
    /** {@code --metadata-file} of docker buildx and buildctl. */
    BUILDX("buildx-metadata"),
    /** jib-image.json. */
    JIB("jib-image"),
    /** report.toml of pack. */
    PACK("pack-report");

    private final String word;

    OutputForm(String word) {
        this.word = word;
    }

    static OutputForm member(JsonObject json, String name) throws InvalidInputException {
        String text = json.string(name);
        for (OutputForm form : values()) {
            if (form.word.equals(text)) {
                return form;
            }
        }
        throw json.error(name, "is not a form of output files");
    }

    /** As provenance and answers write it. */
    @Override
    public String toString() {
        return word;
    }
}
