package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An entry that could never fit anything was found out at a release, by a refusal: it is an error of the policy. */
class EntriesThatFitNothingTest {
    private static final String DOCUMENT = """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: production}
            spec:
              trust:
                identities: [{issuer: "ISSUER", subject: "SUBJECT"}]
                observed: build-agent
              images: [{from: "FROM", to: "registry.example.com/prod/{app}", tags: ["TAG"]}]
              checklist:
                - signature: {}
                - vulnerabilities: {deny: [CRITICAL]}
                - provenance:
                    builders: ["BUILDER"]
                    sources: [{repository: "SOURCE", refs: ["REF"]}]
              waivers:
                - vulnerability: "VULNERABILITY"
                  package: openssl
                  images: ["WAIVED"]
                  until: 2030-12-31
                  reason: r
                  by: a
            """;

    private static Policy with(String place, String text) throws InvalidInputException {
        String document = DOCUMENT.replace(place, text)
                .replace("ISSUER", "https://accounts.example.com")
                .replace("SUBJECT", "https://jenkins.example.com/job/*/")
                .replace("FROM", "registry.example.com/staging/{app}")
                .replace("TAG", "v*")
                .replace("BUILDER", "https://jenkins.example.com/")
                .replace("SOURCE", "https://git.example.com/{app}")
                .replace("REF", "refs/heads/main")
                .replace("VULNERABILITY", "CVE-2021-44228")
                .replace("WAIVED", "registry.example.com/**");
        return Policy.parse(document.getBytes(UTF_8), "policy.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "TAG|{a}|8:|only * is a wildcard",
                "TAG|v{app}|8:|{} has no meaning there",
                "TAG|1.?|8:|only * is a wildcard",
                "TAG|v1@sha256:00|8:|a target has no digest",
                "TAG|sha256:00|8:|a target has no digest",
                "TAG|app:1.0|8:|write only the part after the ':'",
                "TAG|registry.example.com/prod/app:*|8:|write only the part after the ':'",
                "TAG|.1*|8:|not '.' or '-' first",
                "TAG|-rc|8:|not '.' or '-' first",
                "TAG|v1 beta|8:|a tag has letters, digits",
                "TAG|v[0-9]*|8:|a tag has letters, digits",
                "TAG|^v1$|8:|a tag has letters, digits",
                "TAG|sha256-0000000000000000000000000000000000000000000000000000000000000000.sig|8:|a tag for the evidence of an image",
                "FROM|docker.io/{app}|8:|'docker.io/x' is read as 'docker.io/library/x'",
                "FROM|index.docker.io/library/{app}|8:|is read as 'docker.io/library/x'",
                "WAIVED|docker.io/alpine|18:|is read as 'docker.io/library/alpine'",
                "BUILDER|https://*.example.com/|13:|only after the host of a URL",
                "BUILDER|*|13:|only after the host of a URL",
                "BUILDER|jenkins.example.com|13:|is not a builder's id: expected a URI",
                "BUILDER|https://jenkins.example.com/{app}|13:|is not a builder's id",
                "BUILDER|https://jenkins.example.com/a b|13:|is not a builder's id",
                "REF|main|14:|written in full, for example refs/heads/main",
                "REF|v1.0|14:|written in full",
                "REF|*|14:|* does not match /",
                "REF|heads/main|14:|written in full",
                "REF|refs/*|14:|written in full",
                "REF|refs/heads/|14:|written in full",
                "REF|origin/main|14:|written in full",
                "REF|refs/heads/{branch}|14:|{} has no meaning there",
                "REF|refs/heads/release-?|14:|only * is a wildcard",
                "REF|refs/heads/my branch|14:|matches no ref",
                "REF|refs/heads/../tags/v1|14:|matches no ref",
                "SOURCE|git.example.com/{app}|14:|expected a URL",
                "SOURCE|git@git.example.com:team/app.git|14:|expected a URL",
                "SOURCE|https://user@git.example.com/{app}|14:|without user, password",
                "SOURCE|https://git.example.com/{app}?ref=main|14:|without user, password, query",
                "SOURCE|https://git.example.com/my app|14:|blanks",
                "ISSUER|accounts.example.com|6:|is not a URL: expected for example https://",
                "ISSUER|ci@example.com|6:|is not a URL",
                "ISSUER|https://accounts.example.com/a b|6:|is not a URL",
                "SUBJECT|shop|6:|is neither a URI nor an e-mail address",
                "SUBJECT|jenkins.example.com/job/shop/|6:|is neither a URI nor an e-mail address",
                "SUBJECT|https://jenkins.example.com/job/my app/|6:|is neither a URI nor an e-mail address",
                "FROM|registry.example.com/Staging/{app}|8:|lower-case",
                "FROM|Registry.example.com/staging/{app}|8:|lower-case",
                "FROM|registry.example.com/staging/{app}:1.0|8:|",
                "FROM|registry.example.com/staging/{app}@sha256:00|8:|",
                "FROM|staging/{app}|8:|does not name its registry",
                "WAIVED|registry.example.com/Shop/**|18:|lower-case",
                "VULNERABILITY|CVE-2021|16:|expected for example CVE-2021-44228",
                "VULNERABILITY|CVE-44228|16:|expected for example CVE-2021-44228",
                "VULNERABILITY|cve-2021-*|16:|expected a name",
                "VULNERABILITY|GHSA-jfh8|16:|expected for example GHSA-jfh8-c2jp-5v3q",
                "VULNERABILITY|GHSA-aaaa-bbbb-cccc|16:|expected for example GHSA-jfh8-c2jp-5v3q",
            })
    void refusesEntryThatFitsNothingAtItsPlaceAndSaysWhatToWrite(String entry, String text, String line, String cure) {
        assertThatThrownBy(() -> with(entry, text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("policy.yaml:" + line)
                .hasMessageContaining(cure == null ? "" : cure);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TAG=*",
                "TAG=1.*",
                "TAG=*-release",
                "TAG=v*.*.*",
                "TAG=Stable_1",
                "TAG=sha256-*",
                "BUILDER=https://jenkins.example.com/?a=b",
                "BUILDER=urn:example:builder",
                "BUILDER=https://github.com/actions/runner/github-hosted",
                "REF=HEAD",
                "REF=refs/heads/release/*",
                "REF=refs/*/main",
                "REF=refs/heads/**",
                "REF=refs/pull/1/head",
                "REF=refs/tags/v1.0-rc.1+build",
                "SOURCE=ssh://git.example.com/{app}",
                "SOURCE=file:///srv/git/{app}",
                "ISSUER=http://127.0.0.1:18100/ci",
                "ISSUER=https://oidc.example.com/id/*",
                "SUBJECT=*@release.example.com",
                "SUBJECT=spiffe://example.com/ns/ci/sa/build",
                "SUBJECT=https://github.com/acme/app/.github/workflows/x.yml@refs/tags/v*",
                "VULNERABILITY=GHSA-jfh8-c2jp-5v3q",
                "VULNERABILITY=DLA-3443-1",
                "VULNERABILITY=TEMP-0841856-B18BAF",
                "VULNERABILITY=cve-2021-44228"
            })
    void readsEntryThatCouldFit(String entry) throws Exception {
        String[] parts = entry.split("=", 2);
        assertThat(with(parts[0], parts[1]).name()).isEqualTo("production");
    }
}
