package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run was given beside the file for its report, on the command line, in variables or in the configuration file. The report
 * must not replace a file that is named there: a key, a policy, a part of an image.
 *
 * @param files may name a file, alone or as a part: {@code NAME=FILE}, {@code FILE:PATH}
 * @param folders of which every file is used
 */
record OtherArguments(List<String> files, List<String> folders) {
    private static final String DOCKER_CONFIG = "--docker-config";
    private static final String LAYOUT = "oci:";
    /** No system has longer names of files. */
    private static final int MAX_NAME = 8 * 1024;

    OtherArguments {
        files = List.copyOf(files);
        folders = List.copyOf(folders);
    }

    /** @param strays words that fit none of the command's options and parameters */
    static OtherArguments of(Command command, List<String> strays, CommandEnvironment environment) {
        List<String> files = new ArrayList<>(strays);
        List<String> folders = new ArrayList<>();
        for (Argument argument : command.arguments()) {
            if (command.output().equals(Optional.of(argument)) || !argument.takesValue()) {
                continue;
            }
            files.addAll(argument.values());
            if (argument.accepted().contains(DOCKER_CONFIG)) {
                folders.addAll(argument.values());
            }
        }
        for (String name : List.of(
                "AIRWORTHY_POLICY",
                "AIRWORTHY_TRUST",
                "AIRWORTHY_TRUSTED_ROOT",
                "AIRWORTHY_KEY",
                "AIRWORTHY_RECALLS_KEY")) {
            environment.variable(name).ifPresent(value -> {
                files.add(value);
                files.addAll(List.of(value.split(File.pathSeparator)));
            });
        }
        environment.variable("DOCKER_CONFIG").ifPresent(folders::add);
        environment.variable("HOME").ifPresent(home -> folders.add(home + File.separator + ".docker"));
        files.addAll(ConfigFile.named(environment));
        return new OtherArguments(files, folders);
    }

    /** Refuses a file for the report that one of them names. */
    void refuse(String option, Path path) throws InvalidInputException {
        for (String word : files) {
            Set<String> parts = parts(word);
            for (String part : parts) {
                if (same(part, path)) {
                    throw refusal(option, path, word);
                }
            }
            if (word.contains(LAYOUT) && parts.stream().anyMatch(part -> isInside(path, part))) {
                throw refusal(option, path, word);
            }
        }
        for (String folder : folders) {
            if (isInside(path, folder)) {
                throw refusal(option, path, folder);
            }
        }
    }

    private static InvalidInputException refusal(String option, Path path, String word) {
        return new InvalidInputException(option + ": the report would replace " + path + ", which "
                + Argument.quoted(word) + " names: name another file");
    }

    /** The word, and what stands in it behind or before the characters that separate a file from something else. */
    private static Set<String> parts(String word) {
        Set<String> parts = new LinkedHashSet<>();
        if (word.length() > MAX_NAME) {
            return parts;
        }
        Set<String> starts = new LinkedHashSet<>(List.of(word));
        if (word.startsWith("-") && word.length() > 2) {
            starts.add(word.substring(2));
        }
        for (String start : List.copyOf(starts)) {
            starts.add(start.substring(start.indexOf('=') + 1));
        }
        for (String start : List.copyOf(starts)) {
            starts.add(start.substring(start.indexOf(':') + 1));
        }
        for (String start : starts) {
            parts.add(start);
            for (int end : new int[] {start.indexOf(':'), start.lastIndexOf(':'), start.lastIndexOf('@')}) {
                if (end > 0) {
                    parts.add(start.substring(0, end));
                }
            }
        }
        return parts;
    }

    private static boolean same(String name, Path path) {
        try {
            return !name.isBlank()
                    && Files.exists(path)
                    && Files.exists(Path.of(name))
                    && Files.isSameFile(Path.of(name), path);
        } catch (InvalidPathException | IOException e) {
            return false; // what is not the name of a file that is there can be lost by nobody
        }
    }

    private static boolean isInside(Path path, String folder) {
        try {
            Path parent = path.getParent();
            return !folder.isBlank()
                    && parent != null
                    && Files.isDirectory(Path.of(folder))
                    && parent.toRealPath().startsWith(Path.of(folder).toRealPath());
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }
}
