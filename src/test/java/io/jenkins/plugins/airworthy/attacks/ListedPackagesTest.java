package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.policy.Given;
import io.jenkins.plugins.airworthy.policy.Scan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Attack 12: an image whose packages, licences and settings a policy denies, and evidence that tells them in an unusual way. */
class ListedPackagesTest extends Attack {
    private static final String GOOD = "{\"type\":\"library\",\"name\":\"left-pad\",\"version\":\"1.0.0\","
            + "\"purl\":\"pkg:npm/left-pad@1.0.0\",\"licenses\":[{\"license\":{\"id\":\"MIT\"}}]}";
    private static final String BAD = "{\"name\":\"x\",\"purl\":\"pkg:npm/event-stream@3.3.6\","
            + "\"licenses\":[{\"license\":{\"id\":\"MIT\"}}]}";

    private int newest;

    @BeforeEach
    void askForPackages() throws Exception {
        changePolicy("    - user: {nonRoot: true}\n", """
                    - user: {nonRoot: true}
                    - packages: {deny: ["pkg:npm/event-stream@3.3.6"]}
                    - licences: {deny: ["AGPL-*"]}
                    - misconfigurations: {deny: [CRITICAL, HIGH]}
                """);
        stage(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:npm/event-stream@3.3.6",
                "pkg:NPM/%65vent-stream@3%2E3.6",
                "pkg:npm//event-stream@3.3.6?os=linux#lib",
                "pkg:npm/%2Fevent-stream@3.3.6",
                "pkg:npm/event-stream"
            })
    void refusesDeniedPackageInAnotherSpelling(String purl) throws Exception {
        stage(GOOD + "," + BAD.replace("pkg:npm/event-stream@3.3.6", purl));
        assertRefused("packages", "1 package is denied: " + purl);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"Event-Stream\"%s}",
                "{\"name\":\"event-stream\",\"purl\":\"PKG:npm/event-stream@3\"%s}"
            })
    void refusesDeniedPackageWithoutItsUrl(String component) throws Exception {
        stage(GOOD + "," + component.formatted(",\"licenses\":[{\"license\":{\"id\":\"MIT\"}}]"));
        assertRefused("packages", "which has no package URL and is called like pkg:npm/event-stream@3.3.6");
    }

    @Test
    void refusesDeniedPackageInsideAnother() throws Exception {
        stage(GOOD.replace("\"licenses\"", "\"components\":[" + BAD + "],\"licenses\""));
        assertRefused("packages", "1 package is denied: pkg:npm/event-stream@3.3.6");
    }

    @Test
    void refusesDeniedPackageThatTheOtherFormatLists() throws Exception {
        attach(image, bill(PredicateTypes.SPDX, """
                        {"spdxVersion":"SPDX-2.3","packages":[{"SPDXID":"SPDXRef-1","name":"x","licenseDeclared":"MIT",
                          "externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:npm/event-stream@3.3.6"}]}]}"""), release);
        assertRefused("packages", "one bill of materials passes and another, not known to be older, fails");
    }

    @Test
    void refusesEntryThatNothingNames() throws Exception {
        stage(GOOD + ",{\"purl\":\"pkg:npm\"}");
        assertRefused("packages,licences", "components[1].name: is missing, and there is no valid package URL");
    }

    @Test
    void refusesImageWithoutABillOfMaterials() throws Exception {
        stageWithout();
        attach(image, scan().observedAt(NOW.minusSeconds(60)).statement(), release);
        attach(image, cycloneDx(GOOD), stranger);
        assertRefused("packages,licences", "no bill of materials about");
    }

    @Test
    void refusesBillThatListsNothing() throws Exception {
        stage("{\"type\":\"operating-system\",\"name\":\"debian\"}");
        assertRefused("packages,licences", "the bill of materials lists no package");
    }

    @Test
    void refusesMorePackagesThanAreRead() throws Exception {
        stage(IntStream.rangeClosed(0, 100_000)
                .mapToObj(n -> "{\"name\":\"package-" + n + "\"}")
                .collect(Collectors.joining(",")));
        assertRefused("packages,licences", "more than the allowed 100000 packages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AGPL-3.0-only", "agpl-3.0+", "MIT AND (AGPL-3.0-only OR AGPL-1.0-only)", "MIT, AGPL-3.0-only"})
    void refusesDeniedLicenceInAnExpression(String expression) throws Exception {
        stage(licensed(expression));
        assertRefused("licences", "1 package has a denied licence: pkg:npm/left-pad@1.0.0: " + expression);
    }

    @Test
    void refusesExpressionThatIsTooDeepToRead() throws Exception {
        stage(licensed("(".repeat(100_000) + "MIT" + ")".repeat(100_000)));
        assertRefused("licences", "1 package has no known licence");
        stage(licensed("(".repeat(100) + "MIT" + ")".repeat(100)));
        assertRefused("licences", "1 package has no known licence");
    }

    @Test
    void refusesUnknownLicence() throws Exception {
        stage(licensed("LicenseRef-own"));
        assertRefused("licences", "no known licence (a policy may say unknown: allow): pkg:npm/left-pad@1.0.0");
    }

    @Test
    void promotesImageWithAChoiceOfLicences() throws Exception {
        stage(licensed("AGPL-3.0-only OR MIT"));
        assertPromoted();
    }

    @Test
    void refusesScanThatDidNotLookForMisconfigurations() throws Exception {
        attach(image, Scan.of(image).observedAt(NOW.minusSeconds(60)).statement(), release);
        assertRefused("misconfigurations", "the scan did not look for misconfigurations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HIGH", "CRITICAL", "high", ""})
    void refusesDeniedMisconfiguration(String severity) throws Exception {
        attach(
                image,
                scan().misconfiguration("DS-0002", severity, "FAIL")
                        .observedAt(NOW.minusSeconds(60))
                        .statement(),
                release);
        assertRefused("misconfigurations", "1 misconfiguration is denied: DS-0002");
    }

    private static String licensed(String expression) {
        return GOOD.replace("{\"license\":{\"id\":\"MIT\"}}", "{\"expression\":\"" + expression + "\"}");
    }

    /** An image with a scan that looked for everything, and a newer bill of materials than any before. */
    private void stage(String components) throws Exception {
        stageWithout(Piece.SCAN);
        attach(image, scan().statement(), release);
        newest++;
        attach(image, cycloneDx(components), release);
        candidate = staged();
    }

    private Statement cycloneDx(String components) {
        return bill(PredicateTypes.CYCLONEDX, "{\"bomFormat\":\"CycloneDX\",\"components\":[" + components + "]}");
    }

    private Scan scan() {
        return Scan.of(image).parameter("scanners", "vuln,secret,misconfig,license");
    }

    private Statement bill(String type, String json) {
        return new Statement(
                subject(image), Optional.of(seen(NOW.minusSeconds(600).plusSeconds(newest))), type, Given.json(json));
    }

    /** The list of licences keeps the older names. */
    @ParameterizedTest
    @ValueSource(strings = {"AGPL-3.0", "AGPL-3.0+", "GPL-2.0-with-classpath-exception", "MIT AND GPL-2.0"})
    void refusesLicenceUnderAnOlderName(String text) throws Exception {
        changePolicy("licences: {deny: [\"AGPL-*\"]}", "licences: {deny: [AGPL-3.0-or-later, GPL-2.0-only]}");
        stage(licensed(text));
        assertRefused("licences", "a denied licence");
    }

    @Test
    void refusesLicenceThatThePolicyDeniesByItsOlderName() throws Exception {
        changePolicy("licences: {deny: [\"AGPL-*\"]}", "licences: {deny: [AGPL-3.0]}");
        stage(licensed("AGPL-3.0-only"));
        assertRefused("licences", "a denied licence");
    }

    /** A registry serves these as one package. */
    @ParameterizedTest
    @CsvSource({
        "pkg:nuget/newtonsoft.json, pkg:nuget/Newtonsoft.Json@13.0.1",
        "pkg:pypi/ruamel-yaml, pkg:pypi/ruamel.yaml@0.17",
        "pkg:pypi/zope-interface, pkg:pypi/zope__interface@5",
        "pkg:cargo/foo-bar, pkg:cargo/foo_bar@1"
    })
    void refusesPackageUnderAnotherSpellingOfItsName(String denied, String listed) throws Exception {
        changePolicy("pkg:npm/event-stream@3.3.6", denied);
        stage(GOOD + "," + BAD.replace("pkg:npm/event-stream@3.3.6", listed));
        assertRefused("packages", "denied");
    }
}
