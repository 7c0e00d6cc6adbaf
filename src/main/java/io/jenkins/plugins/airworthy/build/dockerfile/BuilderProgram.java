package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.SearchPath;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The builder to run, at an absolute path that no build can write to. */
public record BuilderProgram(BuilderKind kind, Path path) {

    public BuilderProgram {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("a program to run is named by its absolute path");
        }
    }

    /**
     * Finds the builder.
     *
     * @param wanted empty for the first one that is found
     * @param configured absolute paths of programs, or of folders that hold them; if there are any, nothing else is looked at
     * @param searchPath as in the environment variable PATH
     * @param untrusted folders that a build may write to
     */
    public static BuilderProgram find(
            Optional<BuilderKind> wanted, List<String> configured, String searchPath, List<Path> untrusted)
            throws InvalidInputException {
        List<BuilderKind> kinds = wanted.map(List::of).orElse(List.of(BuilderKind.values()));
        SearchPath folders = new SearchPath(searchPath, untrusted);
        for (BuilderKind kind : kinds) {
            for (String program : kind.programs()) {
                Optional<Path> found = Optional.empty();
                for (String place : configured) {
                    found = found.isPresent() ? found : at(place, program, untrusted);
                }
                if (configured.isEmpty()) {
                    found = folders.find(program);
                }
                if (found.isPresent()) {
                    return new BuilderProgram(kind, found.get());
                }
            }
        }
        throw new InvalidInputException("no builder was found: looked for "
                + kinds.stream().flatMap(kind -> kind.programs().stream()).collect(Collectors.joining(", "))
                + (configured.isEmpty()
                        ? " on PATH (what is below the current folder or the workspace, and what users other than root and this"
                                + " one can write to, is skipped)"
                        : " at " + String.join(", ", configured))
                + ": install one, or name the absolute path of one (at the command line --builder-path, in Jenkins the tool"
                + " Container builder)");
    }

    private static Optional<Path> at(String place, String program, List<Path> untrusted) throws InvalidInputException {
        String name = File.separatorChar == '\\' ? program + ".exe" : program;
        try {
            Path named = Path.of(place);
            if (!named.isAbsolute()) {
                throw new InvalidInputException("'" + place + "': name the builder by its absolute path");
            }
            Path file = Files.isDirectory(named) ? named.resolve(name) : named;
            if (!file.getFileName().toString().equals(name)
                    || !Files.isRegularFile(file)
                    || !Files.isExecutable(file)) {
                return Optional.empty();
            }
            Path real = file.toRealPath();
            for (Path folder : untrusted) {
                if (Files.exists(folder) && real.startsWith(folder.toRealPath())) {
                    throw new InvalidInputException(
                            "'" + place + "' is in the workspace, where the build can change it: an"
                                    + " administrator has to choose another place");
                }
            }
            return Optional.of(file);
        } catch (IOException | InvalidPathException e) {
            throw new InvalidInputException("'" + place + "' of the set-up of builders cannot be read", e);
        }
    }
}
