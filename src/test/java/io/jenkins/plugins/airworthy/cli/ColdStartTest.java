package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a new process loads to verify one signature in a layout folder. Loading classes is what its time goes to, and, unlike the
 * time, they can be counted on a busy machine.
 */
class ColdStartTest {
    private static final String PASSWORD = "secret-of-the-test";
    private static final String OURS = "io.jenkins.plugins.airworthy.";

    /** Some tenth above what there is, for small changes; a library more, or all commands, are above it. */
    private static final int MOST_CLASSES = 680;

    @TempDir
    static Path folder;

    private static Set<String> loaded = Set.of();

    @BeforeAll
    static void verifyASignatureInANewProcess() throws Exception {
        loaded = verified(folder, "oci:" + folder.resolve("images"));
    }

    /** The classes that a new process loads to verify an image with one signature, which is made there. */
    static Set<String> verified(Path folder, String repository) throws Exception {
        Session session = new Session();
        session.environment.put(KeyPasswords.VARIABLE, PASSWORD);
        String image = repository + ":1.0";
        Path file = Files.writeString(folder.resolve("app.txt"), "content");
        String key = folder.resolve("release").toString();
        for (List<String> words : List.of(
                List.of("key", "generate", "--output", key),
                List.of("build", "--base", "scratch", "--file", file + ":/app.txt", "--to", image),
                List.of("sign", image, "--key", key + ".key"))) {
            Session.Ended ended = session.run(words.toArray(String[]::new));
            assertThat(ended.status()).as(ended.err()).isZero();
        }
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: signed}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images:
                    - {from: "%s", to: "%s-production"}
                  checklist:
                    - signature: {threshold: 1}
                  without:
                    - {rule: vulnerabilities, reason: only the start is tested}
                """.formatted(repository, repository));
        return load(folder, "verify", image, "--policy", policy.toString(), "--trust", "release=" + key + ".pub");
    }

    private static Set<String> load(Path folder, String... arguments) throws Exception {
        Path log = folder.resolve("classes.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("PASSED");
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" source: "))
                    .map(line -> line.replaceFirst("^(?:\\[[^]]*])+ *", "").replaceFirst(" source: .*", ""))
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.fasterxml.jackson.databind.ObjectMapper",
                "com.google.common.",
                "com.google.protobuf.",
                "dev.cel.",
                "java.lang.runtime.ObjectMethods",
                "java.net.http.",
                "sun.security.ssl.",
                "jdk.internal.net.http.",
                "org.apache.hc.",
                "org.bouncycastle.",
                "org.yaml.snakeyaml.constructor."
            })
    void loadsNothingOf(String unneeded) {
        assertThat(loaded.stream().filter(name -> name.startsWith(unneeded))).isEmpty();
    }

    @Test
    void loadsTheOneCommandThatWasCalled() {
        assertThat(loaded.stream().filter(name -> name.matches(OURS + "cli\\.\\w+Command")))
                .containsExactly(OURS + "cli.VerifyCommand");
    }

    @Test
    void loadsFewClassesOfItsOwnAndOfLibraries() {
        List<String> counted = loaded.stream()
                .filter(name -> name.startsWith(OURS)
                        || name.startsWith("com.fasterxml.")
                        || name.startsWith("org.yaml.")
                        || name.startsWith("com.google.")
                        || name.startsWith("com.github."))
                .toList();
        assertThat(counted).hasSizeBetween(100, MOST_CLASSES);
    }
}
