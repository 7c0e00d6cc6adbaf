package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The predicate types that this product makes and judges. A free-form attestation must not use any of them. */
public final class PredicateTypes {
    /** "I signed this image", as cosign 3 writes it. */
    public static final String COSIGN_SIGNATURE = "https://sigstore.dev/cosign/sign/v1";

    public static final String PROVENANCE = "https://slsa.dev/provenance/v1";
    public static final String VERIFICATION_SUMMARY = "https://slsa.dev/verification_summary/v1";
    public static final String VULNERABILITIES = "https://cosign.sigstore.dev/attestation/vuln/v1";
    public static final String CYCLONEDX = "https://cyclonedx.org/bom";
    public static final String SPDX = "https://spdx.dev/Document";
    public static final String TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";

    /** A version of a list of recalls, by its publisher; see {@link DocumentHead}. */
    public static final String RECALLS = "https://plugins.jenkins.io/airworthy/recalls/v1";

    /** Everything above. */
    public static final Set<String> RESERVED = Set.of(
            COSIGN_SIGNATURE, PROVENANCE, VERIFICATION_SUMMARY, VULNERABILITIES, CYCLONEDX, SPDX, TEST_RESULT, RECALLS);

    /** Scans as the in-toto project records them, in two versions of the same members. They are judged, and never made. */
    public static final String INTOTO_VULNERABILITIES_V0_1 = "https://in-toto.io/attestation/vulns/v0.1";

    public static final String INTOTO_VULNERABILITIES_V0_2 = "https://in-toto.io/attestation/vulns/v0.2";

    /** Provenance in the older form that BuildKit and others still write. It is judged, and never made. */
    public static final String PROVENANCE_V0_2 = "https://slsa.dev/provenance/v0.2";

    /** Provenance in a form that nobody should use any more, and which is not read. */
    public static final String PROVENANCE_V0_1 = "https://slsa.dev/provenance/v0.1";

    /** Prefix of Airworthy's own types; all of them are reserved, including future ones. */
    private static final String OWN = "plugins.jenkins.io/airworthy/";

    /** A verdict in another form, which users must not be able to attest themselves. */
    private static final String SIMPLE_RESULT = "https://in-toto.io/attestation/svr/v0.1";

    /** How many characters a type may have. */
    private static final int MAX_LENGTH = 4_096;

    private static final int MAX_DECODINGS = 8;
    private static final int HEXADECIMAL = 16;
    private static final Pattern ENCODED = Pattern.compile("%([0-9a-f]{2})");

    private PredicateTypes() {}

    /** The type as which rules judge a statement: another form of the same content is judged like ours. */
    public static String judgedAs(String type) {
        return switch (type) {
            case INTOTO_VULNERABILITIES_V0_1, INTOTO_VULNERABILITIES_V0_2 -> VULNERABILITIES;
            case PROVENANCE_V0_2 -> PROVENANCE;
            default -> type;
        };
    }

    /**
     * Checks a type whose statements a policy's author wants to look into: refuses Airworthy's own types, whose content is not settled,
     * and texts that no statement has as its type.
     */
    public static void requireReadable(String type) throws InvalidInputException {
        if (type.isEmpty() || type.length() > MAX_LENGTH || !type.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidInputException("'" + type + "' is no type of statements: expected a URI such as"
                    + " https://example.com/review/v1, of at most " + MAX_LENGTH + " characters");
        }
        if (isOwn(type)) {
            throw new InvalidInputException(
                    "'" + type + "' is a type of Airworthy itself, which no expression looks into");
        }
    }

    private static boolean isOwn(String type) {
        return (family(type) + "/").startsWith(OWN);
    }

    /** Whether a type is an older form of a judged type and is not read, so that a refusal names it where evidence is missing. */
    public static boolean isUnreadFormOf(String judged, String type) {
        return judged.equals(PROVENANCE) && type.equals(PROVENANCE_V0_1);
    }

    /** Whether a statement of this type about several subjects says the same of each of them. */
    static boolean holdsForEachSubject(String type) {
        return judgedAs(type).equals(PROVENANCE) || type.equals(COSIGN_SIGNATURE);
    }

    /** Whether a type is reserved. Other versions and spellings of a reserved type are as misleading as the type itself. */
    public static boolean isKept(String type) {
        String family = family(type);
        return isOwn(type)
                || family.equals(family(SIMPLE_RESULT))
                || family.equals(family(INTOTO_VULNERABILITIES_V0_2))
                || RESERVED.stream().map(PredicateTypes::family).anyMatch(family::equals);
    }

    /**
     * Checks the type of a user's own statement: refuses reserved types and everything that is not an absolute URI.
     *
     * @param option where the type was given, for the message
     */
    public static void requireOwn(String type, String option) throws InvalidInputException {
        if (type.length() > MAX_LENGTH) {
            throw new InvalidInputException(option + " has " + type.length() + " characters; at most " + MAX_LENGTH);
        }
        URI uri;
        try {
            uri = new URI(type);
        } catch (URISyntaxException e) {
            throw new InvalidInputException(option + " '" + type + "' is not a URI", e);
        }
        if (uri.getScheme() == null) {
            throw new InvalidInputException(
                    option + " '" + type + "' is not an absolute URI: write for example https://example.com/review/v1");
        }
        if (!type.chars().allMatch(c -> c > ' ' && c < 0x7f)
                || (uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http") && uri.getHost() == null)) {
            throw new InvalidInputException(
                    option + " '" + type + "' has a host that programs read differently: write for"
                            + " example https://example.com/review/v1");
        }
        if (isKept(type)) {
            throw new InvalidInputException(option + " " + type + " is reserved for what airworthy itself observes:"
                    + " let it build, test, scan or sign, or use a type of your own");
        }
    }

    /** Normalises a type to its host and path, without scheme and version. */
    private static String family(String type) {
        String text = type.toLowerCase(Locale.ROOT);
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null) {
                return uri.getHost().replaceAll("\\.+$", "") + path(uri).replaceAll("(?:/(?:v[0-9.]*)?)+$", "");
            }
        } catch (URISyntaxException e) {
            // A malformed URI cannot equal a reserved one.
        }
        return text;
    }

    /** Decodes repeatedly encoded characters, and removes dot segments. */
    private static String path(URI uri) {
        String path = uri.getRawPath();
        for (int i = 0; i < MAX_DECODINGS; i++) {
            path = ENCODED.matcher(path)
                    .replaceAll(octet -> Matcher.quoteReplacement(
                            String.valueOf((char) Integer.parseInt(octet.group(1), HEXADECIMAL))));
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.toLowerCase(Locale.ROOT).split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return "/" + String.join("/", segments);
    }
}
