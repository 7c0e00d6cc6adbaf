package io.jenkins.plugins.airworthy.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Leaves an image as another program does: without any evidence, and with a file that says its digest, as buildah, podman and kaniko
 * write one. No such program is needed for the demo: the image is a copy of one that is there.
 */
final class OtherBuilder {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private OtherBuilder() {}

    static void build(Path from, String tag, Path to, String newTag, Path digestFile) throws IOException {
        Workplace.copy(from, Files.createDirectories(to.getParent()).resolve(to.getFileName()));
        String digest = Workplace.digest(from, tag);
        long size = Files.size(from.resolve("blobs").resolve(digest.replace(':', '/')));
        Files.writeString(
                to.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\"" + digest
                        + "\",\"size\":" + size + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + newTag
                        + "\"}}]}");
        Files.writeString(digestFile, digest);
        System.out.printf("  %s:%s%n  and its digest in %s%n", to, newTag, digestFile);
    }
}
