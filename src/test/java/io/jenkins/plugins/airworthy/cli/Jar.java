package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.Tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged program, run as a process of its own in a folder of its own. */
public record Jar(Path folder) {
    static final Map<String, String> PASSWORD = Map.of(KeyPasswords.VARIABLE, "secret-of-the-test");

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    public Tool.Outcome run(String... arguments) throws InterruptedException {
        return runWith(List.of(), arguments);
    }

    /** With options for the JVM. */
    Tool.Outcome runWith(List<String> options, String... arguments) throws InterruptedException {
        List<String> command = command(options, arguments);
        return new Tool(JAVA)
                .run(folder, PASSWORD, command.subList(1, command.size()).toArray(String[]::new));
    }

    /** The whole command line, for a process that a test wants to hold in its hand. */
    public static List<String> command(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(JAVA.toString());
        command.addAll(options);
        command.addAll(List.of("-jar", System.getProperty("airworthy.cli")));
        command.addAll(List.of(arguments));
        return command;
    }
}
