package io.jenkins.plugins.airworthy.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.CertificateExtension;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What expressions see of what statements say. */
class ExpressionContentTest {
    private static final PlatformImage IMAGE =
            Given.image("linux/arm64/v8", "1000", Map.of("team", "shop"), List.of(Given.digest("base")));
    private static final String QA = "https://acme.example/qa/v1";
    private static final String BOM = """
            {"bomFormat":"CycloneDX","specVersion":"1.6","components":[
              {"type":"library","group":"log4j","name":"log4j","version":"1.2.17","purl":"pkg:maven/log4j/log4j@1.2.17",
               "licenses":[{"license":{"id":"Apache-2.0"}}]},
              {"type":"library","name":"left-pad","version":"1.0"},
              {"type":"library","name":"lib","purl":"pkg:maven/org.example/lib@1.0"}]}
            """;

    private final List<VerifiedEvidence> evidence = new ArrayList<>();

    private void all() throws Exception {
        evidence.add(scan(Given.seen().at(), "CVE-2026-0001", "HIGH"));
        evidence.add(tests("junit", Given.NOW.minusSeconds(60), "starts"));
        evidence.add(about(PredicateTypes.CYCLONEDX, BOM));
        evidence.add(about(QA, """
                {"result":"go","ticket":"QA-17","score":7,"share":0.5,"big":9007199254740993,"none":null,
                 "steps":[{"name":"a","ok":true},{"name":"b","ok":true}]}
                """));
        evidence.add(about(PredicateTypes.PROVENANCE, """
                {"buildDefinition":{"buildType":"https://example.com/type","externalParameters":{},"internalParameters":{},
                  "resolvedDependencies":[]},
                 "runDetails":{"builder":{"id":"https://ci.example.com/"},"metadata":{"invocationId":"https://ci.example.com/1",
                  "startedOn":"2026-11-20T10:00:00Z","finishedOn":"2026-11-20T10:05:00Z"}}}
                """));
    }

    private static VerifiedEvidence about(String type, String predicate) {
        return Given.evidence(IMAGE.digest(), Given.seen(), type, Given.json(predicate));
    }

    private static VerifiedEvidence scan(Instant at, String id, String severity) {
        return Scan.of(IMAGE)
                .finding(id, severity, "1.1", "2026-01-01")
                .observedAt(at)
                .evidence();
    }

    private static VerifiedEvidence tests(String suite, Instant at, String... failed) {
        TestResult result = new TestResult(
                suite,
                failed.length == 0 ? TestResult.Outcome.PASSED : TestResult.Outcome.FAILED,
                List.of("works"),
                List.of(),
                List.of(failed),
                List.of(new TestResult.Configuration("junit.xml", Optional.empty())));
        Observation seen = Given.seen(Observer.BUILD_AGENT, at);
        return Given.evidence(
                IMAGE.digest(),
                Optional.of(seen),
                PredicateTypes.TEST_RESULT,
                result.toStatement(new Subject(Optional.empty(), IMAGE.digest()), seen)
                        .predicate(),
                Given.key("release"));
    }

    private Verdict.Item judge(String cel) throws Exception {
        return judge(cel, List.of());
    }

    private Verdict.Item judge(String cel, List<RecordedStatement> unread) throws Exception {
        Candidate one = Given.candidate(IMAGE, evidence.toArray(VerifiedEvidence[]::new));
        Candidate candidate = new Candidate(
                one.image(),
                one.target(),
                one.digest(),
                one.platforms(),
                one.problems(),
                one.evidence(),
                unread,
                one.bases());
        Verdict verdict = policy(cel).judge(candidate, Given.NOW);
        return unread.isEmpty() ? Given.item(verdict, "expression:x") : Given.item(verdict, "evidence");
    }

    private static Policy policy(String cel) throws InvalidInputException {
        return Given.policy("- expression: {id: x, cel: '" + cel.replace("'", "''") + "', message: must hold}");
    }

    private void assertHolds(String cel) throws Exception {
        Verdict.Item item = judge(cel);
        assertThat(item.status()).as(cel + ": " + item.reason()).isEqualTo(Status.PASSED);
    }

    private void assertRefused(String cel, String why) throws Exception {
        Verdict.Item item = judge(cel);
        assertThat(item.status()).as(cel).isEqualTo(Status.FAILED);
        assertThat(item.reason()).startsWith("must hold (").contains(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vulnerabilities.size() == 1 && vulnerabilities[0].id == 'CVE-2026-0001'",
                "vulnerabilities.all(v, v.package == 'org.example:lib' && v.version == '1.0' && v.fixed == '1.1')",
                "vulnerabilities.of('cve-2026-0001')[0].purl == 'pkg:maven/org.example/lib@1.0'",
                "vulnerabilities.of('CVE-2026-0001')[0].severity == 'HIGH' && !vulnerabilities[0].waived",
                "vulnerabilities.of('CVE-2021-44228').size() == 0",
                "vulnerabilities[0].published < now",
                "tests.size() == 1 && tests[0].suite == 'junit' && tests[0].failed == ['starts']",
                "tests.all(t, 'works' in t.passed && t.warned.size() == 0)",
                "packages.of('pkg:maven/log4j/log4j').size() == 1",
                "packages.of('pkg:maven/log4j/log4j@1.2.17')[0].licences == ['Apache-2.0']",
                "packages.of('pkg:maven/log4j/log4j@2.0').size() == 0",
                "packages.of('pkg:npm/left-pad')[0].purl == '' && packages.of('pkg:npm/left-pad@2.0').size() == 0",
                "packages.of('pkg:maven/org.example/lib')[0].version == '1.0'",
                "packages.exists(p, p.name == 'log4j/log4j' && p.version == '1.2.17') && packages.size() == 3",
                "predicates('https://slsa.dev/provenance/v1').all(p, p.runDetails.builder.id == 'https://ci.example.com/')",
                "predicates('https://acme.example/qa/v1').exists(p, p.result == 'go' && p.ticket.startsWith('QA-'))",
                "predicates('https://acme.example/qa/v1').all(p, p.steps.all(s, s.ok) && p.steps[1].name == 'b')",
                "predicates('https://acme.example/qa/v1').all(p, has(p.ticket) && !has(p.absent) && p.none == null)",
                "predicates('https://acme.example/qa/v1')[0].score + 1 == 8",
                "predicates('https://acme.example/qa/v1')[0].share == '0.5'",
                "predicates('https://acme.example/qa/v1')[0].big == '9007199254740993'",
                "predicates('https://acme.example/qa/v1')[0]['ticket'] == 'QA-17' && 'score' in"
                        + " predicates('https://acme.example/qa/v1')[0]",
                "provenance.all(p, p.builder == 'https://ci.example.com/' && p.source.repository == '')",
                "provenance[0].finishedAt - provenance[0].startedAt == duration('5m') && provenance[0].dependencies == []",
                "vulnerabilities.all(v, packages.of(v.purl).size() == 1)",
                "evidence.exists(e, e.predicateType == 'https://acme.example/qa/v2') ?"
                        + " predicates('https://acme.example/qa/v2').all(p, p.ok) : true"
            })
    void seesWhatStatementsSay(String cel) throws Exception {
        all();
        assertHolds(cel);
    }

    /** Nothing found would look like nothing there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "vulnerabilities.all(v, false);no scan result about",
                "vulnerabilities.of('CVE-2021-44228').size() == 0;no scan result about",
                "packages.of('pkg:maven/log4j/log4j').size() == 0;no bill of materials about",
                "packages.all(p, false);no bill of materials about",
                "tests.all(t, t.failed.size() == 0);no test result about",
                "provenance.all(p, false);no provenance about",
                "predicates('https://acme.example/qa/v1').all(p, false);no statement of the type https://acme.example/qa/v1",
                "true || packages.size() == 0;",
                "packages.size() == 0 || true;no bill of materials about"
            })
    void refusesWhereThereIsNothingToLookInto(String cel, String why) throws Exception {
        if (why == null) {
            assertHolds(cel);
        } else {
            assertRefused(cel, why);
        }
    }

    @Test
    void seesNothingThatTheRuleDoesNotTrust() throws Exception {
        evidence.add(Given.evidence(
                IMAGE.digest(),
                Optional.of(Given.seen()),
                QA,
                Given.json("{\"result\":\"go\"}"),
                Given.key("stranger")));
        assertRefused(
                "predicates('https://acme.example/qa/v1').exists(p, p.result == 'go')",
                "signed by key stranger, which this rule does not trust");
        evidence.add(Given.evidence(
                IMAGE.digest(), Optional.empty(), QA, Given.json("{\"result\":\"go\"}"), Given.key("release")));
        assertRefused("predicates('https://acme.example/qa/v1').exists(p, p.result == 'go')", "'imported'");
    }

    @Test
    void seesNothingAboutAnotherImage() throws Exception {
        evidence.add(Given.evidence(Given.digest("other"), Given.seen(), QA, Given.json("{\"result\":\"go\"}")));
        assertRefused("predicates('https://acme.example/qa/v1').exists(p, p.result == 'go')", "no statement");
    }

    /** An older "go" must not outlive a newer "no". */
    @Test
    void seesOnlyTheNewestOfEachType() throws Exception {
        Observation newer = Given.seen(Observer.BUILD_AGENT, Given.NOW.minusSeconds(5));
        evidence.add(about(QA, "{\"result\":\"go\"}"));
        evidence.add(Given.evidence(IMAGE.digest(), newer, QA, Given.json("{\"result\":\"no\"}")));
        assertThat(judge("predicates('https://acme.example/qa/v1').exists(p, p.result == 'go')")
                        .reason())
                .isEqualTo("must hold");
        evidence.add(scan(Given.NOW.minusSeconds(7_200), "CVE-2026-0002", "LOW"));
        evidence.add(scan(Given.NOW.minusSeconds(60), "CVE-2026-0001", "HIGH"));
        assertHolds("vulnerabilities.of('CVE-2026-0002').size() == 0 && vulnerabilities.size() == 1");
        evidence.add(tests("junit", Given.NOW.minusSeconds(50), "starts"));
        evidence.add(tests("junit", Given.NOW.minusSeconds(40)));
        evidence.add(tests("smoke", Given.NOW.minusSeconds(90), "pings"));
        assertHolds("tests.size() == 2 && tests.exists(t, t.suite == 'smoke' && t.failed == ['pings'])");
    }

    @Test
    void refusesAnotherImagesScanAndOneThatLookedForLess() throws Exception {
        VerifiedEvidence other = Scan.of(Given.image()).evidence();
        evidence.add(Given.evidence(
                IMAGE.digest(),
                Given.seen(),
                other.predicateType(),
                other.statement().predicate()));
        assertRefused("vulnerabilities.size() == 0", "the scanner's report is about another image");
        evidence.clear();
        evidence.add(Scan.of(IMAGE).parameter("scanners", "secret").evidence());
        assertRefused("vulnerabilities.size() == 0", "did not look for vulnerabilities");
        evidence.clear();
        evidence.add(Scan.of(IMAGE).parameter("severities", "HIGH,CRITICAL").evidence());
        assertRefused("vulnerabilities.of('CVE-2026-0001').size() == 0", "did not ask for all severities");
    }

    /** Whatever else holds. */
    @Test
    void refusesAStatementThatItWouldSeeAndThatCannotBeRead() throws Exception {
        evidence.add(about(PredicateTypes.CYCLONEDX, "{\"bomFormat\":\"SPDX\"}"));
        assertRefused("packages.of('pkg:maven/log4j/log4j').size() == 0", "a bill of materials cannot be read: ");
        assertRefused("packages.size() == 0 || true", "a bill of materials cannot be read: ");
        evidence.add(about(PredicateTypes.TEST_RESULT, "{\"result\":\"SPLENDID\"}"));
        assertRefused("tests.size() > 0 || true", "a test result cannot be read: ");
        evidence.add(about(PredicateTypes.VULNERABILITIES, "{}"));
        assertRefused("vulnerabilities.size() == 0 || true", "scan result cannot be read: ");
        evidence.add(about(PredicateTypes.PROVENANCE, "{}"));
        assertRefused("provenance.size() == 0 || true", "provenance cannot be read: ");
        assertHolds("image.config.user == '1000' || packages.size() == 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "predicates('https://acme.example/qa/v1')[0].absent == 1|uses a value that does not exist",
                "predicates('https://acme.example/qa/v1')[0].ticket > 5|not of the type that it needs",
                "predicates('https://acme.example/qa/v1')[0].steps.ok|does not exist",
                "predicates('https://acme.example/qa/v1')[0].share > 0.1|not of the type that it needs",
                "predicates('https://acme.example/qa/v1')[7].score > 1|does not exist",
                "packages.of(image.name).size() == 0|expected a package URL"
            })
    void refusesWhatIsMissingOrOfAnotherType(String cel, String why) throws Exception {
        all();
        assertRefused(cel, why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "predicates('https://plugins.jenkins.io/airworthy/approval/v1').size() == 1|is a type of Airworthy itself",
                "predicates('HTTP://plugins.jenkins.io/airworthy/').size() == 1|is a type of Airworthy itself",
                "predicates('q a').size() == 0|is no type of statements",
                "predicates(image.name).size() == 0|takes the type of statements as a text",
                "predicates().size() == 0|undeclared reference to 'predicates'",
                "packages.of('log4j').size() == 0|expected a package URL",
                "evidence.of('x').size() == 0|undeclared reference to 'of'",
                "packages.of('pkg:maven/a/b')[0].licence == ''|undefined field 'licence'",
                "vulnerabilities[0].cvss > 7|undefined field 'cvss'",
                "tests[0].result == 'PASSED'|undefined field 'result'"
            })
    void refusesAPolicyThatAsksForWhatThereIsNot(String cel, String why) {
        assertThatThrownBy(() -> policy(cel))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("(?s)policy\\.yaml:\\d+:\\d+: in the expression: .*")
                .hasMessageContaining(why);
    }

    /** A variable that is hidden behind a look-up cannot be named. */
    @Test
    void namesNoHiddenVariable() {
        assertThatThrownBy(() -> policy("@packagesByName == 1")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void seesWaivers() throws Exception {
        evidence.add(scan(Given.seen().at(), "CVE-2026-0001", "HIGH"));
        String document =
                Given.document("- expression: {id: x, cel: 'vulnerabilities.all(v, v.waived)', message: must hold}");
        String waiver = """
                  waivers:
                    - {vulnerability: CVE-2026-0001, package: "pkg:maven/org.example/lib", images: ["registry.example.com/**"],
                       until: %s, reason: r, by: b}
                """;
        for (String until : List.of("2026-12-31", "2026-11-01")) {
            Policy policy =
                    Policy.parse((document + waiver.formatted(until)).getBytes(StandardCharsets.UTF_8), "p.yaml");
            Verdict verdict = policy.judge(Given.candidate(IMAGE, evidence.get(0)), Given.NOW);
            assertThat(Given.item(verdict, "expression:x").status())
                    .isEqualTo(until.startsWith("2026-12") ? Status.PASSED : Status.FAILED);
        }
    }

    @Test
    void seesFactsOfTheImageAndOfCertificates() throws Exception {
        assertHolds("image.size > 0 && image.annotations.size() == 0 && image.unsignedAttestations == []");
        assertHolds("image.platforms.size() == 1 && image.platforms[0].architecture == 'arm64' && !has(image.created)");
        assertRefused("image.created < now", "does not exist");
        Signer.Identity identity = new Signer.Identity(
                "https://token.example.com",
                "https://ci.example.com/x",
                Map.of(CertificateExtension.RUNNER_ENVIRONMENT, "self-hosted"));
        Policy policy =
                Given.policy("- expression: {id: x, cel: \"evidence.all(e, e.certificate['runnerEnvironment'] =="
                        + " 'github-hosted')\", message: m, trust: {identities: [{issuer: \"https://token.example.com\", subject:"
                        + " \"https://ci.example.com/x\"}], observed: imported}}");
        Candidate candidate = Given.candidate(
                IMAGE, Given.evidence(IMAGE.digest(), Optional.of(Given.seen()), QA, Given.json("{}"), identity));
        Verdict.Item item = Given.item(policy.judge(candidate, Given.NOW), "expression:x");
        assertThat(item.reason()).isEqualTo("m");
    }

    /** What could be hidden: whatever the expression looks into, even if its absence alone would only harm the image. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "packages.of('pkg:maven/log4j/log4j').size() == 1|https://cyclonedx.org/bom",
                "packages.size() == 3|https://spdx.dev/Document",
                "provenance.size() == 1|https://slsa.dev/provenance/v1",
                "vulnerabilities.size() == 1|https://cosign.sigstore.dev/attestation/vuln/v1",
                "vulnerabilities.of('CVE-2026-0001').size() == 1|https://in-toto.io/attestation/vulns/v0.2",
                "tests.size() == 1|https://in-toto.io/attestation/test-result/v0.1",
                "predicates('https://acme.example/qa/v1').size() == 1|https://acme.example/qa/v1"
            })
    void noticesWhatIsHidden(String cel, String type) throws Exception {
        all();
        RecordedStatement newer = recorded(type, Given.NOW.minusSeconds(10));
        assertThat(judge(cel, List.of(newer)).status()).isEqualTo(Status.FAILED);
        Policy blind = policy("image.config.user == '1000'");
        Candidate one = Given.candidate(IMAGE, evidence.toArray(VerifiedEvidence[]::new));
        Candidate hidden = new Candidate(
                one.image(),
                one.target(),
                one.digest(),
                one.platforms(),
                List.of(),
                one.evidence(),
                List.of(newer),
                Map.of());
        assertThat(blind.judge(hidden, Given.NOW).passed()).isTrue();
    }

    private static RecordedStatement recorded(String type, Instant at) {
        return new RecordedStatement(
                IMAGE.digest(),
                Given.digest("payload"),
                type,
                at,
                Given.key("release").fingerprint(),
                Set.of("release"),
                false,
                Optional.of(Given.seen(Observer.BUILD_AGENT, at)),
                Optional.empty(),
                "job/1");
    }

    @Test
    void namesTheStatementsIntoWhichItLooked() throws Exception {
        all();
        assertThat(judge("packages.size() == 3").evidence()).hasSize(1);
        assertThat(judge("packages.size() == 3 && tests.size() == 1").evidence())
                .hasSize(2);
        assertThat(judge("evidence.size() == 5").evidence()).hasSize(5);
    }

    private static ObjectNode large(int packages) {
        ObjectNode bom = StrictJson.object().put("bomFormat", "CycloneDX").put("specVersion", "1.6");
        ArrayNode components = bom.putArray("components");
        for (int i = 0; i < packages; i++) {
            components
                    .addObject()
                    .put("type", "library")
                    .put("name", "lib-" + i)
                    .put("version", "1." + i)
                    .put("purl", "pkg:maven/org.example.group/lib-" + i + "@1." + i);
        }
        return bom;
    }

    /** Looked up, not gone through: a loop over so many would end at its budget. */
    @Test
    void looksUpAPackageAmongMany() throws Exception {
        evidence.add(Given.evidence(IMAGE.digest(), Given.seen(), PredicateTypes.CYCLONEDX, large(30_000)));
        assertHolds("packages.of('pkg:maven/org.example.group/lib-29999').size() == 1"
                + " && packages.of('pkg:maven/log4j/log4j').size() == 0");
        assertRefused("packages.all(p, p.name != '')", "packages has 30000 entries, more than the 20000");
        evidence.set(0, Given.evidence(IMAGE.digest(), Given.seen(), PredicateTypes.CYCLONEDX, large(19_000)));
        assertHolds("packages.all(p, p.name.startsWith('lib-') && p.purl != '' && p.version != '2')");
    }

    /** Each iteration goes through a list, so that the number of iterations alone is no bound. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "packages.all(p, packages.size() > 0)",
                "packages.all(p, p in packages)",
                "packages.map(p, p.name).all(n, n in packages.map(p, p.name))"
            })
    void endsWhatGoesThroughListsTooOften(String cel) throws Exception {
        evidence.add(Given.evidence(IMAGE.digest(), Given.seen(), PredicateTypes.CYCLONEDX, large(19_000)));
        long start = System.nanoTime();
        assertThat(judge(cel).status()).isEqualTo(Status.FAILED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }

    /** Both decide, since neither has a time. */
    @Test
    void looksIntoNoFormAloneWhenTwoDecideTogether() throws Exception {
        evidence.clear();
        evidence.add(about("https://slsa.dev/provenance/v1", """
                {"buildDefinition": {"buildType": "https://x.example/1", "externalParameters": {}},
                 "runDetails": {"builder": {"id": "https://ci.example.com/"}}}"""));
        evidence.add(about("https://slsa.dev/provenance/v0.2", """
                {"builder": {"id": "https://evil.example.com/"}, "buildType": "https://x.example/1"}"""));

        Verdict.Item item = judge("predicates('https://slsa.dev/provenance/v1').all(p, p.runDetails.builder.id != '')");

        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains("also decides one of the type https://slsa.dev/provenance/v0.2");
    }

    @Test
    void looksIntoTheNewestBillOfMaterialsOfEitherFormat() throws Exception {
        evidence.clear();
        evidence.add(Given.evidence(
                IMAGE.digest(),
                Optional.of(Given.seen(Observer.BUILD_AGENT, Given.NOW.minusSeconds(5_000))),
                PredicateTypes.SPDX,
                Given.json("{\"spdxVersion\": \"SPDX-2.3\", \"packages\": [{\"name\": \"patched\", \"externalRefs\":"
                        + " [{\"referenceType\": \"purl\", \"referenceLocator\": \"pkg:npm/patched@2\"}]}]}"),
                Given.key("release")));
        evidence.add(Given.evidence(
                IMAGE.digest(),
                Optional.of(Given.seen(Observer.BUILD_AGENT, Given.NOW.minusSeconds(5))),
                PredicateTypes.CYCLONEDX,
                Given.json(
                        "{\"bomFormat\": \"CycloneDX\", \"components\": [{\"name\": \"x\", \"purl\": \"pkg:npm/other@1\"}]}"),
                Given.key("release")));

        assertThat(judge("packages.of('pkg:npm/patched@2').size() == 1").status())
                .isEqualTo(Status.FAILED);
        assertThat(judge("packages.of('pkg:npm/other@1').size() == 1").status()).isEqualTo(Status.PASSED);
    }

    /** Who does not say how many were skipped has not said none. */
    @Test
    void countsSkippedTestsOnlyWhereTheResultSays() throws Exception {
        evidence.add(tests("unit", Given.NOW.minusSeconds(60)));
        assertThat(judge("tests.all(t, !has(t.skipped))").status()).isEqualTo(Status.PASSED);
        assertThat(judge("tests.all(t, t.skipped == 0)").status()).isEqualTo(Status.FAILED);
        evidence.clear();
        TestResult told = new TestResult(
                "unit",
                TestResult.Outcome.PASSED,
                List.of("works"),
                List.of(),
                List.of(),
                List.of(new TestResult.Configuration("junit.xml", Optional.empty())),
                Optional.of(2L));
        Observation seen = Given.seen();
        evidence.add(Given.evidence(
                IMAGE.digest(),
                seen,
                PredicateTypes.TEST_RESULT,
                told.toStatement(new Subject(Optional.empty(), IMAGE.digest()), seen)
                        .predicate()));
        assertThat(judge("tests.all(t, t.skipped <= 2)").status()).isEqualTo(Status.PASSED);
        assertThat(judge("tests.all(t, t.skipped <= 1)").status()).isEqualTo(Status.FAILED);
    }
}
