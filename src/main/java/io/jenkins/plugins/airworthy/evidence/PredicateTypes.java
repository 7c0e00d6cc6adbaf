package io.jenkins.plugins.airworthy.evidence;

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
}
