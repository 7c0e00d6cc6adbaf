package io.jenkins.plugins.airworthy.bench;

import io.jenkins.plugins.airworthy.tools.Tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs programs in one folder and stops the benchmark when one of them fails: a wrong answer has no speed. */
record Shell(Path folder) {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("COSIGN_PASSWORD", "bench", "AIRWORTHY_KEY_PASSWORD", "bench");

    String run(List<String> command) throws Exception {
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
        builder.environment().putAll(ENVIRONMENT);
        builder.environment().put("SSL_CERT_FILE", folder.resolve("ca.pem").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + exit + "\n" + out + Files.readString(err));
        }
        return out;
    }

    String tool(String name, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(find(name));
        command.addAll(List.of(arguments));
        return run(command);
    }

    String find(String name) {
        return Tool.find(name)
                .orElseThrow(() -> new IllegalStateException(
                        name + " is needed: run .ci/install-tools FOLDER and add -Dairworthy.tools=FOLDER"))
                .toString();
    }

    /** The command line's jar in a Java machine of its own. */
    String airworthy(List<String> javaOptions, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.add("-jar");
        command.add(System.getProperty("airworthy.cli"));
        command.addAll(List.of(arguments));
        return run(command);
    }
}
