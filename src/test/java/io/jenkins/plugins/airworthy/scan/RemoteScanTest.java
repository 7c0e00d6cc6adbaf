package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.GrypeReport;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanRun;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.TrivyReport;
import io.jenkins.plugins.airworthy.evidence.VulnerabilityPredicate;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.policy.GrypeScan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What another machine says to have scanned is compared with the image before anything of it is kept. */
class RemoteScanTest {
    private static final Instant ASKED = Instant.parse("2026-11-02T10:00:00Z");
    private static final Instant ANSWERED = Instant.parse("2026-11-02T10:01:00Z");
    private static final Digest OTHER = Digest.of(new byte[] {9});

    @TempDir
    Path folder;

    private ResolvedImage image;
    private ScanRun run;

    @BeforeEach
    void makeImage() throws Exception {
        image = SampleImage.indexIn(
                folder,
                "multi",
                new SampleImage().with("hello.txt", "hello"),
                new SampleImage().with("hello.txt", "hello from arm64"));
        run = run(EnumSet.allOf(ScanResult.Kind.class), EnumSet.allOf(Severity.class), "2026-11-01T00:00:00Z", false);
    }

    @Test
    void takesAWholeScanWithItsOwnTimesAndNames() throws Exception {
        List<ScanOutcome> outcomes = read(outcome(0), outcome(1));

        assertThat(outcomes)
                .extracting(ScanOutcome::image)
                .containsExactly(
                        image.platforms().get(0).digest(),
                        image.platforms().get(1).digest());
        ScanResult result = outcomes.get(0).result();
        assertThat(result.startedAt()).isEqualTo(ASKED);
        assertThat(result.finishedAt()).isEqualTo(ANSWERED);
        assertThat(outcomes.get(0).imported()).isFalse();
        assertThat(outcomes.get(0).vulnerabilities().toString())
                .contains(image.asked().at(outcomes.get(0).image()).toString())
                .doesNotContain("a name that the agent chose", "s3cr3t");
    }

    @Test
    void aReportOfAnotherImageIsRefused() {
        assertRefused("is about another image", outcome(0, config(1), config(0)), outcome(1));
        assertRefused("is about another image", outcome(0, OTHER, config(0)), outcome(1));
        assertRefused("is about another image", outcome(0, config(0), OTHER), outcome(1));
    }

    @Test
    void refusesAScanWithoutOneOfThePlatforms() {
        assertRefused(
                "has no scan of " + image.asked().at(image.platforms().get(1).digest()), outcome(0));
    }

    @Test
    void refusesAScanOfAnImageThatWasNotRequested() {
        ScanOutcome good = outcome(0);
        assertRefused(
                "is about another image",
                good,
                outcome(1),
                new ScanOutcome(OTHER, good.vulnerabilities(), good.cyclonedx(), good.spdx(), false));
    }

    @Test
    void aCleanReportWithAScannerSwitchedOffIsRefused() {
        run = run(EnumSet.of(ScanResult.Kind.SECRET), EnumSet.allOf(Severity.class), "2026-11-01T00:00:00Z", false);
        assertRefused("was not made with all scanners and severities", outcome(0), outcome(1));
    }

    @Test
    void aReportWithoutTheSeveritiesThatMatterIsRefused() {
        run = run(EnumSet.allOf(ScanResult.Kind.class), EnumSet.of(Severity.LOW), "2026-11-01T00:00:00Z", false);
        assertRefused("was not made with all scanners and severities", outcome(0), outcome(1));
    }

    @Test
    void refusesScanOfAnotherScanner() throws Exception {
        GrypeReport report = GrypeReport.of(
                new JsonObject("test", "", new GrypeScan(config(0).toString(), ANSWERED).report()));
        ScanOutcome good = outcome(0);
        assertRefused(
                "is not a scan by Trivy",
                new ScanOutcome(
                        good.image(), VulnerabilityPredicate.write(report, run), good.cyclonedx(), good.spdx(), false),
                outcome(1));
    }

    @Test
    void refusesAnImportedReportAsAScan() {
        run = run(EnumSet.allOf(ScanResult.Kind.class), EnumSet.allOf(Severity.class), "2026-11-01T00:00:00Z", true);
        assertRefused("was not made with all scanners and severities", outcome(0), outcome(1));
    }

    @Test
    void refusesADatabaseWithADateInTheFuture() {
        run = run(EnumSet.allOf(ScanResult.Kind.class), EnumSet.allOf(Severity.class), "2027-11-01T00:00:00Z", false);
        assertRefused("was made with a database whose date is in the future", outcome(0), outcome(1));
    }

    @Test
    void aScanWithoutABillOfMaterialsIsRefused() {
        ScanOutcome good = outcome(0);
        assertRefused(
                "has no CycloneDX document",
                new ScanOutcome(good.image(), good.vulnerabilities(), Optional.empty(), good.spdx(), false),
                outcome(1));
        assertRefused(
                "has no SPDX document",
                new ScanOutcome(good.image(), good.vulnerabilities(), good.cyclonedx(), Optional.empty(), false),
                outcome(1));
    }

    private void assertRefused(String message, ScanOutcome... outcomes) {
        assertThatThrownBy(() -> read(outcomes))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the answer of agent one")
                .hasMessageContaining(message);
    }

    private List<ScanOutcome> read(ScanOutcome... outcomes) throws Exception {
        JsonObject record = StrictJson.parseObject(ScanRecord.write(List.of(outcomes)), "answer", ScanRecord.MAX_BYTES);
        return RemoteScan.read(record, "the answer of agent one", image, ASKED, ANSWERED);
    }

    private static ScanRun run(
            EnumSet<ScanResult.Kind> kinds, EnumSet<Severity> severities, String database, boolean imported) {
        return new ScanRun(
                "0.74.0",
                kinds,
                severities,
                Optional.of(new ScanResult.Database(Instant.parse(database))),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                imported);
    }

    private Digest config(int platform) {
        return image.platforms().get(platform).manifest().config().digest();
    }

    private ScanOutcome outcome(int platform) {
        return outcome(platform, config(platform), config(platform));
    }

    /** What a lying machine would answer: the report about one config, the bills of materials about another. */
    private ScanOutcome outcome(int number, Digest reported, Digest listed) {
        PlatformImage platform = image.platforms().get(number);
        try {
            TrivyReport report = TrivyReport.parse("""
                    {"SchemaVersion":2,"ArtifactType":"container_image","ArtifactName":"a name that the agent chose",
                     "CreatedAt":"2026-11-02T09:00:00Z","Metadata":{"ImageID":"%s"},
                     "Results":[{"Target":"Java","Class":"lang-pkgs","Packages":[{"Name":"a"}],
                      "Secrets":[{"RuleID":"r","Severity":"HIGH","Match":"s3cr3t"}]}]}""".formatted(reported).getBytes(StandardCharsets.UTF_8));
            ObjectNode cyclonedx = json("""
                    {"bomFormat":"CycloneDX","metadata":{"component":{"properties":[
                     {"name":"aquasecurity:trivy:ImageID","value":"%s"}]}}}""".formatted(listed));
            ObjectNode spdx = json("""
                    {"spdxVersion":"SPDX-2.3","packages":[{"primaryPackagePurpose":"CONTAINER",
                     "annotations":[{"comment":"ImageID: %s"}]}]}""".formatted(listed));
            return new ScanOutcome(
                    platform.digest(),
                    VulnerabilityPredicate.write(report, run),
                    Optional.of(cyclonedx),
                    Optional.of(spdx),
                    false);
        } catch (InvalidInputException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode json(String text) throws InvalidInputException {
        return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8), "test", 10_000)
                .node();
    }
}
