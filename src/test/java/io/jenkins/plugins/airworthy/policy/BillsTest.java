package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.jenkins.plugins.airworthy.policy.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Rules about what a bill of materials lists. */
class BillsTest {
    private static final PlatformImage IMAGE = Given.image();
    private static final String DENY =
            "- packages: {deny: [\"pkg:npm/event-stream@3.3.6\", \"pkg:maven/log4j/log4j\"]}";
    private static final String LICENCES = "- licences: {deny: [\"AGPL-*\", SSPL-1.0]}";
    private static final String GOOD = "{\"type\":\"library\",\"name\":\"left-pad\",\"version\":\"1.0.0\","
            + "\"purl\":\"pkg:npm/left-pad@1.0.0\",\"licenses\":[{\"license\":{\"id\":\"MIT\"}}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"x\",\"purl\":\"pkg:npm/event-stream@3.3.6\"}|FAILED",
                "{\"name\":\"x\",\"purl\":\"pkg:npm/%65vent-stream@3%2E3.6?os=linux#lib\"}|FAILED",
                "{\"name\":\"x\",\"purl\":\"pkg:npm/event-stream@3.3.5\"}|PASSED",
                "{\"name\":\"x\",\"purl\":\"pkg:npm/event-stream\",\"version\":\"3.3.6\"}|FAILED",
                "{\"name\":\"x\",\"purl\":\"pkg:npm/event-stream@3.3.5\",\"version\":\"3.3.6\"}|FAILED",
                "{\"name\":\"x\",\"purl\":\"pkg:npm/event-stream\"}|FAILED",
                "{\"name\":\"x\",\"purl\":\"pkg:pypi/event-stream@3.3.6\"}|PASSED",
                "{\"name\":\"x\",\"purl\":\"pkg:npm/event-streams@3.3.6\"}|PASSED",
                "{\"name\":\"x\",\"purl\":\"pkg:maven/log4j/log4j@1.2.17\"}|FAILED",
                "{\"name\":\"x\",\"purl\":\"pkg:maven/org.apache.logging.log4j/log4j@2\"}|PASSED",
                "{\"name\":\"Event-Stream\",\"version\":\"3.3.6\"}|FAILED",
                "{\"name\":\"event-stream\",\"version\":\"3.3.5\"}|PASSED",
                "{\"name\":\"event-stream\",\"purl\":\"PKG:npm/event-stream@3.3.6\"}|FAILED",
                "{\"name\":\"log4j:log4j\",\"version\":\"1.2.17\"}|FAILED",
                "{\"group\":\"log4j\",\"name\":\"log4j\",\"version\":\"1.2.17\"}|FAILED",
                "{\"name\":\"y\",\"components\":[{\"name\":\"x\",\"purl\":\"pkg:npm/event-stream@3.3.6\"}]}|FAILED"
            })
    void deniesPackageHoweverItIsWritten(String component, Status status) throws Exception {
        Verdict.Item item = judge(DENY, "packages", cycloneDx(0, GOOD, component));
        assertThat(item.status()).as(item.reason()).isEqualTo(status);
    }

    @Test
    void namesWhatIsDenied() throws Exception {
        Verdict.Item item = judge(
                DENY,
                "packages",
                cycloneDx(0, GOOD, "{\"purl\":\"pkg:maven/log4j/log4j@1.2.17\"}", "{\"name\":\"event-stream\"}"));
        assertThat(item.reason())
                .isEqualTo("2 packages are denied: event-stream, which has no package URL and is called like"
                        + " pkg:npm/event-stream@3.3.6; pkg:maven/log4j/log4j@1.2.17");
        assertThat(judge(DENY, "packages", cycloneDx(0, GOOD, "{\"name\":\"other\"}"))
                        .reason())
                .isEqualTo("none denied among 2 packages, 1 of them without a package URL");
    }

    @Test
    void refusesImageWithoutABillOfMaterials() throws Exception {
        assertThat(judge(DENY, "packages").reason()).startsWith("no bill of materials about sha256:");
        assertThat(judge(LICENCES, "licences").reason()).startsWith("no bill of materials about sha256:");
        VerifiedEvidence strange = Given.evidence(
                IMAGE.digest(),
                Optional.of(Given.seen()),
                PredicateTypes.SPDX,
                Given.json("{\"spdxVersion\":\"SPDX-2.3\"}"),
                Given.key("stranger"));
        assertThat(judge(DENY, "packages", strange).reason()).contains("signed by key stranger");
    }

    @Test
    void refusesBillThatListsNothingUnlessThePolicyAllowsIt() throws Exception {
        VerifiedEvidence empty = cycloneDx(0, "{\"type\":\"operating-system\",\"name\":\"debian\"}");
        assertThat(judge(DENY, "packages", empty).reason()).contains("lists no package (a policy may allow: [nothing-");
        assertThat(judge(DENY.replace("]}", "], allow: [nothing-analysed]}"), "packages", empty)
                        .status())
                .isEqualTo(Status.PASSED);
    }

    /** The format does not matter; what is as new as the newest decides with it. */
    @Test
    void lookAtTheNewestOfEitherFormat() throws Exception {
        String bad = "{\"SPDXID\":\"SPDXRef-1\",\"name\":\"log4j\",\"externalRefs\":[{\"referenceType\":\"purl\","
                + "\"referenceLocator\":\"pkg:maven/log4j/log4j@1.2.17\"}]}";
        assertThat(judge(DENY, "packages", cycloneDx(60, GOOD), spdx(0, bad)).status())
                .isEqualTo(Status.FAILED);
        assertThat(judge(DENY, "packages", cycloneDx(0, GOOD), spdx(60, bad)).status())
                .isEqualTo(Status.PASSED);
        Verdict.Item both = judge(DENY, "packages", cycloneDx(0, GOOD), spdx(0, bad));
        assertThat(both.reason()).startsWith("one bill of materials passes and another");
        assertThat(both.evidence()).hasSize(2);
    }

    @Test
    void noticesThatABillIsHidden() throws Exception {
        for (String rule : List.of(DENY, LICENCES)) {
            Candidate shown = Given.candidate(IMAGE, cycloneDx(60, GOOD));
            assertThat(Given.policy(rule).judge(shown, NOW).passed()).isTrue();
            Verdict newer = Given.policy(rule).judge(hiding(shown, NOW.minusSeconds(30)), NOW);
            assertThat(Given.item(newer, "evidence").status()).isEqualTo(Status.FAILED);
            assertThat(Given.policy(rule)
                            .judge(hiding(shown, NOW.minusSeconds(90)), NOW)
                            .passed())
                    .isTrue();
        }
    }

    private static Candidate hiding(Candidate shown, Instant at) {
        RecordedStatement hidden = new RecordedStatement(
                IMAGE.digest(),
                Given.digest("hidden"),
                PredicateTypes.SPDX,
                at,
                Given.key("release").fingerprint(),
                Set.of("release"),
                false,
                Optional.of(Given.seen(Observer.BUILD_AGENT, at)),
                Optional.empty(),
                "signed elsewhere");
        return new Candidate(
                shown.image(),
                shown.target(),
                shown.digest(),
                shown.platforms(),
                shown.problems(),
                shown.evidence(),
                List.of(hidden),
                shown.bases());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AGPL-3.0-only|FAILED",
                "agpl-3.0-ONLY|FAILED",
                "AGPL-3.0+|FAILED",
                "SSPL-1.0|FAILED",
                "MIT OR AGPL-3.0-only|PASSED",
                "mit or agpl-3.0-only|PASSED",
                "MIT AND AGPL-3.0-only|FAILED",
                "SSPL-1.0 OR AGPL-3.0-only|FAILED",
                "(MIT OR SSPL-1.0) AND (AGPL-3.0-only OR SSPL-1.0)|FAILED",
                "MIT OR SSPL-1.0 AND AGPL-3.0-only|PASSED",
                "LGPL-2.1-only|PASSED",
                "AGPL-3.0-only WITH Classpath-exception-2.0|FAILED",
                "AGPL-3.0-only, MIT|FAILED",
                "((((AGPL-3.0-only|FAILED",
                "MIT OR|FAILED",
                "LicenseRef-own|FAILED",
                "My own licence|FAILED",
                "MIT OR LicenseRef-own|PASSED",
                "MIT MIT|FAILED"
            })
    void readsLicenceExpressions(String expression, Status status) throws Exception {
        Verdict.Item item = judge(LICENCES, "licences", cycloneDx(0, GOOD, licensed(expression)));
        assertThat(item.status()).as(item.reason()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LicenseRef-own|PASSED",
                "My own licence|PASSED",
                "SSPL-1.0 OR LicenseRef-own|PASSED",
                "SSPL-1.0 AND LicenseRef-own|FAILED",
                "see AGPL-3.0-only/MIT|FAILED",
                "AGPL-3.0-only|FAILED"
            })
    void allowsUnknownLicencesByName(String expression, Status status) throws Exception {
        String rule = LICENCES.replace("]}", "], unknown: allow}");
        assertThat(judge(rule, "licences", cycloneDx(0, GOOD, licensed(expression)))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void deniesWhatHasNoLicence() throws Exception {
        VerifiedEvidence bill = cycloneDx(
                0,
                GOOD,
                "{\"name\":\"bare\",\"purl\":\"pkg:npm/bare@1\"}",
                "{\"type\":\"operating-system\",\"name\":\"debian\"}");
        assertThat(judge(LICENCES, "licences", bill).reason())
                .isEqualTo("1 package has no known licence (a policy may say unknown: allow):"
                        + " pkg:npm/bare@1: no licence");
        assertThat(judge(LICENCES.replace("]}", "], unknown: allow}"), "licences", bill)
                        .reason())
                .isEqualTo("none denied among 3 packages; 1 package has no known licence");
    }

    /** Several licences of one package all apply; a nested one is judged as any other. */
    @Test
    void judgesEveryLicenceOfEveryComponent() throws Exception {
        String two =
                "{\"name\":\"a\",\"licenses\":[{\"license\":{\"id\":\"MIT\"}},{\"license\":{\"name\":\"SSPL-1.0\"}}]}";
        assertThat(judge(LICENCES, "licences", cycloneDx(0, GOOD, two)).reason())
                .isEqualTo("1 package has a denied licence: a: MIT and SSPL-1.0");
        String nested = "{\"name\":\"a\",\"licenses\":[{\"license\":{\"id\":\"MIT\"}}],\"components\":["
                + licensed("SSPL-1.0") + "]}";
        assertThat(judge(LICENCES, "licences", cycloneDx(0, GOOD, nested)).status())
                .isEqualTo(Status.FAILED);
        String concluded = "{\"SPDXID\":\"SPDXRef-1\",\"name\":\"a\",\"licenseDeclared\":\"MIT\","
                + "\"licenseConcluded\":\"AGPL-3.0-only\"}";
        assertThat(judge(LICENCES, "licences", spdx(0, concluded)).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void judgesBombsOfLicencesInTime() throws Exception {
        String deep = "(".repeat(100_000) + "SSPL-1.0" + ")".repeat(100_000);
        String wide = "MIT OR ".repeat(200_000) + "SSPL-1.0";
        ThreadMXBean processor = ManagementFactory.getThreadMXBean();
        long begin = processor.getCurrentThreadCpuTime();
        assertThat(judge(LICENCES, "licences", cycloneDx(0, GOOD, licensed(deep), licensed(wide)))
                        .status())
                .isEqualTo(Status.FAILED);
        String many = IntStream.range(0, 20_000)
                .mapToObj(n -> licensed("MIT AND ".repeat(20) + "LicenseRef-" + n))
                .collect(Collectors.joining(","));
        assertThat(judge(LICENCES, "licences", cycloneDx(0, GOOD, many)).status())
                .isEqualTo(Status.FAILED);
        assertThat(Duration.ofNanos(processor.getCurrentThreadCpuTime() - begin))
                .isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void judgesTwentyThousandPackagesInHalfASecond() throws Exception {
        String many = IntStream.range(0, 20_000)
                .mapToObj(n -> "{\"type\":\"library\",\"name\":\"package-" + n + "\",\"version\":\"1." + n
                        + "\",\"purl\":\"pkg:npm/%40acme/package-" + n + "@1." + n
                        + "\",\"licenses\":[{\"license\":{\"id\":\"MIT\"}}],\"properties\":[{\"name\":\"layer\",\"value\":\"sha256:"
                        + "0".repeat(64) + "\"}]}")
                .collect(Collectors.joining(","));
        VerifiedEvidence bill = cycloneDx(0, many);
        ThreadMXBean processor = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long begin = processor.getCurrentThreadCpuTime();
            assertThat(judge(DENY, "packages", bill).status()).isEqualTo(Status.PASSED);
            least = Math.min(least, processor.getCurrentThreadCpuTime() - begin);
        }
        assertThat(Duration.ofNanos(least)).isLessThan(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "- packages: {deny: []}|the list is empty",
                "- packages: {}|'deny' is missing",
                "- packages: {deny: [event-stream]}|'event-stream' is no package URL",
                "- packages: {deny: [\"pkg:npm/event-*\"]}|'*' and '?' are not wildcards here",
                "- packages: {deny: [\"pkg:npm/a?x=y\"]}|is not a package URL of type, name and perhaps version",
                "- packages: {deny: [\"pkg:npm/a\", \"pkg:npm/a\"]}|named twice",
                "- packages: {deny: [\"pkg:npm/a\"], allow: [unknown-os]}|unknown word 'unknown-os'",
                "- licences: {deny: [AGLP-3.0-only]}|'AGLP-3.0-only' is no identifier of the SPDX licence list",
                "- licences: {deny: [\"AGLP-*\"]}|'AGLP-*' is no identifier",
                "- licences: {deny: [\"*\"]}|'*' is no identifier",
                "- licences: {deny: [\"AGPL*\"]}|'AGPL*' is no identifier",
                "- licences: {deny: [\"*-only\"]}|'*-only' is no identifier",
                "- licences: {deny: [MIT], unknown: warn}|unknown word 'warn', expected one of allow, deny"
            })
    void refusesEntriesThatDenyNothing(String rule, String problem) {
        assertThatThrownBy(() -> Given.policy(rule)).hasMessageContaining(problem);
    }

    private static String licensed(String expression) {
        return "{\"name\":\"a\",\"purl\":\"pkg:npm/a@1\",\"licenses\":[{\"expression\":\"" + expression + "\"}]}";
    }

    private static VerifiedEvidence cycloneDx(long age, String... components) {
        return bill(
                age,
                PredicateTypes.CYCLONEDX,
                "{\"bomFormat\":\"CycloneDX\",\"components\":[" + String.join(",", components) + "]}");
    }

    private static VerifiedEvidence spdx(long age, String... packages) {
        return bill(
                age,
                PredicateTypes.SPDX,
                "{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[" + String.join(",", packages) + "]}");
    }

    private static VerifiedEvidence bill(long age, String type, String json) {
        return Given.evidence(
                IMAGE.digest(), Given.seen(Observer.BUILD_AGENT, NOW.minusSeconds(age)), type, Given.json(json));
    }

    private static Verdict.Item judge(String rule, String id, VerifiedEvidence... evidence) throws Exception {
        return Given.item(Given.policy(rule).judge(Given.candidate(IMAGE, evidence), NOW), id);
    }
}
