package io.jenkins.plugins.airworthy.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs the product as a user would: as a program of its own, with the command line printed first. */
final class Shell {
    /** Protects keys that live as long as this demo; a real password comes from a secret store. */
    static final Map<String, String> ENVIRONMENT = Map.of("AIRWORTHY_KEY_PASSWORD", "only-for-this-demo");

    private static final Path JAR = Path.of("target/airworthy-cli.jar");

    private Shell() {}

    /** What a run printed, standard error included, and how it ended. */
    record Ended(int status, String output) {}

    static Ended airworthy(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("java", "-jar", JAR.toString()));
        command.addAll(arguments);
        System.out.println("$ " + command.stream().map(Shell::quoted).collect(Collectors.joining(" ")));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        System.out.print(output.indent(2));
        return new Ended(status, output);
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./:@=,+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
