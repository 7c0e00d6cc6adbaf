package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One instruction of a Dockerfile, with its continued lines joined.
 *
 * @param line where it begins, from 1
 * @param keyword in upper case
 * @param flags the words that begin with two hyphens before everything else, of instructions that can name an image
 * @param rest what follows
 */
record Instruction(int line, String keyword, List<String> flags, String rest) {
    /** The longest line that every builder reads, in characters. */
    static final int MAX_LENGTH = 60_000;

    private static final int MAX_QUOTED = 40;
    private static final Set<String> OTHERS = Set.of(
            "ARG",
            "CMD",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");
    /** The instructions that can name an image. */
    private static final Set<String> FLAGGED = Set.of("FROM", "COPY", "ADD", "RUN");

    Instruction {
        flags = List.copyOf(flags);
    }

    /** Reads a joined line. Refuses what a builder might read in another way. */
    static Instruction parse(int line, String text) throws InvalidInputException {
        if (text.length() > MAX_LENGTH) {
            throw error(line, "the instruction is longer than the allowed " + MAX_LENGTH + " characters: split it");
        }
        int end = wordEnd(text);
        String keyword = text.substring(0, end).toUpperCase(Locale.ROOT);
        String rest = text.substring(end).strip();
        if (keyword.equals("ONBUILD")) {
            throw error(
                    line,
                    "ONBUILD is for images that are built on this one, which could bring images of their own:"
                            + " delete it");
        }
        if (!FLAGGED.contains(keyword) && !OTHERS.contains(keyword)) {
            throw error(
                    line,
                    "begins with no instruction that is known here, but with '"
                            + keyword.substring(0, Math.min(keyword.length(), MAX_QUOTED)) + "'");
        }
        if (rest.isEmpty()) {
            throw error(line, keyword + " has no arguments");
        }
        if (!FLAGGED.contains(keyword)) {
            return new Instruction(line, keyword, List.of(), rest);
        }
        if (rest.contains("<<") && !keyword.equals("FROM")) {
            throw error(
                    line,
                    "'<<' may begin a here-document, which not every builder reads alike: put the text into a"
                            + " file of the context");
        }
        List<String> flags = new ArrayList<>();
        while (rest.startsWith("--")) {
            String flag = rest.substring(0, wordEnd(rest));
            if (flag.matches(".*[\"'\\\\].*")) {
                throw error(
                        line,
                        "a flag has quotes or a backslash, which not every builder reads alike: write it plainly");
            }
            flags.add(flag);
            rest = rest.substring(flag.length()).strip();
        }
        if (rest.contains("--from") && !keyword.equals("RUN")) {
            throw error(line, "--from must be before the names of files");
        }
        return new Instruction(line, keyword, flags, rest);
    }

    private static int wordEnd(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != '\t') {
            end++;
        }
        return end;
    }

    InvalidInputException error(String why) {
        return error(line, why);
    }

    static InvalidInputException error(int line, String why) {
        return new InvalidInputException("Dockerfile, line " + line + ": " + why);
    }
}
