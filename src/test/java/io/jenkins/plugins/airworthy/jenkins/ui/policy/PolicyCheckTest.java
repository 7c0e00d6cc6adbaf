package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyCheckTest {
    private static final String BUILDER = "https://jenkins.example.com/";

    /** A controller with everything that the example names. */
    private static final PolicySurroundings COMPLETE = new PolicySurroundings(
            List.of("release"),
            List.of("release"),
            true,
            List.of("registry.example.com"),
            List.of(),
            false,
            true,
            BUILDER);

    /** A controller on which nothing is set up. */
    private static final PolicySurroundings BARE =
            new PolicySurroundings(List.of(), List.of(), false, List.of(), List.of(), false, false, "");

    private static final String EXAMPLE = PolicyTemplate.EXAMPLE.text();

    @Test
    void acceptsTheInitialTextOfTheEditor() {
        PolicyCheck check = PolicyCheck.of(PolicyTemplate.of(COMPLETE).text(), COMPLETE);

        assertThat(check.sound()).isTrue();
        assertThat(check.message()).isEqualTo("Policy 'production' is valid: 3 rules, mode enforce.");
        assertThat(check.warnings()).isEmpty();
    }

    @Test
    void beginsWithWhatIsSetUpHere() {
        PolicySurroundings here = new PolicySurroundings(
                List.of("old", "no"),
                List.of("no"),
                false,
                List.of("staging.example.com:5000"),
                List.of("prod.example.com"),
                false,
                false,
                BUILDER);

        assertThat(PolicyTemplate.of(here).text())
                .contains("keys: [\"no\"], observed: build-agent")
                .contains("from: \"staging.example.com:5000/staging/{app**}\"")
                .contains("to: \"prod.example.com/production/{app**}\"");
        assertThat(PolicyCheck.of(PolicyTemplate.of(here).text(), here).warnings())
                .isEmpty();
    }

    @Test
    void beginsWithAnExampleAndWarnsOfItWhereNothingIsSetUp() {
        PolicyCheck check = PolicyCheck.of(PolicyTemplate.of(BARE).text(), BARE);

        assertThat(check.sound()).isTrue();
        assertThat(check.warnings())
                .containsExactly(
                        "There is no key 'release': nothing that asks for its signature can pass.",
                        "The registry 'registry.example.com' is not listed on the Security page: this controller does not"
                                + " connect to it.");
    }

    @Test
    void warnsOfAnObserverThatThisControllerDoesNotHave() {
        PolicySurroundings without = new PolicySurroundings(
                List.of("release"),
                List.of("release"),
                false,
                List.of("registry.example.com"),
                List.of(),
                false,
                false,
                BUILDER);

        assertThat(PolicyCheck.of(EXAMPLE, without).warnings())
                .singleElement()
                .asString()
                .contains("No trusted agent is set up", "(vulnerabilities, sbom:cyclonedx)", "ask for 'build-agent'");
        assertThat(PolicyCheck.of(EXAMPLE.replace("trusted-agent", "controller"), COMPLETE)
                        .warnings())
                .singleElement()
                .asString()
                .contains("The controller itself neither tests nor scans", "(vulnerabilities, sbom:cyclonedx)");
        assertThat(PolicyCheck.of(EXAMPLE.replace("trusted-agent", "build-agent"), without)
                        .warnings())
                .isEmpty();
    }

    @Test
    void warnsOfProofThatNoTrustedRootVerifies() {
        String logged = EXAMPLE.replace("trust: {", "trust: {log: required, ");
        assertThat(logged).isNotEqualTo(EXAMPLE);

        assertThat(PolicyCheck.of(logged, COMPLETE).warnings()).isEmpty();
        assertThat(PolicyCheck.of(logged, BARE).warnings())
                .contains("No trusted root is set up on the Security page: what asks for a log entry or a timestamp of"
                        + " signatures is refused.");
    }

    @Test
    void warnsOfBuildersWithoutThisJenkins() {
        String rule = "    - provenance: {builders: [\"%s\"], trust: {observed: controller}}\n";

        assertThat(PolicyCheck.of(EXAMPLE + rule.formatted("https://jenkins.example.com"), COMPLETE)
                        .warnings())
                .containsExactly(
                        "The builder of this Jenkins, 'https://jenkins.example.com/', is not among the builders of"
                                + " the rule 'provenance': images that it builds cannot pass.");
        assertThat(PolicyCheck.of(EXAMPLE + rule.formatted(BUILDER), COMPLETE).warnings())
                .isEmpty();
    }

    @Test
    void warnsOfFoldersWhereNoneIsListed() {
        String folders = EXAMPLE.replaceAll("from: .*", "from: \"oci:/srv/{app}\"}");

        assertThat(PolicyCheck.of(folders, COMPLETE).warnings())
                .containsExactly(
                        "No layout folder is listed on the Security page: images of 'oci:' folders cannot be judged.");
    }

    @Test
    void reportsLineAndColumnOfAFault() {
        String text = EXAMPLE.replace("threshold: 1", "treshold: 1");

        PolicyCheck check = PolicyCheck.of(text, BARE);

        assertThat(check.sound()).isFalse();
        assertThat(check.line()).isEqualTo(9);
        assertThat(check.column()).isEqualTo(19);
        assertThat(check.place()).isEqualTo("Line 9, column 19: ");
        assertThat(check.message()).contains("unknown key 'treshold'").doesNotContain("policy:9");
    }

    @Test
    void takesNoPlaceFromTextThatMerelyLooksLikeOne() {
        assertThat(PolicyCheck.fault("policy:99999999:1: x").line()).isZero();
        assertThat(PolicyCheck.fault("there is no policy:1:2: x").line()).isZero();
    }
}
