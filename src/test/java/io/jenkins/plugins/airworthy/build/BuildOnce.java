package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One and the same build, also as a program of its own, so that it can run in another environment. */
final class BuildOnce {
    private BuildOnce() {}

    /** The folder of sources, and the target. Prints the image's digest. */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        try {
            String digest = build(Path.of(arguments[0]), arguments[1])
                    .descriptor()
                    .digest()
                    .toString();
            String number = String.format("%d", 64);
            new PrintStream(System.out, true, StandardCharsets.UTF_8)
                    .println(
                            number.equals("64")
                                    ? digest
                                    : digest + " under " + Locale.getDefault() + ", where 64 is " + number);
        } catch (AirworthyException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    static BuiltImage build(Path sources, String target) throws AirworthyException, InterruptedException {
        BuildRequest request = new BuildRequest(
                Optional.empty(),
                List.of(
                        new FileCopy(sources, new ImagePath("/app")),
                        new FileCopy(
                                sources.resolve("run.sh"),
                                new ImagePath("/run.sh"),
                                false,
                                0755,
                                new Owner(1000, 1000))),
                new ContainerSettings(
                        Optional.of(List.of("/run.sh")),
                        Optional.empty(),
                        Map.of("B", "2", "A", "1"),
                        Map.of("z", "26", "y", "25"),
                        Optional.of("1000"),
                        List.of("8080"),
                        List.of("/data"),
                        Optional.of("/app")),
                List.of(Platform.parse("linux/arm64"), Platform.parse("linux/amd64")));
        return new ImageBuilder(reference -> LayoutStore.open((LayoutReference) reference))
                .build(request, ImageReference.parse("oci:" + target + ":built"), Progress.SILENT);
    }

    /** Runs {@link #main} in a process of its own, behind some shell commands. */
    static String inAnotherProcess(String before, List<String> javaOptions, Path sources, Path target)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", before + " exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp", System.getProperty("java.class.path")));
        command.addAll(javaOptions);
        command.addAll(List.of(BuildOnce.class.getName(), sources.toString(), target.toString()));
        Path output = Files.createTempFile("build-once", ".out");
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            return Files.readString(output).strip();
        } finally {
            Files.delete(output);
        }
    }
}
