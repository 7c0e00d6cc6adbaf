package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.KeptCases;
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
 * @param cases what became of the cases that are kept for the policy, if they were replayed
 */
public record PolicyCheck(
        boolean sound, int line, int column, String message, List<String> warnings, List<ShownCase> cases) {
    /** The name of the document in errors; a place follows. */
    static final String DOCUMENT = "policy";

    private static final Pattern PLACED =
            Pattern.compile(Pattern.quote(DOCUMENT) + ":([0-9]{1,6}):([0-9]{1,6}): (.*)", Pattern.DOTALL);

    public PolicyCheck {
        warnings = List.copyOf(warnings);
        cases = List.copyOf(cases);
    }

    /** Reads a document, and compares it with what this controller has. */
    static PolicyCheck of(String text, PolicySurroundings found) {
        try {
            Policy policy = parse(text);
            return new PolicyCheck(true, 0, 0, describe(policy), PolicyWarnings.of(policy, found), List.of());
        } catch (InvalidInputException e) {
            return fault(e.getMessage());
        }
    }

    /** The same with the replay of the policy's cases. That cases cannot be replayed is a fault, since nothing is stored then. */
    static PolicyCheck of(String text, PolicySurroundings found, KeptCases kept) throws InterruptedException {
        PolicyCheck check = of(text, found);
        if (!check.sound()) {
            return check;
        }
        try {
            List<ShownCase> cases =
                    kept.replay(parse(text)).stream().map(ShownCase::of).toList();
            return new PolicyCheck(true, 0, 0, check.message(), check.warnings(), cases);
        } catch (AirworthyException e) {
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
                    List.of(),
                    List.of());
        }
        return new PolicyCheck(false, 0, 0, message, List.of(), List.of());
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
