package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** Statements and what they say: read back as they were written, and nothing half understood. */
public final class EvidenceFuzzTest {
    private static final String HEX = "ab".repeat(32);
    private static final Subject IMAGE = new Subject(Optional.of("registry.example.com/app"), new Digest(HEX));
    private static final Observation SEEN =
            new Observation(Observer.BUILD_AGENT, Instant.parse("2026-11-20T12:00:00Z"));
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final String PROVENANCE = """
            {"buildDefinition":{"buildType":"https://plugins.jenkins.io/airworthy/build-types/jenkins/v1",
              "externalParameters":{"source":{"repository":"https://git.example.com/app","ref":"refs/heads/main"},
                "base":"registry.example.com/base/jre:21","parameters":{"A":"b"}},"internalParameters":{"x":1},
              "resolvedDependencies":[
                {"uri":"git+https://git.example.com/app@refs/heads/main","digest":{"gitCommit":"1234567890123456789012345678901234567890"}},
                {"uri":"oci://registry.example.com/base/jre:21","digest":{"sha256":"%s"}}]},
             "runDetails":{"builder":{"id":"https://jenkins.example.com/"},
              "metadata":{"invocationId":"https://jenkins.example.com/job/a/1/","startedOn":"2026-01-31T12:00:00Z","finishedOn":"2026-01-31T12:00:05Z"}}}
            """.formatted(HEX);
    private static final String TEST_RESULT = """
            {"result":"FAILED","configuration":[{"name":"a.yaml","digest":{"sha256":"%s"},
              "annotations":{"io.jenkins.plugins.airworthy/suite":"a"}}],
             "passedTests":["one","two"],"warnedTests":["three"],"failedTests":["four"]}
            """.formatted(HEX);
    private static final String SUMMARY = """
            {"verifier":{"id":"https://jenkins.example.com/"},"timeVerified":"2026-11-20T12:00:00Z",
             "resourceUri":"oci://registry.example.com/prod/app","policy":{"uri":"airworthy:policy/production","digest":{"sha256":"%s"}},
             "inputAttestations":[{"digest":{"sha256":"%s"}},{"uri":"x","digest":{"sha512":"00"}}],
             "verificationResult":"PASSED","verifiedLevels":["SLSA_BUILD_LEVEL_UNEVALUATED"],"slsaVersion":"1.1"}
            """.formatted(HEX, HEX);
    public static final String REPORT = """
            {"SchemaVersion":2,"CreatedAt":"2026-11-20T12:00:00Z","ArtifactType":"container_image","ArtifactName":"r/a",
             "Trivy":{"Version":"0.74.0"},
             "Metadata":{"ImageID":"sha256:%s","RepoDigests":["r/a@sha256:%s"],"OS":{"Family":"debian","Name":"12.5","EOSL":false}},
             "Results":[{"Target":"Java","Class":"lang-pkgs","Type":"jar","Packages":[{"Name":"log4j","Version":"2.14.1","FilePath":"x"}],
              "Vulnerabilities":[{"VulnerabilityID":"CVE-2021-44228","PkgName":"log4j","InstalledVersion":"2.14.1",
               "PkgIdentifier":{"PURL":"pkg:maven/log4j@2.14.1"},"FixedVersion":"2.15.0","Severity":"CRITICAL",
               "PublishedDate":"2021-12-10T10:15:09Z","CVSS":{"nvd":{"V3Score":9.8}}}],
              "Secrets":[{"RuleID":"r","Category":"c","Severity":"HIGH","Title":"t","Match":"s3cr3t","StartLine":1}],
              "Misconfigurations":[{"ID":"m","Title":"t","Severity":"LOW","Status":"FAIL","Message":"RUN s3cr3t"}],
              "Licenses":[{"Name":"MIT","Category":"notice","Severity":"LOW"}]}]}
            """.formatted(HEX, HEX);
    private static final String RECORD = """
            {"invocation":{"parameters":["scanners=vuln,secret,misconfig,license","severities=CRITICAL,HIGH",
              "databaseUpdatedAt=2026-11-20T10:00:00Z","imported=false"],"uri":"","event_id":"","builder.id":""},
             "scanner":{"uri":"https://github.com/aquasecurity/trivy","version":"0.74.0","db":{"uri":"x","version":"y"},"result":%s},
             "metadata":{"scanStartedOn":"2026-11-20T12:00:00Z","scanFinishedOn":"2026-11-20T12:00:05Z"}}
            """.formatted(REPORT);
    private static final String STATEMENT = """
            {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"registry.example.com/app","digest":{"sha256":"%s"},
              "annotations":{"io.jenkins.plugins.airworthy/observer":"controller","io.jenkins.plugins.airworthy/observedAt":"2026-11-20T12:00:00Z"}}],
             "predicateType":"https://slsa.dev/provenance/v1","predicate":{"a":{"b":[1,"ä"]}}}
            """.formatted(HEX);

    @TestFactory
    Stream<DynamicTest> everyStatementIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("statement", Form.JSON, EvidenceFuzzTest::readStatement)
                        .seeds(STATEMENT, STATEMENT.replace("Statement/v1", "Statement/v0.1"))
                        .others(
                                PROVENANCE,
                                STATEMENT.replace(
                                        "\"subject\":[", "\"subject\":[{\"digest\":{\"sha256\":\"" + HEX + "\"}},"))
                        .words(
                                "sha256",
                                "SHA256",
                                "subject",
                                "_type",
                                "predicateType",
                                "annotations",
                                "imported",
                                "trusted-agent"),
                predicate("provenance", PROVENANCE, EvidenceFuzzTest::readProvenance)
                        .words(
                                "base",
                                "source",
                                "gitCommit",
                                "resolvedDependencies",
                                "git+https://git.example.com/app@refs/heads/main",
                                "oci://registry.example.com/base/jre:21",
                                "refs/heads/main"),
                predicate("test-result", TEST_RESULT, EvidenceFuzzTest::readTestResult)
                        .others(TEST_RESULT.replace("FAILED", "PASSED"), TEST_RESULT.replace("\"two\"", "\"four\""))
                        .words("PASSED", "WARNED", "FAILED", "one", "four", "passedTests", "skippedTests"),
                predicate("verification-summary", SUMMARY, EvidenceFuzzTest::readSummary)
                        .words("PASSED", "FAILED", "SLSA_BUILD_LEVEL_3", "verifiedLevels", "sha256"),
                predicate("vulnerability-record", RECORD, EvidenceFuzzTest::readRecord)
                        .words(
                                "scanners=vuln",
                                "scanners=",
                                "severities=",
                                "imported=true",
                                "imported=",
                                "databaseUpdatedAt=",
                                "Results",
                                "Vulnerabilities",
                                "UNKNOWN",
                                "CRITICAL",
                                "Severity"),
                Target.of("trivy-report", Form.JSON, EvidenceFuzzTest::readReport)
                        .names("Trivy report")
                        .seeds(REPORT)
                        .others(RECORD)
                        .words(
                                "Results",
                                "results",
                                "Vulnerabilities",
                                "Severity",
                                "Secrets",
                                "Match",
                                "Code",
                                "container_image",
                                "FAIL"),
                Target.ofText("identity-pattern", EvidenceFuzzTest::readIdentity)
                        .names("s")
                        .seeds(
                                "https://id.example.com https://ci.example.com/job/**/x*",
                                "https://id.example.com *@example.com",
                                "https://id.example.com/realms/* exact@example.com")
                        .words("*", "**", "/", "@", "://", " ", "?", "#", "a*a*a*a*a*a*a*a*b"),
                Target.ofText("predicate-type", type -> {
                            PredicateTypes.requireOwn(type, "--type");
                            hold(!PredicateTypes.RESERVED.contains(type), "a type of ours is given away");
                        })
                        .names("--type")
                        .seeds("https://example.com/review/v1", "urn:x:y")
                        .others(PredicateTypes.RESERVED.toArray(new String[0]))
                        .words("https://", "slsa.dev", "/v1", "/provenance", "/..", "%2e", ".", "HTTPS"),
                Target.ofText("source", url -> {
                            Provenance.Source source = Provenance.Source.of(url, "refs/heads/main", Optional.empty());
                            hold(
                                    URI.create(source.repository())
                                                            .getRawAuthority()
                                                            .indexOf('@')
                                                    < 0
                                            && source.repository().indexOf('?') < 0,
                                    "a secret may be in " + url);
                        })
                        .names("source")
                        .seeds("https://git.example.com/team/app")
                        .words("@", "user:password@", "?", "#", "ssh://", "/../"));
    }

    private static Target predicate(String name, String seed, Target.Parser parser) {
        return Target.of(name, Form.JSON, parser)
                .names("about sha256:")
                .seeds(seed)
                .others(STATEMENT);
    }

    private static Statement about(String type, byte[] input) throws Exception {
        String what = type + " about sha256:";
        return new Statement(
                IMAGE,
                Optional.of(SEEN),
                type,
                StrictJson.parseObject(input, what, MAX_BYTES).node());
    }

    private static void readStatement(byte[] input) throws Exception {
        Statement read = Statement.parse(input, Target.SOURCE);
        Statement again = Statement.parse(read.toBytes(), Target.SOURCE);
        // As bytes: 1e0 is read as a decimal and, written as 1, as an integer.
        hold(Arrays.equals(again.toBytes(), read.toBytes()), "another statement when it is read again");
        hold(
                again.observation().equals(read.observation())
                        && again.subject().equals(read.subject()),
                "another subject or observer");
        ObjectNode written = StrictJson.parseObject(input, "x", MAX_BYTES).node();
        hold(
                written.at("/subject/0/digest/sha256")
                        .asText()
                        .equals(read.subject().digest().hex()),
                "another subject");
        hold(written.get("subject").size() == 1, "several subjects");
    }

    private static void readProvenance(byte[] input) throws Exception {
        Provenance read = Provenance.parse(about(PredicateTypes.PROVENANCE, input));
        boolean ours = read.tellsBase() || read.isAdopted();
        hold(
                ours || (read.source().isEmpty() && read.base().isEmpty()),
                "a source of a build type that we do not know");
        String text = StrictJson.parseObject(input, "x", MAX_BYTES).node().toString();
        read.base()
                .ifPresent(
                        base -> hold(text.contains(base.digest().substring(7)), "a digest of the base from nowhere"));
    }

    private static void readTestResult(byte[] input) throws Exception {
        TestResult read = TestResult.parse(about(PredicateTypes.TEST_RESULT, input));
        hold(
                read.result() == TestResult.Outcome.FAILED || read.failed().isEmpty(),
                "no failure although a test failed");
        hold(read.passed().stream().noneMatch(read.failed()::contains), "a test passed and failed");
        Statement written = read.toStatement(IMAGE, SEEN);
        boolean named =
                read.configuration().stream().allMatch(file -> file.sha256().isPresent());
        hold(
                !named
                        || TestResult.parse(Statement.parse(written.toBytes(), "x"))
                                .equals(read),
                "another result when it is read again");
    }

    private static void readSummary(byte[] input) throws Exception {
        VerificationSummary read = VerificationSummary.parse(about(PredicateTypes.VERIFICATION_SUMMARY, input));
        hold(
                read.result() == VerificationSummary.Result.FAILED
                        || !read.verifiedLevels().contains("FAILED"),
                "passed and failed");
        Statement written = read.toStatement(IMAGE, SEEN);
        hold(
                VerificationSummary.parse(Statement.parse(written.toBytes(), "x"))
                        .equals(read),
                "another summary when it is read again");
    }

    private static void readRecord(byte[] input) throws Exception {
        ScanResult read = ScanResult.parse(about(PredicateTypes.VULNERABILITIES, input));
        hold(read.packages() >= 0, "fewer packages than none");
        Statement statement = about(PredicateTypes.VULNERABILITIES, input);
        ScannerReport report = VulnerabilityPredicate.report(statement.predicateObject());
        ObjectNode written =
                VulnerabilityPredicate.write(report, VulnerabilityPredicate.run(statement.predicateObject()));
        ScanResult again =
                ScanResult.parse(new Statement(IMAGE, Optional.empty(), PredicateTypes.VULNERABILITIES, written));
        hold(
                again.vulnerabilities().equals(read.vulnerabilities())
                        && again.secrets().equals(read.secrets())
                        && again.ran().equals(read.ran())
                        && again.severities().equals(read.severities()),
                "other findings when it is written and read");
    }

    private static void readReport(byte[] input) throws Exception {
        TrivyReport read = TrivyReport.parse(input);
        hold(!quotes(StrictJson.parse(read.toBytes(), "x", MAX_BYTES)), "a file's content is kept");
        read.image();
        read.version();
        read.createdAt();
        read.serverDatabase();
        read.provenRun(SEEN.at());
        hold(
                Arrays.equals(TrivyReport.parse(read.toBytes()).toBytes(), read.toBytes()),
                "another report when it is read again");
    }

    /** Whether a member is there that quotes what is in a file; names of ratings are data. */
    private static boolean quotes(JsonNode node) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            boolean named = List.of("Match", "Message", "Code").contains(member.getKey());
            if (named || (!member.getKey().equals("CVSS") && quotes(member.getValue()))) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (node.isArray() && quotes(child)) {
                return true;
            }
        }
        return false;
    }

    private static void readIdentity(String text) throws Exception {
        int space = text.indexOf(' ');
        IdentityPattern read = IdentityPattern.of(text.substring(0, Math.max(0, space)), text.substring(space + 1));
        // A stranger's host or account never matches, whatever the path of the pattern is.
        for (String stranger : List.of("https://evil.example/job/x", "mallory@evil.example", "x", "")) {
            hold(
                    read.subject().equals(stranger)
                            || !read.matches(new Signer.Identity("https://id.example.com", stranger))
                            || !read.subject().contains("*"),
                    "a stranger matches: " + stranger);
        }
        if (read.isExact() && !read.issuer().isBlank()) {
            hold(
                    read.matches(new Signer.Identity(read.issuer(), read.subject())),
                    "an exact pattern does not match itself");
        }
    }
}
