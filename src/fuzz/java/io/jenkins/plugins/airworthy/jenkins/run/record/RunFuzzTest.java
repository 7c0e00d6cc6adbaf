package io.jenkins.plugins.airworthy.jenkins.run.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;
import io.jenkins.plugins.airworthy.policy.Decision;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.DIGEST;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.NOW;

/** What a run keeps on the disk. */
public final class RunFuzzTest {
    private static final RunContents CONTENTS = contents();

    @TestFactory
    Stream<DynamicTest> everyRecordIsWhatWasWrittenOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("run-record", Form.JSON, RunFuzzTest::readRecord)
                        .names("")
                        .seeds(List.of(StrictJson.write(RecordJson.of(CONTENTS)), older()))
                        .words(
                                "images",
                                "sightings",
                                "order",
                                "path",
                                "branch",
                                "verdicts",
                                "built",
                                "statements",
                                "PASSED",
                                "FAILED",
                                "IMAGE",
                                "PROVENANCE",
                                "controller"),
                Target.of("sealed-record", Form.JSON, RunFuzzTest::readSealed)
                        .at(Target.Pace.SLOW)
                        .names("record.json")
                        .seeds(List.of(sealed()))
                        .words("schemaVersion", "seal", "record", "number", "queued", "built"));
    }

    private static RunContents contents() {
        try {
            RunContents some = RunContents.EMPTY
                    .made(
                            Sighting.Way.BUILT,
                            ARun.SHOP,
                            DIGEST,
                            new ParallelPath(
                                    List.of(new ParallelPath.Branch("5", "8"), new ParallelPath.Branch("11", "13"))))
                    .made(Sighting.Way.ADOPTED, ARun.SHOP, DIGEST, ParallelPath.NONE)
                    .seen(ARun.TOOL, ARun.OTHER, ParallelPath.NONE);
            RecordedImage image = some.image(ARun.SHOP.repository(), DIGEST).orElseThrow();
            some = some.with(image, ARun.pending(PredicateTypes.PROVENANCE, KeyRole.PROVENANCE, DIGEST, "built"));
            image = some.image(ARun.SHOP.repository(), DIGEST).orElseThrow();
            some = some.with(image, ARun.signature(PredicateTypes.PROVENANCE, DIGEST, ARun.OTHER));
            return some.with(new VerdictEntry(
                    ARun.SHOP,
                    DIGEST,
                    Optional.of(ARun.TOOL),
                    "production",
                    Decision.PASSED,
                    ARun.OTHER,
                    NOW,
                    Optional.empty()));
        } catch (InvalidInputException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As older versions wrote it. */
    private static byte[] older() {
        ObjectNode json = RecordJson.of(CONTENTS);
        json.get("images").forEach(image -> ((ObjectNode) image).remove("sightings"));
        return StrictJson.write(json);
    }

    private static void readRecord(byte[] input) throws InvalidInputException {
        RunContents read = RecordJson.read(StrictJson.parseObject(input, Target.SOURCE, RecordFile.MAX_BYTES));
        ObjectNode written = RecordJson.of(read);
        hold(RecordJson.read(new JsonObject("x", "", written)).equals(read), "another record when it is read again");
    }

    /** Made when it is first needed. */
    private static final class Folder {
        private static final Path PATH = make();

        private static Path make() {
            try {
                Path folder = Files.createTempDirectory("airworthy-fuzz");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    folder.resolve(RecordFile.NAME).toFile().delete();
                    folder.toFile().delete();
                }));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static RecordFile file() {
            return new RecordFile(new RecordFolder(() -> PATH), ARun.SEAL, 7, NOW);
        }
    }

    private static byte[] sealed() {
        try {
            Folder.file().write(CONTENTS);
            return Files.readAllBytes(Folder.PATH.resolve(RecordFile.NAME));
        } catch (AirworthyException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readSealed(byte[] input) throws Exception {
        Files.write(Folder.PATH.resolve(RecordFile.NAME), input);
        hold(Folder.file().read().equals(CONTENTS), "believes a record that was changed");
    }
}
