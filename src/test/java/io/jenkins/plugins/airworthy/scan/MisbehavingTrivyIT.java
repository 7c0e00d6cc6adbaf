package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.TrivyReport;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-ins are shell scripts")
class MisbehavingTrivyIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private ResolvedImage image;

    @BeforeEach
    void makeImage() throws Exception {
        image = new SampleImage().with("hello.txt", "hello").in(folder.resolve("images"), "any");
    }

    @Test
    void aReportOfAnotherImageIsRefused() {
        String other = Digest.of(new byte[] {7}).toString();

        assertThatThrownBy(() -> scan("echo '" + report(other) + "'", LONG))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("is about another image")
                .hasMessageContaining(other);
    }

    @Test
    void aReportThatNamesNoImageIsRefused() {
        assertThatThrownBy(() -> scan("echo '" + report("") + "'", LONG)).hasMessageContaining("it names none");
    }

    @Test
    void refusesAReportThatIsNotJsonWithoutQuotingIt() {
        assertThatThrownBy(() -> scan("echo " + SampleImage.PLANTED, LONG))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Trivy report")
                .message()
                .doesNotContain(SampleImage.PLANTED);
    }

    @Test
    void aReportWithoutEndIsCutOff() {
        assertThatThrownBy(() -> scan("exec yes", LONG))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("more than the allowed " + TrivyReport.MAX_BYTES + " bytes");
    }

    @Test
    void aLogWithoutEndIsReadAndDropped() {
        assertThatThrownBy(() -> scan(
                        "head -c 20000000 /dev/zero | tr '\\0' x >&2; yes 2>/dev/null | head -n 100000 >&2; exit 3",
                        LONG))
                .hasMessageContaining("exit status 3");
    }

    @Test
    void findingsAreNeverReadFromTheExitStatus() {
        String config = image.platforms().get(0).manifest().config().digest().toString();

        assertThatThrownBy(() -> scan("echo '" + report(config) + "'; exit 1", LONG))
                .hasMessageContaining("exit status 1");
    }

    @Test
    void killsAProgramThatTakesTooLongWithItsChildren() throws Exception {
        Path child = folder.resolve("child");
        String sleeper = "sleep 600 & echo $! > " + child + "; wait";

        assertThatThrownBy(() -> scan(sleeper, Duration.ofSeconds(2)))
                .isInstanceOf(UndecidedException.class)
                // Reading the image takes some of the two seconds.
                .hasMessageMatching(".*did not end within ([12] s|[0-9]+ ms); allow it more time.*");

        assertEnds(child);
    }

    @Test
    void anInterruptedScanLeavesNothingBehind() throws Exception {
        Path child = folder.resolve("child");
        Path home = folder.resolve("home");
        String sleeper = "echo \"$HOME\" > " + home + "; sleep 600 & echo $! > " + child
                + "; printf '2026-01-01T00:00:00Z\\tINFO\\tDownloading Java DB...\\n' >&2; wait";
        CountDownLatch ready = new CountDownLatch(1);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread scan = new Thread(() -> {
            try {
                scan(sleeper, LONG, line -> {
                    if (line.startsWith("Trivy downloads")) {
                        ready.countDown();
                    }
                });
                end.complete(null);
            } catch (Exception | Error e) {
                end.complete(e);
            }
        });
        scan.start();
        assertThat(ready.await(60, TimeUnit.SECONDS)).isTrue();

        scan.interrupt();

        assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertEnds(child);
        assertThat(Path.of(Files.readString(home).trim())).doesNotExist();
    }

    @Test
    void aScanThatIsAskedToEndLeavesNothingBehind() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path child = folder.resolve("child");
        FakeTrivy.thatDoes(
                "sleep 600 & echo $! > " + child + ".new; mv " + child + ".new " + child + "; wait", bin, LONG);
        Files.move(bin.resolve("fake-trivy"), bin.resolve("trivy"));
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path said = folder.resolve("said");
        Process scan = ScanProgram.start(
                workspace,
                temporary,
                Map.of("PATH", bin.toString()),
                said,
                said,
                image.asked().toString(),
                folder.resolve("cache").toString());
        while (!Files.exists(child)) {
            assertThat(scan.isAlive()).as(Files.readString(said)).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }

        scan.destroy();

        assertThat(scan.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertEnds(child);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void anOlderTrivyIsRefused() throws Exception {
        TrivySettings settings = FakeTrivy.thatDoes("true", folder, LONG);
        Files.writeString(settings.executable().path(), "#!/bin/sh\necho '{\"Version\":\"0.58.1\"}'\n");

        assertThatThrownBy(() -> scan(settings, line -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Trivy 0.58.1 cannot be used: install version 0.74.0");
    }

    @Test
    void aProgramThatCannotBeStartedIsNamed() throws Exception {
        TrivySettings settings = FakeTrivy.thatDoes("true", folder, LONG);
        Files.writeString(settings.executable().path(), "#!/nowhere/sh\n");

        assertThatThrownBy(() -> scan(settings, line -> {})).hasMessageContaining("could not be started");
    }

    @Test
    void anImageThatChangedSinceItWasResolvedIsNotScanned() throws Exception {
        Path layer = folder.resolve("images/blobs/sha256")
                .resolve(image.platforms()
                        .get(0)
                        .manifest()
                        .layers()
                        .get(0)
                        .digest()
                        .hex());
        byte[] bytes = Files.readAllBytes(layer);
        bytes[600] ^= 1;
        Files.write(layer, bytes);

        assertThatThrownBy(() -> scan("echo never", LONG))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("could not be copied for scanning");
    }

    private static void assertEnds(Path child) throws Exception {
        Optional<ProcessHandle> process =
                ProcessHandle.of(Long.parseLong(Files.readString(child).trim()));
        if (process.isPresent()) {
            process.get().onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private static String report(String id) {
        return "{\"SchemaVersion\":2,\"ArtifactType\":\"container_image\",\"Metadata\":{\"ImageID\":\"" + id + "\"}}";
    }

    private List<ScanOutcome> scan(String script, Duration limit) throws Exception {
        return scan(script, limit, line -> {});
    }

    private List<ScanOutcome> scan(String script, Duration limit, java.util.function.Consumer<String> lines)
            throws Exception {
        return scan(FakeTrivy.thatDoes(script, folder, limit), lines);
    }

    private List<ScanOutcome> scan(TrivySettings settings, java.util.function.Consumer<String> lines) throws Exception {
        Progress progress = new Progress() {
            @Override
            public void say(String line) {
                lines.accept(line);
            }

            @Override
            public Task begin(String what, long totalBytes) {
                return bytes -> {};
            }
        };
        try (ImageStore store = LayoutStore.open((LayoutReference) image.asked())) {
            return new Scanner(settings, InstantSource.system()).scan(store, image, progress);
        }
    }
}
