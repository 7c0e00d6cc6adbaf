package io.jenkins.plugins.airworthy.build;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A small application's files, and what came of them. */
final class Sources {
    private Sources() {}

    /** A program, a library, and a script, in a folder. */
    static Path application(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("lib/more"));
        Files.writeString(folder.resolve("app.txt"), "the application\n");
        Files.writeString(folder.resolve("lib/one.txt"), "a library\n".repeat(1_000));
        Files.writeString(folder.resolve("lib/more/two.txt"), "");
        Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\necho ready\n");
        return folder;
    }

    static ImageManifest image(ImageStore store, Descriptor descriptor)
            throws AirworthyException, InterruptedException {
        return (ImageManifest) store.manifest(descriptor.digest()).orElseThrow();
    }

    static ImageConfig config(ImageStore store, Descriptor descriptor)
            throws AirworthyException, InterruptedException, IOException {
        try (InputStream in = store.openBlob(image(store, descriptor).config())) {
            return ImageConfig.parse(in.readAllBytes(), "config");
        }
    }

    /** All that is written in the config. */
    static ObjectNode written(ImageStore store, Descriptor descriptor)
            throws AirworthyException, InterruptedException, IOException {
        try (InputStream in = store.openBlob(image(store, descriptor).config())) {
            return ImageConfig.document(in.readAllBytes(), "config").node();
        }
    }

    /** What a layer holds, one line each: mode, owner, path, size, seconds since 1970. */
    static List<String> listing(ImageStore store, Descriptor layer)
            throws AirworthyException, InterruptedException, IOException {
        List<String> lines = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(store.openBlob(layer)), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                lines.add("%s %o %d:%d%s%s %s %d %d"
                        .formatted(
                                entry.isDirectory() ? "d" : entry.isFile() ? "-" : "?",
                                entry.getMode() & 07777,
                                entry.getLongUserId(),
                                entry.getLongGroupId(),
                                entry.getUserName(),
                                entry.getGroupName(),
                                entry.getName(),
                                entry.getSize(),
                                entry.getLastModifiedTime().toInstant().getEpochSecond()));
            }
        }
        return lines;
    }
}
