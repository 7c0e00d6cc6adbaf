package io.jenkins.plugins.airworthy.jenkins.run;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.KeyRole;
import io.jenkins.plugins.airworthy.policy.Decision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.jenkins.run.ARun.DIGEST;
import static io.jenkins.plugins.airworthy.jenkins.run.ARun.NOW;
import static io.jenkins.plugins.airworthy.jenkins.run.ARun.OTHER;
import static io.jenkins.plugins.airworthy.jenkins.run.ARun.SHOP;
import static io.jenkins.plugins.airworthy.jenkins.run.ARun.TOOL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a run remembers, on a real disk. */
class ImageRecordTest {
    @TempDir
    Path folder;

    private ImageRecord record;

    @BeforeEach
    void build() throws Exception {
        record = ARun.record(folder);
        record.built(SHOP, DIGEST, ARun.provenance(DIGEST), "built on agent linux-1");
        record.observed(SHOP, DIGEST, KeyRole.TEST, ARun.tests(DIGEST, "unit"), "12 passed");
    }

    /** As after a restart of the controller. */
    private ImageRecord again() {
        return ARun.record(folder);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private void edit(Path file, String from, String to) throws Exception {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private Path onlyFileIn(String name) throws Exception {
        try (Stream<Path> files = Files.list(file(name))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static RecordedVerdict verdict(String content) {
        return new RecordedVerdict(
                SHOP,
                DIGEST,
                Optional.of(TOOL),
                Decision.FAILED,
                StrictJson.object().put("content", content),
                NOW,
                Optional.empty());
    }

    @Test
    void isTheSameAfterARestart() throws Exception {
        record.signed(
                record.latest(),
                ARun.signature(PredicateTypes.COSIGN_SIGNATURE, DIGEST, Digest.of("payload".getBytes(UTF_8))));
        assertThat(record.judged(verdict("first"))).isEqualTo(1);
        assertThat(record.judged(verdict("second"))).isEqualTo(2);
        record.promoted(2, TOOL);
        ImageRecord read = again();
        assertThat(read.images()).isEqualTo(record.images());
        assertThat(read.verdicts()).isEqualTo(record.verdicts());
        assertThat(read.verdicts().get(1).promotedTo()).contains(TOOL);
        assertThat(read.statements(read.latest())).containsExactly(ARun.provenance(DIGEST), ARun.tests(DIGEST, "unit"));
    }

    @Test
    void refusesARecordThatWasEditedOnDisk() throws Exception {
        edit(file("record.json"), "\"built\":true", "\"built\":false");
        assertThatThrownBy(() -> again().latest())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was not written by this controller")
                .hasMessageContaining("run the job again");
    }

    @Test
    void refusesAnImageAddedOnDisk() throws Exception {
        edit(file("record.json"), DIGEST.hex(), OTHER.hex());
        assertThatThrownBy(() -> again().find(OTHER.toString()))
                .hasMessageContaining("was not written by this controller");
    }

    @Test
    void addsNothingToARecordThatWasEdited() throws Exception {
        edit(file("record.json"), "\"built\":true", "\"built\":false");
        String edited = Files.readString(file("record.json"));
        ImageRecord read = again();
        assertThatThrownBy(() -> read.built(TOOL, OTHER, ARun.provenance(OTHER), "built"))
                .isInstanceOf(InvalidInputException.class);
        assertThat(file("record.json")).hasContent(edited);
    }

    @Test
    void refusesTheRecordOfAnotherRun() {
        assertThatThrownBy(() -> ARun.record(folder, 8).latest()).hasMessageContaining("belongs to another run");
    }

    @Test
    void refusesTheRecordOfTheSameNumberInAnotherJob() {
        ImageRecord later = new ImageRecord(new RecordFile(new RecordFolder(folder), ARun.SEAL, 7, NOW.plusMillis(1)));
        assertThatThrownBy(later::latest).hasMessageContaining("belongs to another run");
    }

    @Test
    void refusesTheRecordOfAnotherController() {
        ImageRecord foreign = new ImageRecord(
                new RecordFile(new RecordFolder(folder), new TestSeal("of another controller"), 7, NOW));
        assertThatThrownBy(foreign::latest).hasMessageContaining("was not written by this controller");
    }

    @Test
    void refusesAStatementThatWasEditedOnDisk() throws Exception {
        RecordedImage image = record.latest();
        for (PendingStatement entry : image.statements()) {
            Path file = file("statements/" + entry.payload().hex() + ".json");
            Files.writeString(file, Files.readString(file).replace("content", "Content"));
        }
        assertThatThrownBy(() -> record.statements(image))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was changed since it was written");
    }

    @Test
    void saysThatAStatementIsGone() throws Exception {
        RecordedImage image = record.latest();
        Files.delete(file("statements/" + image.statements().get(0).payload().hex() + ".json"));
        assertThatThrownBy(() -> record.statements(image))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("is gone");
    }

    @Test
    void refusesAVerdictThatWasEditedOnDisk() throws Exception {
        record.judged(verdict("FAILED"));
        edit(onlyFileIn("verdicts"), "FAILED", "PASSED");
        assertThatThrownBy(() -> again().verdicts()).hasMessageContaining("was changed since it was written");
    }

    @Test
    void keepsAllThatParallelBranchesNote() throws Exception {
        int branches = 16;
        ExecutorService threads = Executors.newFixedThreadPool(branches);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < branches; i++) {
                String suite = "suite " + i;
                Digest digest = Digest.of(suite.getBytes(UTF_8));
                work.add(threads.submit(() -> {
                    record.built(SHOP, digest, ARun.provenance(digest), suite);
                    record.observed(SHOP, digest, KeyRole.TEST, ARun.tests(digest, suite), suite);
                    return record.judged(verdict(suite));
                }));
            }
            for (Future<?> branch : work) {
                branch.get();
            }
        } finally {
            threads.shutdownNow();
        }
        ImageRecord read = again();
        assertThat(read.images()).hasSize(branches + 1);
        assertThat(read.images()).allSatisfy(image -> assertThat(image.statements())
                .hasSize(2)
                .allSatisfy(statement -> assertThat(statement.subject()).isEqualTo(image.digest())));
        assertThat(read.verdicts()).hasSize(branches);
    }

    @Test
    void refusesProvenanceOfAnotherImage() {
        assertThatThrownBy(() -> record.built(SHOP, OTHER, ARun.provenance(DIGEST), "built"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesAScanThatIsNone() {
        Statement hidden = ARun.provenance(DIGEST);
        assertThatThrownBy(() -> record.observed(SHOP, DIGEST, KeyRole.SCAN, hidden, "scanned"))
                .hasMessageContaining("does not sign statements of the type");
    }

    @Test
    void refusesObservedProvenance() {
        assertThatThrownBy(() -> record.observed(SHOP, DIGEST, KeyRole.PROVENANCE, ARun.provenance(DIGEST), "built"))
                .hasMessageContaining("steps observe tests and scans");
    }

    @Test
    void refusesAStatementThatDoesNotSayWhoSawIt() {
        Statement silent = new Statement(
                new Subject(Optional.empty(), DIGEST),
                Optional.empty(),
                PredicateTypes.TEST_RESULT,
                StrictJson.object());
        assertThatThrownBy(() -> record.observed(SHOP, DIGEST, KeyRole.TEST, silent, "tested"))
                .hasMessageContaining("where it was observed");
    }

    @Test
    void notesTheSameStatementOnce() throws Exception {
        record.observed(SHOP, DIGEST, KeyRole.TEST, ARun.tests(DIGEST, "unit"), "12 passed");
        assertThat(record.latest().statements()).hasSize(2);
    }

    @Test
    void refusesMoreImagesThanARunMayHave() throws Exception {
        for (int i = 1; i < RunContents.MAX_IMAGES; i++) {
            Digest digest = Digest.of(("image " + i).getBytes(UTF_8));
            record.observed(TOOL, digest, KeyRole.TEST, ARun.tests(digest, "unit"), "passed");
        }
        assertThatThrownBy(() -> record.observed(TOOL, OTHER, KeyRole.TEST, ARun.tests(OTHER, "unit"), "passed"))
                .hasMessageContaining("this run has 100 images already");
    }

    @Test
    void shortensSummariesAndKeepsThemOnOneLine() throws Exception {
        record.observed(SHOP, DIGEST, KeyRole.TEST, ARun.tests(DIGEST, "more"), "line\n" + "x".repeat(5_000));
        String summary = record.latest().statements().get(2).summary();
        assertThat(summary).doesNotContain("\n").hasSizeLessThan(ImageRecord.MAX_SUMMARY_LENGTH + 2);
    }

    @Test
    void leavesNothingHalfWrittenBehind() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.endsWith(".json"))
                    .hasSize(3);
        }
    }
}
