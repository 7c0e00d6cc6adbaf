package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;
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

import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.DIGEST;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.NOW;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.OTHER;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.SHOP;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.TOOL;
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
        record.built(SHOP, DIGEST, ParallelPath.NONE, ARun.provenance(DIGEST), "built on agent linux-1");
        record.observed(SHOP, DIGEST, ParallelPath.NONE, KeyRole.TEST, ARun.tests(DIGEST, "unit"), "12 passed");
    }

    /** As after a restart of the controller. */
    private ImageRecord again() {
        return ARun.record(folder);
    }

    private static RecordedImage last(ImageRecord record) throws Exception {
        return record.images().get(record.images().size() - 1);
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
                last(record),
                ARun.signature(PredicateTypes.COSIGN_SIGNATURE, DIGEST, Digest.of("payload".getBytes(UTF_8))));
        assertThat(record.judged(verdict("first"))).isEqualTo(1);
        assertThat(record.judged(verdict("second"))).isEqualTo(2);
        record.promoted(2, TOOL);
        ImageRecord read = again();
        assertThat(read.images()).isEqualTo(record.images());
        assertThat(read.verdicts()).isEqualTo(record.verdicts());
        assertThat(read.verdict(1)).isEqualTo(verdict("first"));
        assertThatThrownBy(() -> read.verdict(3)).hasMessage("this run has no verdict 3");
        assertThat(read.verdicts().get(1).promotedTo()).contains(TOOL);
        assertThat(read.statements(last(read))).containsExactly(ARun.provenance(DIGEST), ARun.tests(DIGEST, "unit"));
    }

    @Test
    void refusesARecordThatWasEditedOnDisk() throws Exception {
        edit(file("record.json"), "\"built\":true", "\"built\":false");
        assertThatThrownBy(() -> again().images())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was not written by this controller")
                .hasMessageContaining("run the job again");
    }

    @Test
    void refusesAnImageAddedOnDisk() throws Exception {
        edit(file("record.json"), DIGEST.hex(), OTHER.hex());
        assertThatThrownBy(() -> again().images()).hasMessageContaining("was not written by this controller");
    }

    @Test
    void addsNothingToARecordThatWasEdited() throws Exception {
        edit(file("record.json"), "\"built\":true", "\"built\":false");
        String edited = Files.readString(file("record.json"));
        ImageRecord read = again();
        assertThatThrownBy(() -> read.built(TOOL, OTHER, ParallelPath.NONE, ARun.provenance(OTHER), "built"))
                .isInstanceOf(InvalidInputException.class);
        assertThat(file("record.json")).hasContent(edited);
    }

    @Test
    void refusesTheRecordOfAnotherRun() {
        assertThatThrownBy(() -> ARun.record(folder, 8).images()).hasMessageContaining("belongs to another run");
    }

    @Test
    void refusesTheRecordOfTheSameNumberInAnotherJob() {
        ImageRecord later =
                new ImageRecord(new RecordFile(new RecordFolder(() -> folder), ARun.SEAL, 7, NOW.plusMillis(1)));
        assertThatThrownBy(later::images).hasMessageContaining("belongs to another run");
    }

    @Test
    void refusesTheRecordOfAnotherController() {
        ImageRecord foreign = new ImageRecord(
                new RecordFile(new RecordFolder(() -> folder), new TestSeal("of another controller"), 7, NOW));
        assertThatThrownBy(foreign::images).hasMessageContaining("was not written by this controller");
    }

    @Test
    void refusesAStatementThatWasEditedOnDisk() throws Exception {
        RecordedImage image = last(record);
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
        RecordedImage image = last(record);
        Files.delete(file("statements/" + image.statements().get(0).payload().hex() + ".json"));
        assertThatThrownBy(() -> record.statements(image))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("is gone");
    }

    @Test
    void refusesAVerdictThatWasEditedOnDisk() throws Exception {
        record.judged(verdict("FAILED"));
        edit(onlyFileIn("verdicts"), "FAILED", "PASSED");
        assertThatThrownBy(() -> again().verdict(1)).hasMessageContaining("was changed since it was written");
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
                    record.built(SHOP, digest, ParallelPath.NONE, ARun.provenance(digest), suite);
                    record.observed(SHOP, digest, ParallelPath.NONE, KeyRole.TEST, ARun.tests(digest, suite), suite);
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
        assertThatThrownBy(() -> record.built(SHOP, OTHER, ParallelPath.NONE, ARun.provenance(DIGEST), "built"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesProvenanceThatIsCalledAScan() {
        Statement hidden = ARun.provenance(DIGEST);
        assertThatThrownBy(() -> record.observed(SHOP, DIGEST, ParallelPath.NONE, KeyRole.SCAN, hidden, "scanned"))
                .hasMessageContaining("does not sign statements of the type");
    }

    @Test
    void refusesObservedProvenance() {
        assertThatThrownBy(() -> record.observed(
                        SHOP, DIGEST, ParallelPath.NONE, KeyRole.PROVENANCE, ARun.provenance(DIGEST), "built"))
                .hasMessageContaining("steps observe only tests and scans");
    }

    @Test
    void refusesAStatementWithoutAnObserver() {
        Statement silent = new Statement(
                new Subject(Optional.empty(), DIGEST),
                Optional.empty(),
                PredicateTypes.TEST_RESULT,
                StrictJson.object());
        assertThatThrownBy(() -> record.observed(SHOP, DIGEST, ParallelPath.NONE, KeyRole.TEST, silent, "tested"))
                .hasMessageContaining("where it was observed");
    }

    @Test
    void notesTheSameStatementOnce() throws Exception {
        record.observed(SHOP, DIGEST, ParallelPath.NONE, KeyRole.TEST, ARun.tests(DIGEST, "unit"), "12 passed");
        assertThat(last(record).statements()).hasSize(2);
    }

    @Test
    void refusesMoreImagesThanARunMayHave() throws Exception {
        for (int i = 1; i < RunContents.MAX_IMAGES; i++) {
            Digest digest = Digest.of(("image " + i).getBytes(UTF_8));
            record.observed(TOOL, digest, ParallelPath.NONE, KeyRole.TEST, ARun.tests(digest, "unit"), "passed");
        }
        assertThatThrownBy(() -> record.observed(
                        TOOL, OTHER, ParallelPath.NONE, KeyRole.TEST, ARun.tests(OTHER, "unit"), "passed"))
                .hasMessageContaining("this run has 100 images already");
    }

    @Test
    void shortensSummariesAndKeepsThemOnOneLine() throws Exception {
        record.observed(
                SHOP,
                DIGEST,
                ParallelPath.NONE,
                KeyRole.TEST,
                ARun.tests(DIGEST, "more"),
                "line\n" + "x".repeat(5_000));
        String summary = last(record).statements().get(2).summary();
        assertThat(summary).doesNotContain("\n").hasSizeLessThan(ImageRecord.MAX_SUMMARY_LENGTH + 2);
    }

    @Test
    void aRecordOfAnOlderVersionReadsAsBefore() throws Exception {
        String now = Files.readString(file("record.json"));
        record.built(TOOL, OTHER, ParallelPath.NONE, ARun.provenance(OTHER), "built");
        RunContents older = RecordJson.read(StrictJson.parseObject(
                        now.replaceAll("\"sightings\":\\[.*?\\],(?=\"statements)", "")
                                .getBytes(UTF_8),
                        "older",
                        RecordFile.MAX_BYTES)
                .object("record"));
        assertThat(now).contains("sightings");
        assertThat(older.images()).singleElement().satisfies(image -> {
            assertThat(image.built()).isTrue();
            assertThat(image.sightings()).containsExactly(ARun.built(1, SHOP));
        });
    }

    @Test
    void aMovedRunIsReadWhereItIsNow() throws Exception {
        Path[] place = {folder};
        ImageRecord moving = new ImageRecord(new RecordFile(new RecordFolder(() -> place[0]), ARun.SEAL, 7, NOW));
        moving.judged(verdict("before"));
        place[0] = Files.move(folder.resolve("verdicts"), folder.resolve("elsewhere"))
                .getParent()
                .resolve("moved");
        Files.createDirectories(place[0]);
        Files.move(folder.resolve("elsewhere"), place[0].resolve("verdicts"));
        assertThat(moving.verdicts()).hasSize(1);
    }

    @Test
    void namesNoPathOfTheController() throws Exception {
        record.judged(verdict("first"));
        Files.delete(file("verdicts/1.json"));
        assertThatThrownBy(() -> record.verdict(1))
                .hasMessageContaining("verdict 1 of this run cannot be read")
                .hasMessageNotContaining(folder.toString());
        Files.createDirectory(file("verdicts/1.json"));
        assertThatThrownBy(() -> record.verdict(1))
                .hasMessageContaining("verdicts/1.json of this run could not be read")
                .hasMessageContaining("controller's log")
                .hasMessageNotContaining(folder.toString());
        edit(file("record.json"), "\"built\":true", "\"built\":false");
        assertThatThrownBy(() -> again().images()).hasMessageNotContaining(folder.toString());
        Files.writeString(file("record.json"), "{");
        assertThatThrownBy(() -> again().images())
                .hasMessageContaining("record.json of this run")
                .hasMessageNotContaining(folder.toString());
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
