package io.jenkins.plugins.airworthy.policy.read;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Wildcard;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.regex.Pattern;

/**
 * Parses entries of a policy that something can match. Entries that can never match are refused with what to write instead, since
 * the mistake would otherwise show only at a release.
 */
public final class MatchableEntry {
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\s{}]+");

    /** Characters that git forbids in ref names, and those that an author may mistake for a wildcard or a capture. */
    private static final Pattern IN_NO_REF = Pattern.compile("[\\s\\p{Cntrl}~^:?\\[\\\\{}]|\\.\\.|@\\{");

    private MatchableEntry() {}

    /** Parses a tag of a target, in which {@code *} matches any characters. */
    public static Wildcard tag(String text) throws InvalidInputException {
        if (text.contains("@") || text.startsWith("sha256:")) {
            throw new InvalidInputException("'" + text
                    + "' is not a tag: a target has no digest, and images are always judged by their digest");
        }
        if (text.contains("/") || text.contains(":")) {
            throw new InvalidInputException("'" + text + "' is not a tag: write only the part after the ':' of a name");
        }
        if (text.contains("{") || text.contains("?")) {
            throw new InvalidInputException(
                    "'" + text + "' matches no tag: only * is a wildcard in a tag, and {} has no meaning there");
        }
        boolean possible = ImageReference.TAG.matcher(text.replace("*", "")).matches()
                || ImageReference.TAG.matcher(text.replaceAll("\\*+", "x")).matches();
        if (!possible) {
            throw new InvalidInputException(
                    "'" + text
                            + "' matches no tag: a tag has letters, digits, '_', '.' and '-', not '.' or '-' first, at most 128");
        }
        if (ImageReference.EVIDENCE_TAG.matcher(text).matches()) {
            throw new InvalidInputException("'" + text + "' is a tag for the evidence of an image, not a target");
        }
        return new Wildcard(text, Wildcard.Meaning.NAME);
    }

    /** Parses the id of a builder, or a pattern of ids. */
    static String builder(String text) throws InvalidInputException {
        IdentityPattern.checkUrl(text, "builder");
        if (!URI.matcher(text).matches()) {
            throw new InvalidInputException(
                    "'" + text + "' is not a builder's id: expected a URI, for example https://jenkins.example.com/");
        }
        return text;
    }

    /** Parses a branch or tag of a source, as a full git ref. */
    static Wildcard ref(String text) throws InvalidInputException {
        if (IN_NO_REF.matcher(text).find()) {
            throw new InvalidInputException(
                    "'" + text + "' matches no ref: only * is a wildcard in a ref, and {} has no meaning there");
        }
        String[] segments = text.split("/", -1);
        boolean whole = segments.length > 2 && segments[0].equals("refs");
        for (String segment : segments) {
            whole = whole && !segment.isEmpty();
        }
        if (!whole && !text.equals("HEAD")) {
            throw new InvalidInputException("'" + text + "' matches no ref: refs are written in full, for example"
                    + " refs/heads/main or refs/tags/v*, or HEAD where none is known; * does not match /");
        }
        return new Wildcard(text, Wildcard.Meaning.NAME);
    }
}
