package io.jenkins.plugins.airworthy.image;

import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process of its own that writes to a layout; tests start several, and kill them. */
final class LayoutWriter {
    private LayoutWriter() {}

    /** {@code evidence FOLDER SUBJECT NAME COUNT}, {@code tags FOLDER} or {@code blob FOLDER BYTES}. */
    public static void main(String[] arguments) throws Exception {
        LayoutStore store =
                LayoutStore.open(new LayoutReference(Path.of(arguments[1]), Optional.empty(), Optional.empty()));
        switch (arguments[0]) {
            case "evidence" -> {
                Manifest subject = store.manifest(Digest.parse(arguments[2])).orElseThrow();
                for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
                    Samples.evidence(store, subject, arguments[3] + " " + i);
                }
            }
            case "tags" -> {
                for (long i = 0; ; i++) {
                    store.tag("1.0", Samples.image(store, "linux/amd64", "image " + i));
                    if (i == 0) {
                        System.out.println("writing");
                    }
                }
            }
            case "blob" -> Samples.blob(store, MediaTypes.OCI_LAYER, new byte[Integer.parseInt(arguments[2])]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    static Process start(String... arguments) throws IOException {
        return new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
    }

    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LayoutWriter.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
