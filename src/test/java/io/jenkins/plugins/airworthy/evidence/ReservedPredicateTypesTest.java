package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A statement of somebody's own cannot look like one that the product makes. */
class ReservedPredicateTypesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cosign.sigstore.dev/attestation/vuln/v1",
                "https://cosign.sigstore.dev/attestation/vuln/v2/",
                "https://cosign.sigstore.dev/attestation/vuln/v1/v1//",
                "https://cosign.sigstore.dev/attestation/VULN",
                "https://cosign.sigstore.dev/attestation/%76uln/v1",
                "https://cosign.sigstore.dev//attestation/./x/../vuln/v1",
                "https://cosign.sigstore.dev./attestation/vuln/v1",
                "http://cosign.sigstore.dev:443/attestation/vuln/v1?clean#yes",
                "https://me@slsa.dev/provenance/v0.2",
                "https://slsa.dev/verification_summary/v1",
                "https://in-toto.io/attestation/test-result/v0.1",
                "https://cyclonedx.org/bom/v1.6",
                "https://spdx.dev/document",
                "https://sigstore.dev/cosign/sign/v1"
            })
    void refusesEverySpellingAndVersionOfAReservedType(String type) {
        assertThatThrownBy(() -> PredicateTypes.requireOwn(type, "--type"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is kept for what airworthy itself observes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/review/v1",
                "https://example.com/attestation/vuln/v1",
                "https://cosign.sigstore.dev/attestation/vulnerable/v1",
                "urn:example:review"
            })
    void leavesTypesOfOnesOwn(String type) {
        assertThatCode(() -> PredicateTypes.requireOwn(type, "--type")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "review", "https://exa mple.com/", "review/v1"})
    void refusesWhatIsNoAbsoluteUri(String type) {
        assertThatThrownBy(() -> PredicateTypes.requireOwn(type, "--type")).isInstanceOf(InvalidInputException.class);
    }
}
