package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.EvidenceFuzzTest;
import io.jenkins.plugins.airworthy.evidence.TrivyReport;
import io.jenkins.plugins.airworthy.evidence.VulnerabilityPredicate;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.policy.Given;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** What scanners and other machines hand over: about this very image, or refused. */
public final class ReportFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-20T13:00:00Z");
    private static final PlatformImage PLATFORM = Given.image();
    private static final ResolvedImage IMAGE = new ResolvedImage(
            Given.reference(Given.STAGING + ":1.0"),
            PLATFORM.manifest().descriptor(),
            PLATFORM.manifest(),
            List.of(PLATFORM),
            List.of());
    private static final String CONFIG = PLATFORM.manifest().config().digest().hex();
    private static final String REPORT = EvidenceFuzzTest.REPORT
            .replace("r/a@sha256:" + "ab".repeat(32), "r/a@" + PLATFORM.digest())
            .replace("ab".repeat(32), CONFIG);
    private static final String[] WORDS = {
        "scans",
        "image",
        "vulnerabilities",
        "cyclonedx",
        "spdx",
        "schemaVersion",
        "ImageID",
        "RepoDigests",
        "Metadata",
        "Results",
        "imported=true",
        "2999-01-01T00:00:00Z",
        CONFIG,
        PLATFORM.digest().toString(),
        "CreatedAt"
    };

    @TestFactory
    Stream<DynamicTest> everyReportIsAboutThisImageOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("trivy-version", Form.JSON, input -> {
                            TrivyVersion read = TrivyVersion.parse(input);
                            read.require();
                            read.until(read);
                        })
                        .names("Trivy")
                        .seeds(
                                "{\"Version\":\"0.74.0\",\"VulnerabilityDB\":{\"Version\":2,\"NextUpdate\":\"2026-11-21T00:00:00Z\","
                                        + "\"UpdatedAt\":\"2026-11-20T00:00:00Z\",\"DownloadedAt\":\"2026-11-20T01:00:00Z\"},"
                                        + "\"JavaDB\":{\"Version\":1,\"UpdatedAt\":\"2026-11-19T00:00:00Z\"}}")
                        .words(
                                "Version",
                                "UpdatedAt",
                                "VulnerabilityDB",
                                "0.74.0",
                                "v0.75.1",
                                "1.0.0",
                                "0.9999.9",
                                "-999999999-01-01T00:00:00Z"),
                Target.of(
                                "imported-report",
                                Form.JSON,
                                input -> check(ReportImport.read(input, IMAGE, InstantSource.system())))
                        .names("imported report|Trivy report|scan of")
                        .seeds(REPORT)
                        .others(new String(record(), StandardCharsets.UTF_8))
                        .words(WORDS),
                Target.of("scan-record", Form.JSON, ReportFuzzTest::readRecord)
                        .at(Target.Pace.SLOW)
                        .names("imported report|Trivy report|scan of|" + Target.SOURCE)
                        .seeds(List.of(record()))
                        .others(REPORT)
                        .words(WORDS),
                Target.ofText("trivy-log", line -> new TrivyLog(Progress.SILENT, Path.of("cache")).accept(line))
                        .names("")
                        .seeds(
                                "2026-11-20T12:00:00Z\tFATAL\tFatal error\trun error: image scan error: failed to download vulnerability DB")
                        .words("FATAL", "ERROR", "WARN", "\t", "error:", "DB", "download", "\u001b[31m"),
                Target.ofText("server-address", address -> {
                            TrivyServer server = TrivyServer.of(address, Optional.of("s3cr3t"));
                            hold(!server.toString().contains("s3cr3t"), "shows the token");
                        })
                        .names("server")
                        .seeds("https://trivy.example.com:4954/base", "http://localhost:4954")
                        .words(
                                "http://",
                                "https://",
                                "@",
                                "user:pw@",
                                "?",
                                "#",
                                "127.0.0.1.other.example",
                                "localhost",
                                "/..",
                                ":99999"));
    }

    private static byte[] record() {
        try {
            TrivyReport report = TrivyReport.parse(REPORT.getBytes(StandardCharsets.UTF_8));
            ObjectNode predicate =
                    VulnerabilityPredicate.write(report, report.provenRun(Instant.parse("2026-11-20T12:00:00Z")));
            ObjectNode json = StrictJson.object().put("schemaVersion", 1);
            ObjectNode scan = json.putArray("scans")
                    .addObject()
                    .put("image", PLATFORM.digest().toString());
            scan.set("vulnerabilities", predicate);
            return StrictJson.write(json);
        } catch (InvalidInputException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readRecord(byte[] input) throws AirworthyException {
        try {
            RemoteScan.read(
                    StrictJson.parseObject(input, Target.SOURCE, ScanRecord.MAX_BYTES), Target.SOURCE, IMAGE, NOW, NOW);
        } catch (InvalidInputException e) {
            // It is imported, which is not believed of an agent of ours; nothing else may be thrown.
        }
        check(ReportImport.read(input, IMAGE, InstantSource.fixed(NOW)));
    }

    private static void check(List<ScanOutcome> outcomes) throws InvalidInputException {
        for (ScanOutcome outcome : outcomes) {
            hold(outcome.image().equals(PLATFORM.digest()), "a scan of another image");
            hold(
                    outcome.result().image().id().isPresent()
                            && outcome.result().image().id().get().hex().equals(CONFIG),
                    "a report about another image");
            hold(outcome.imported(), "an imported report counts as a scan of our own");
        }
    }
}
