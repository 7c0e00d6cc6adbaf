package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** The predicate types that this product makes and judges. A free-form attestation may use none of them. */
public final class PredicateTypes {
    /** "I signed this image", as cosign 3 writes it. */
    public static final String COSIGN_SIGNATURE = "https://sigstore.dev/cosign/sign/v1";

    public static final String PROVENANCE = "https://slsa.dev/provenance/v1";
    public static final String VERIFICATION_SUMMARY = "https://slsa.dev/verification_summary/v1";
    public static final String VULNERABILITIES = "https://cosign.sigstore.dev/attestation/vuln/v1";
    public static final String CYCLONEDX = "https://cyclonedx.org/bom";
    public static final String SPDX = "https://spdx.dev/Document";
    public static final String TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";

    /** Everything above. */
    public static final Set<String> RESERVED =
            Set.of(COSIGN_SIGNATURE, PROVENANCE, VERIFICATION_SUMMARY, VULNERABILITIES, CYCLONEDX, SPDX, TEST_RESULT);

    private PredicateTypes() {}

    /** Whether a type is reserved. Other versions and spellings of a reserved type are as misleading as the type itself. */
    public static boolean isKept(String type) {
        String family = family(type);
        return RESERVED.stream().map(PredicateTypes::family).anyMatch(family::equals);
    }

    /**
     * Refuses, for a statement of somebody's own, what is no absolute URI and what is reserved.
     *
     * @param option where the type was given, for the message
     */
    public static void requireOwn(String type, String option) throws InvalidInputException {
        if (type.length() > Provenance.MAX_URI_LENGTH) {
            throw new InvalidInputException(
                    option + " has " + type.length() + " characters; at most " + Provenance.MAX_URI_LENGTH);
        }
        String scheme;
        try {
            scheme = new URI(type).getScheme();
        } catch (URISyntaxException e) {
            throw new InvalidInputException(option + " '" + type + "' is no URI", e);
        }
        if (scheme == null) {
            throw new InvalidInputException(
                    option + " '" + type + "' is no absolute URI: write for example https://example.com/review/v1");
        }
        if (isKept(type)) {
            throw new InvalidInputException(option + " " + type + " is kept for what airworthy itself observes:"
                    + " let it build, test, scan or sign, or use a type of your own");
        }
    }

    /** Where a type leads, without how one gets there and without its version. */
    private static String family(String type) {
        String text = type.toLowerCase(Locale.ROOT);
        try {
            URI uri = new URI(text).normalize();
            if (uri.getHost() != null) {
                return uri.getHost().replaceAll("\\.$", "") + uri.getPath().replaceAll("(?:/(?:v[0-9.]*)?)+$", "");
            }
        } catch (URISyntaxException e) {
            // No URI leads to where a reserved one does.
        }
        return text;
    }
}
