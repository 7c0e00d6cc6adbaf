package io.jenkins.plugins.airworthy.packaging;

import io.jenkins.plugins.airworthy.tools.Tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The command line as the archives contain it, copied to a place of its own, in an environment of its own.
 *
 * @param shell what runs the launcher: {@code dash}, or {@code busybox sh}
 */
record InstalledTree(Path folder, List<String> shell, Map<String, String> environment) {
    /** Where the build laid it out. */
    static final Path BUILT = Path.of(System.getProperty("airworthy.cli"))
            .resolveSibling("airworthy")
            .toAbsolutePath();

    /** Everything but the program's jar, which a Java that only looks like one does not read. */
    static InstalledTree withoutProgram(Path folder, String shell) throws IOException {
        InstalledTree tree = copy(folder, shell, false);
        Files.writeString(tree.folder.resolve("lib/airworthy.jar"), "");
        return tree;
    }

    static InstalledTree whole(Path folder, String shell) throws IOException {
        return copy(folder, shell, true);
    }

    private static InstalledTree copy(Path folder, String shell, boolean program) throws IOException {
        try (Stream<Path> files = Files.walk(BUILT)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(BUILT.relativize(file).toString());
                if (program || !file.endsWith("airworthy.jar")) {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        List<String> words = List.of(shell.split(" ", -1));
        Tool found = Tool.require(words.get(0));
        List<String> command = new ArrayList<>(words);
        command.set(0, found.executable().toString());
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "LANG", "C.UTF-8"));
        return new InstalledTree(folder, command, environment);
    }

    InstalledTree with(String name, Object value) {
        Map<String, String> changed = new LinkedHashMap<>(environment);
        changed.put(name, value.toString());
        return new InstalledTree(folder, shell, changed);
    }

    /** In a home with this folder for archives. */
    InstalledTree at(Path home) throws IOException {
        Files.createDirectories(home);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        return with("HOME", home);
    }

    Tool.Outcome run(String... arguments) throws InterruptedException {
        return start("airworthy", arguments);
    }

    Tool.Outcome prepare() throws InterruptedException {
        return start("airworthy-prepare");
    }

    private Tool.Outcome start(String program, String... arguments) throws InterruptedException {
        List<String> command = command(folder.resolve("bin").resolve(program), arguments);
        return new Tool(Path.of(command.get(0)))
                .run(folder, Map.of(), command.subList(1, command.size()).toArray(String[]::new));
    }

    /** The whole command line, with no variable but those of {@link #environment}. */
    List<String> command(Path program, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Tool.require("env").executable().toString(), "-i"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(shell);
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
