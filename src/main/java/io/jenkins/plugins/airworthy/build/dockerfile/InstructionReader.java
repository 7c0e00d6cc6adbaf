package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the instructions of a Dockerfile. Builders differ in comments and in continued lines, so the builder gets the instructions as
 * they were read here, each on one line, and never the file itself.
 */
final class InstructionReader {
    /** How many instructions a file may have. */
    static final int MAX_INSTRUCTIONS = 10_000;

    /** Parser directives that change who reads the file, or how. */
    private static final Pattern DIRECTIVE =
            Pattern.compile("#\\s*(syntax|escape)\\s*=.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final List<Instruction> read = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private int begun;

    private InstructionReader() {}

    static List<Instruction> read(String text) throws InvalidInputException {
        InstructionReader reader = new InstructionReader();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            reader.line(number, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
        reader.finish();
        return reader.read;
    }

    private void line(int number, String line) throws InvalidInputException {
        String body = line.strip();
        if (body.isEmpty()) {
            return;
        }
        if (body.startsWith("#")) {
            directive(number, body);
            return;
        }
        requirePlain(number, line);
        if (begun == 0) {
            begun = number;
        }
        String end = line.stripTrailing();
        if (end.endsWith("\\\\")) {
            throw Instruction.error(number, "two backslashes are at its end, which not every builder reads alike");
        }
        boolean continued = end.endsWith("\\");
        current.append(continued ? end.substring(0, end.length() - 1) : line);
        if (current.length() > Instruction.MAX_LENGTH) {
            throw Instruction.error(
                    begun,
                    "the instruction is longer than the allowed " + Instruction.MAX_LENGTH + " characters: split it");
        }
        if (!continued) {
            finish();
        }
    }

    private void directive(int number, String comment) throws InvalidInputException {
        if (begun > 0 || !read.isEmpty() || !DIRECTIVE.matcher(comment).matches()) {
            return;
        }
        throw Instruction.error(
                number,
                comment.toLowerCase(java.util.Locale.ROOT).contains("syntax")
                        ? "'# syntax=' lets a program of another image read this file, so that nobody else can say which"
                                + " images it uses: delete the line, and the builder itself reads it"
                        : "'# escape=' changes how lines are continued: delete the line, and use backslashes");
    }

    /** Some builders take other characters for spaces, or for the ends of lines. */
    private static void requirePlain(int number, String line) throws InvalidInputException {
        boolean odd = line.codePoints()
                .anyMatch(point -> point != ' '
                        && point != '\t'
                        && (Character.isISOControl(point)
                                || Character.isSpaceChar(point)
                                || Character.isWhitespace(point)
                                || point == '\uFEFF'));
        if (odd) {
            throw Instruction.error(number, "has a control character, or a space that is none of ASCII: delete it");
        }
    }

    private void finish() throws InvalidInputException {
        if (begun == 0) {
            return;
        }
        if (read.size() == MAX_INSTRUCTIONS) {
            throw Instruction.error(begun, "more than the allowed " + MAX_INSTRUCTIONS + " instructions");
        }
        read.add(Instruction.parse(begun, current.toString().strip()));
        begun = 0;
        current.setLength(0);
    }
}
