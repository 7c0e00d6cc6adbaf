package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IdentityPatternTest {
    private static final String ISSUER = "https://id.example.com";

    @ParameterizedTest
    @CsvSource({
        "https://jenkins.example.com/job/app/, https://jenkins.example.com/job/app/, true",
        "https://jenkins.example.com/job/app/, https://jenkins.example.com/job/app/x, false",
        "https://jenkins.example.com/job/*/, https://jenkins.example.com/job/app/, true",
        "https://jenkins.example.com/job/*/, https://jenkins.example.com/job/app/job/x/, false",
        "https://jenkins.example.com/job/**, https://jenkins.example.com/job/app/job/x/, true",
        "https://jenkins.example.com/**, https://jenkins.example.com.evil.example/job/, false",
        "https://jenkins.example.com/**, https://jenkins.example.com, false",
        "https://jenkins.example.com/**/release, https://jenkins.example.com/a/b/release, true",
        "https://jenkins.example.com/**/release, https://jenkins.example.com/a/release/b, false",
        "https://jenkins.example.com/a.c, https://jenkins.example.com/abc, false",
        "https://jenkins.example.com/job/app/, HTTPS://jenkins.example.com/job/app/, false",
        "*@example.com, alice@example.com, true",
        "*@example.com, alice@example.com.evil.example, false",
        "*@example.com, alice@evil.example/@example.com, false",
        "release@example.com, pre-release@example.com, false"
    })
    void matchesWholeTextsOnly(String pattern, String subject, boolean matches) throws Exception {
        assertThat(IdentityPattern.of(ISSUER, pattern).matches(new Signer.Identity(ISSUER, subject)))
                .isEqualTo(matches);
        assertThat(IdentityPattern.of(ISSUER, pattern).matches(new Signer.Identity(ISSUER + "/", subject)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNER_ENVIRONMENT, github-hosted, github-hosted, true",
        "RUNNER_ENVIRONMENT, github-hosted, self-hosted, false",
        "RUNNER_ENVIRONMENT, github-hosted, '', false",
        "SOURCE_REPOSITORY, https://github.com/acme/*, https://github.com/acme/app, true",
        "SOURCE_REPOSITORY, https://github.com/acme/*, https://github.com/acme/app/x, false",
        "SOURCE_REPOSITORY, https://github.com/acme/*, https://github.com.example.org/acme/app, false",
        "SOURCE_REF, refs/tags/v*, refs/tags/v1.0, true",
        "SOURCE_REF, refs/tags/v*, refs/heads/v1.0, false",
        "SOURCE_REF, refs/heads/main, refs/heads/main2, false"
    })
    void asksForExtensionsOfTheCertificate(
            CertificateExtension extension, String pattern, String certified, boolean matches) throws Exception {
        Map<CertificateExtension, String> told = certified.isEmpty() ? Map.of() : Map.of(extension, certified);
        IdentityPattern asked = IdentityPattern.of(ISSUER, "ci@example.com", Map.of(extension, pattern));

        assertThat(asked.matches(new Signer.Identity(ISSUER, "ci@example.com", told)))
                .isEqualTo(matches);
        assertThat(asked.matches(new Signer.Identity(ISSUER, "ci@example.com")))
                .as("a certificate that does not have it")
                .isFalse();
        assertThat(asked).hasToString("ci@example.com (issuer " + ISSUER + ", " + extension + " " + pattern + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE_REPOSITORY, https://*.com/acme/app",
        "SOURCE_REPOSITORY, acme/app",
        "SOURCE_REF, main",
        "SOURCE_REF, *",
        "SOURCE_REF, refs/*/main",
        "SOURCE_REF, refs/heads/*/x",
        "SOURCE_COMMIT, 0123456",
        "RUNNER_ENVIRONMENT, github-*",
        "BUILD_TRIGGER, 'push, tag'",
        "BUILD_SIGNER, *"
    })
    void refusesExtensionsThatMatchNothingOrAnything(CertificateExtension extension, String pattern) {
        assertThatThrownBy(() -> IdentityPattern.of(ISSUER, "ci@example.com", Map.of(extension, pattern)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(extension.toString());
    }

    /** The host of a URL and the domain of an address say whose the name is: no wildcard may stand there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "**",
                "https://*.example.com/job/",
                "https://jenkins.example.com*",
                "https://jenkins.example.*/job/",
                "*://jenkins.example.com/",
                "https://user@*/",
                "alice@*.example.com",
                "alice@*",
                "job*",
                ""
            })
    void refusesWildcardsThatReachOverAHost(String pattern) {
        assertThatThrownBy(() -> IdentityPattern.of(ISSUER, pattern)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> IdentityPattern.of(pattern, "alice@example.com"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesPatternsThatTakeTooLong() {
        assertThatThrownBy(() -> IdentityPattern.of(ISSUER, "https://a.example/" + "*a".repeat(9)))
                .hasMessageContaining("wildcards");
    }

    @Test
    void theLongestSubjectIsMatchedAtOnce() throws Exception {
        String subject = "https://a.example/" + "a".repeat(IdentityPattern.MAX_LENGTH - 18);
        IdentityPattern pattern = IdentityPattern.of(ISSUER, "https://a.example/**a**a**a**a**a**a**b");
        assertThat(pattern.matches(new Signer.Identity(ISSUER, subject))).isFalse();
        assertThat(pattern.matches(new Signer.Identity(ISSUER, subject + "aaa")))
                .isFalse();
    }
}
