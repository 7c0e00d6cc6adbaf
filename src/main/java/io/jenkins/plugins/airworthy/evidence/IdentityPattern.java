package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Wildcard;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A pattern for trusted identities: issuer and subject, each exact or with wildcards. {@code *} matches any
 * characters except {@code /}, and {@code **} any characters; a pattern must match the whole text. Refuses wildcards in the
 * scheme and host of a URL and after the {@code @} of an e-mail address, since these parts decide who owns the name.
 *
 * @param extensions what the certificate must say beside; one that it does not have matches nothing
 */
public record IdentityPattern(String issuer, String subject, Map<CertificateExtension, String> extensions) {
    /** How many characters an issuer or a subject may have. */
    public static final int MAX_LENGTH = 2_000;

    /** How many wildcards one pattern may have. */
    public static final int MAX_WILDCARDS = 8;

    private static final Pattern AUTHORITY = Pattern.compile("[a-z][a-z0-9+.-]*://[^/*?#@]+(/.*)?");
    private static final Pattern ISSUER = Pattern.compile("https?://[^\\s]+");
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\s]+|[^\\s]+@[^\\s]+");

    /** What no URL or address has, or only by mistake. */
    private static final Pattern REGULAR_EXPRESSION = Pattern.compile("[\\\\^$|]|\\.[+*](?![A-Za-z0-9])");

    private static final Pattern EMAIL = Pattern.compile("[^@/]+@[^@*/]+");

    public IdentityPattern {
        extensions = Map.copyOf(extensions);
        if (issuer.isBlank() || subject.isBlank()) {
            throw new IllegalArgumentException("an identity has an issuer and a subject");
        }
    }

    /** A pattern that asks nothing else of the certificate. */
    public IdentityPattern(String issuer, String subject) {
        this(issuer, subject, Map.of());
    }

    /** Reads a pattern that asks nothing else of the certificate. */
    public static IdentityPattern of(String issuer, String subject) throws InvalidInputException {
        return of(issuer, subject, Map.of());
    }

    /** Reads a pattern as a policy has it. */
    public static IdentityPattern of(String issuer, String subject, Map<CertificateExtension, String> extensions)
            throws InvalidInputException {
        check(issuer, "issuer");
        check(subject, "subject");
        if (!ISSUER.matcher(issuer).matches()) {
            throw new InvalidInputException(
                    "issuer '" + issuer + "' is not a URL: expected for example https://accounts.example.com");
        }
        if (!SUBJECT.matcher(subject).matches()) {
            throw new InvalidInputException("subject '" + subject + "' is neither a URI nor an e-mail address, which is"
                    + " all that a certificate names: expected for example https://jenkins.example.com/job/app/");
        }
        for (Map.Entry<CertificateExtension, String> extension : extensions.entrySet()) {
            extension.getKey().checkPattern(extension.getValue());
        }
        return new IdentityPattern(issuer, subject, extensions);
    }

    /** Refuses a pattern of URLs with a wildcard in the host or before it. */
    public static void checkUrl(String text, String what) throws InvalidInputException {
        if (text.contains("*") && !AUTHORITY.matcher(text).matches()) {
            throw new InvalidInputException(
                    what + " '" + text + "': a wildcard is allowed only after the host of a URL:"
                            + " write for example https://github.com/acme/ci/.github/workflows/release.yml@refs/tags/v*");
        }
        check(text, what);
    }

    private static void check(String text, String what) throws InvalidInputException {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw new InvalidInputException(what + ": expected 1 to " + MAX_LENGTH + " characters");
        }
        if (text.contains("*")
                && !AUTHORITY.matcher(text).matches()
                && !EMAIL.matcher(text).matches()) {
            throw new InvalidInputException(
                    what + " '" + text + "': a wildcard is allowed in the path of a URL or before"
                            + " the @ of an e-mail address, nowhere else");
        }
        if (REGULAR_EXPRESSION.matcher(text).find()) {
            throw new InvalidInputException(what + " '" + text + "' looks like a regular expression, which would never"
                    + " match: write * for any characters but /, and ** for any characters");
        }
        if (text.replace("**", "*").chars().filter(c -> c == '*').count() > MAX_WILDCARDS) {
            throw new InvalidInputException(what + ": more than the allowed " + MAX_WILDCARDS + " wildcards");
        }
    }

    public boolean matches(Signer.Identity identity) {
        return fits(issuer, identity.issuer())
                && fits(subject, identity.subject())
                && extensions.entrySet().stream().allMatch(asked -> identity.extension(asked.getKey())
                        .filter(found -> fits(asked.getValue(), found))
                        .isPresent());
    }

    /** Whether exactly one identity matches. */
    public boolean isExact() {
        return !issuer.contains("*") && !subject.contains("*");
    }

    /** Whether a text is the same, or matches where the pattern has wildcards. */
    public static boolean fits(String pattern, String text) {
        if (!pattern.contains("*")) {
            return pattern.equals(text);
        }
        return text.length() <= MAX_LENGTH && new Wildcard(pattern, Wildcard.Meaning.IDENTITY).matches(text);
    }

    @Override
    public String toString() {
        StringBuilder asked = new StringBuilder();
        new TreeMap<>(extensions)
                .forEach((name, value) ->
                        asked.append(", ").append(name).append(' ').append(value));
        return subject + " (issuer " + issuer + asked + ")";
    }
}
