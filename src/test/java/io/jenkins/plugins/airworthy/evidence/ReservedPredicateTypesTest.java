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
                "https://sigstore.dev/cosign/sign/v1",
                "https://in-toto.io/attestation/vulns/v0.2",
                "https://in-toto.io/attestation/vulns/v1",
                "https://in-toto.io/attestation/svr/v0.2",
                "https://in-toto.io/attestation/SVR"
            })
    void refusesEverySpellingAndVersionOfAReservedType(String type) {
        assertThatThrownBy(() -> PredicateTypes.requireOwn(type, "--type"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is reserved for what airworthy itself observes");
    }

    /** An approval that somebody planted today would still be there once approvals exist. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://plugins.jenkins.io/airworthy/approval/v1",
                "http://plugins.jenkins.io/airworthy/approval/v1",
                "HTTPS://Plugins.Jenkins.IO/AirWorthy/approval/v1",
                "https://plugins.jenkins.io./airworthy/override/v1",
                "https://me:you@plugins.jenkins.io:8443/airworthy/x?y#z",
                "https://plugins.jenkins.io//airworthy//x",
                "https://plugins.jenkins.io/%61irworthy/x",
                "https://plugins.jenkins.io/%2561irworthy%2Fx",
                "https://plugins.jenkins.io/other/%2e%2e/airworthy/x",
                "https://plugins.jenkins.io/../airworthy/./x",
                "https://plugins.jenkins.io/airworthy/%25zz",
                "https://plugins.jenkins.io/airworthy",
                "https://plugins.jenkins.io/airworthy/v1",
                "ftp://plugins.jenkins.io/airworthy/approval/v1"
            })
    void reservesEveryTypeBelowItsOwnAddress(String type) {
        assertThatThrownBy(() -> PredicateTypes.requireOwn(type, "--type"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is reserved for what airworthy itself observes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https:plugins.jenkins.io/airworthy/x",
                "https://plugins.jenkins.io..:443/airworthy/x",
                "https:///plugins.jenkins.io/airworthy/x",
                "https://plugins.jenkins.io:port/airworthy/x",
                "https://plugins\u3002jenkins\u3002io/airworthy/x",
                "https://plugins_jenkins.io/airworthy/x"
            })
    void refusesAHostThatReadersReadDifferently(String type) {
        assertThatThrownBy(() -> PredicateTypes.requireOwn(type, "--type")).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://plugins.jenkins.io/airworthy-reports/v1",
                "https://plugins.jenkins.io/other/airworthy/x",
                "https://example.com/review/v1",
                "https://example.com/attestation/vuln/v1",
                "https://cosign.sigstore.dev/attestation/vulnerable/v1",
                "urn:example:review"
            })
    void acceptsOtherTypes(String type) {
        assertThatCode(() -> PredicateTypes.requireOwn(type, "--type")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "review", "https://exa mple.com/", "review/v1"})
    void refusesTypesThatAreNotAbsoluteUris(String type) {
        assertThatThrownBy(() -> PredicateTypes.requireOwn(type, "--type")).isInstanceOf(InvalidInputException.class);
    }
}
