package io.jenkins.plugins.airworthy.policy.rule;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Demands that the image does not run as root. Refuses a user that is not set, that is 0 in any spelling, or that has a
 * system account's name. Refuses any other name too unless the policy allows names, since a name may mean user 0 in
 * the image's own {@code /etc/passwd}.
 */
public record UserRule(boolean namesAllowed) implements Rule {
    public static final String KIND = "user";

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");
    private static final Set<String> ADMINISTRATORS = Set.of("root", "toor", "administrator", "containeradministrator");

    /** The largest user id that container engines accept; a larger one may wrap around to 0. */
    private static final long MAX_UID = Integer.MAX_VALUE;

    /** Maximum number of digits, with a sign and a leading zero; a longer number cannot be a user id and is never computed. */
    private static final int MAX_LENGTH = Long.toString(MAX_UID).length() + 2;

    /** Number of characters quoted of a longer user. */
    private static final int MAX_QUOTED = 100;

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public Signatories signatories() {
        return Signatories.NOBODY;
    }

    @Override
    public ConsultedEvidence asks() {
        return new ConsultedEvidence.Nothing();
    }

    @Override
    public Outcome judge(RuleInput image) {
        String whole = image.platformImage().config().user();
        String user = whole.split(":", 2)[0];
        String written = whole.length() <= MAX_QUOTED ? whole : whole.substring(0, MAX_QUOTED) + "…";
        if (user.isBlank()) {
            return refused("the image sets no user and would run as root; set one, for example 65532");
        }
        if (!user.equals(user.strip())) {
            return refused("user '" + written + "' has space around it: engines take it for a name, not a number, and"
                    + " that name may mean root inside the image");
        }
        if (NUMBER.matcher(user).matches()) {
            return isUser(user)
                    ? Outcome.passed("runs as user " + written, List.of())
                    : refused("user '" + written + "' is root, or not a number that a user can have");
        }
        if (ADMINISTRATORS.contains(user.toLowerCase(Locale.ROOT))) {
            return refused("the image runs as '" + written + "'");
        }
        return namesAllowed
                ? Outcome.passed("runs as user " + written + ", by its name", List.of())
                : refused("the image runs as '" + written + "', and that name may mean root inside the image;"
                        + " set the user's number, or let the policy say allow: [named-user]");
    }

    private static boolean isUser(String digits) {
        if (digits.length() > MAX_LENGTH) {
            return false;
        }
        long number = Long.parseLong(digits);
        return number > 0 && number <= MAX_UID && digits.charAt(0) != '+';
    }

    private static Outcome refused(String reason) {
        return Outcome.failed(reason, List.of());
    }
}
