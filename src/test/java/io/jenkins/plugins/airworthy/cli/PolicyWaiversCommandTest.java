package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

/** Waivers are proposed from a document of OpenVEX, accepted by hand, and written as one. */
class PolicyWaiversCommandTest {
    private static final String POLICY = """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: production}
            spec:
              trust: {keys: [release], observed: build-agent}
              images: [{from: "registry.example.com/staging/{app**}"}]
              checklist: [{signature: {}}, {vulnerabilities: {deny: [HIGH, CRITICAL]}}]
            """;

    private static final String VEX = """
            {"@context": "https://openvex.dev/ns/v0.2.0", "author": "supplier \\" # \\\\", "timestamp": "2026-11-01T00:00:00Z",
             "statements": [
               {"vulnerability": {"name": "CVE-2026-0001"}, "status": "not_affected",
                "justification": "vulnerable_code_not_in_execute_path", "impact_statement": "never\\nwaivers: []",
                "products": [{"@id": "pkg:oci/cart?repository_url=registry.example.com/staging/shop/cart",
                              "subcomponents": [{"@id": "pkg:npm/%40example/lib@1.2.3"}]}]},
               {"vulnerability": {"name": "CVE-2026-0002"}, "status": "affected",
                "products": [{"@id": "pkg:npm/other"}]}]}
            """;

    @TempDir
    Path folder;

    private final Session session = new Session();
    private String vex;

    @BeforeEach
    void write() throws Exception {
        vex = Files.writeString(folder.resolve("vex.json"), VEX).toString();
        session.clock = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    }

    private String policy(String waivers) throws Exception {
        return Files.writeString(folder.resolve("policy.yaml"), POLICY + waivers)
                .toString();
    }

    @Test
    void aProposalIsAWaiverOnceAPersonSaysUntilWhenAndWho() throws Exception {
        Session.Ended proposed =
                session.run("policy", "waivers", "--from-vex", vex, "--until", "2026-12-31", "--by", "alice: \"#\"");
        assertThat(proposed.status()).as(proposed.err()).isZero();
        assertThat(proposed.out())
                .contains("# 1 waiver proposed by", "# paste this below 'spec:'", "\n  waivers:\n", "until: 2026-12-31")
                .contains("# not proposed:\n#   statements[1]: CVE-2026-0002 in pkg:npm/other: is affected");
        Session.Ended explained = session.run("policy", "explain", policy(proposed.out()));
        assertThat(explained.status()).as(explained.err()).isZero();
        assertThat(explained.out())
                .contains("CVE-2026-0001 in pkg:npm/%40example/lib@1.2.3 is accepted until the end of 2026-12-31 (UTC)"
                        + " for registry.example.com/staging/shop/cart, by alice: \"#\": supplier \" # \\ says"
                        + " not_affected (vulnerable_code_not_in_execute_path): never");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"--until|2026-12-31", "--by|alice"})
    void aPolicyRefusesAProposalThatNobodyAccepted(String option, String value) throws Exception {
        Session.Ended proposed = session.run("policy", "waivers", "--from-vex", vex, option, value);
        Session.Ended checked = session.run("policy", "check", policy(proposed.out()));
        assertThat(checked.status()).isEqualTo(2);
        assertThat(checked.err()).containsPattern("policy\\.yaml:1[0-9]:[0-9]+: ");
    }

    @Test
    void proposalsAreAlsoOneDocument() throws Exception {
        JsonNode document = session.run("policy", "waivers", "--from-vex", vex, "--format=json")
                .json();
        assertThat(document.at("/waivers/0/package").textValue()).isEqualTo("pkg:npm/%40example/lib@1.2.3");
        assertThat(document.at("/waivers/0/until").isMissingNode()).isTrue();
        assertThat(document.at("/waivers/0/by").isMissingNode()).isTrue();
        assertThat(document.at("/unused/0").textValue()).contains("CVE-2026-0002");
    }

    @Test
    void onlyAJustificationSaysNotAffected() throws Exception {
        String file = policy("""
                waivers:
                  - {vulnerability: CVE-2026-0001, package: "pkg:npm/a@1", images: ["registry.example.com/staging/**"],
                     until: 2026-12-31, reason: never called, by: alice, justification: vulnerable_code_not_in_execute_path}
                  - {vulnerability: CVE-2026-0002, package: "pkg:npm/b", images: ["registry.example.com/staging/**"],
                     until: 2026-12-31, reason: until the fix, by: bob}
                  - {vulnerability: CVE-2026-0003, package: "pkg:npm/c", images: ["registry.example.com/staging/**"],
                     until: 2026-11-19, reason: ended, by: bob}
                  - {vulnerability: CVE-2026-0004, package: "pkg:npm/d", images: ["registry.example.com/other"],
                     until: 2026-12-31, reason: another image, by: bob}
                  - {vulnerability: CVE-2026-0005, package: plain-name, images: ["registry.example.com/staging/**"],
                     until: 2026-12-31, reason: no URL, by: bob}
                """.indent(2));
        String image = "registry.example.com/staging/shop/cart@sha256:" + "a".repeat(64);
        Session.Ended written = session.run("policy", "waivers", "--to-vex", file, "--image", image);
        assertThat(written.err())
                .contains("the waiver of CVE-2026-0005 in plain-name is left out: OpenVEX needs a package URL");
        JsonNode document = written.json();
        assertThat(document.at("/@context").textValue()).isEqualTo("https://openvex.dev/ns/v0.2.0");
        assertThat(document.at("/timestamp").textValue()).isEqualTo("2026-11-20T12:00:00Z");
        JsonNode statements = document.at("/statements");
        assertThat(statements).hasSize(2);
        assertThat(statements.at("/0/status").textValue()).isEqualTo("not_affected");
        assertThat(statements.at("/0/justification").textValue()).isEqualTo("vulnerable_code_not_in_execute_path");
        assertThat(statements.at("/0/products/0/@id").textValue())
                .isEqualTo("pkg:oci/cart@sha256%3A" + "a".repeat(64)
                        + "?repository_url=registry.example.com%2Fstaging%2Fshop%2Fcart");
        assertThat(statements.at("/0/products/0/subcomponents/0/@id").textValue())
                .isEqualTo("pkg:npm/a@1");
        assertThat(statements.at("/1/status").textValue()).isEqualTo("affected");
        assertThat(statements.at("/1/action_statement").textValue())
                .isEqualTo("accepted until 2026-12-31 by bob: until the fix");
        assertThat(statements.at("/1/justification").isMissingNode()).isTrue();
        Files.writeString(folder.resolve("own.json"), written.out());
        assertThat(session.run("policy", "waivers", "--from-vex", "" + folder.resolve("own.json"))
                        .out())
                .contains("# 1 waiver proposed", "package: \"pkg:npm/a@1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy waivers|name one of --from-vex and --to-vex",
                "policy waivers --from-vex V --to-vex P|name one of --from-vex and --to-vex",
                "policy waivers --from-vex V --image r.example.com/a|--image needs --to-vex",
                "policy waivers --to-vex P --by alice|--by needs --from-vex",
                "policy waivers --to-vex P|--to-vex needs --image",
                "policy waivers --to-vex P --image oci:folder|a folder has no name that others know",
                "policy waivers --to-vex P --image r.example.com/a|no waiver of policy 'production' that has not ended is for r.example.com/a",
                "policy waivers --from-vex V --until 2026-11-19|--until 2026-11-19: is over already",
                "policy waivers --from-vex V --until soon|--until 'soon': expected a date",
                "policy waivers --from-vex V --images r.example.com/{a}|--images: {} binds nothing here"
            })
    void refusesWordsThatDoNotFitTogether(String words, String message) throws Exception {
        String file = policy("");
        String[] arguments = words.split(" ");
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i].equals("V") ? vex : arguments[i].equals("P") ? file : arguments[i];
        }
        Session.Ended refused = session.run(arguments);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains(message);
    }
}
