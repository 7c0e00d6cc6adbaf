package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.policy.Policy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The check of a policy's document while it is being edited.
 *
 * @param line of the error, from 1; 0 if the document is valid or the error has no place
 * @param column of the error, from 1; 0 likewise
 * @param message one line
 * @param warnings parts that are valid but probably not intended
 */
public record PolicyCheck(boolean sound, int line, int column, String message, List<String> warnings) {
    /** The name of the document in errors; a place follows. */
    static final String DOCUMENT = "policy";

    private static final Pattern PLACED =
            Pattern.compile(Pattern.quote(DOCUMENT) + ":([0-9]{1,6}):([0-9]{1,6}): (.*)", Pattern.DOTALL);

    public PolicyCheck {
        warnings = List.copyOf(warnings);
    }

    /** Reads a document, and compares it with what this controller has. */
    static PolicyCheck of(String text, PolicySurroundings found) {
        try {
            Policy policy = parse(text);
            return new PolicyCheck(true, 0, 0, describe(policy), PolicyWarnings.of(policy, found));
        } catch (InvalidInputException e) {
            return fault(e.getMessage());
        }
    }

    static Policy parse(String text) throws InvalidInputException {
        return Policy.parse(text.getBytes(StandardCharsets.UTF_8), DOCUMENT);
    }

    static PolicyCheck fault(String message) {
        Matcher placed = PLACED.matcher(message);
        if (placed.matches()) {
            return new PolicyCheck(
                    false,
                    Integer.parseInt(placed.group(1)),
                    Integer.parseInt(placed.group(2)),
                    placed.group(3),
                    List.of());
        }
        return new PolicyCheck(false, 0, 0, message, List.of());
    }

    /** The place of the error in words; empty if it has none. */
    public String place() {
        return line == 0 ? "" : "Line " + line + ", column " + column + ": ";
    }

    private static String describe(Policy policy) {
        String rules = Count.of(policy.checklist().size(), "rule");
        Optional<String> expires = policy.expires().map(day -> ", until " + day);
        return "Policy '" + policy.name() + "' is valid: " + rules + ", mode " + policy.mode() + expires.orElse("")
                + ".";
    }
}
