package io.jenkins.plugins.airworthy.image;

import io.jenkins.plugins.airworthy.image.layout.IncomingFile;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Many writers of one layout folder, in one process and in several, and writers that die. */
@Timeout(120)
class LayoutWritersTest {
    @TempDir
    private Path folder;

    private LayoutStore store;
    private Manifest image;

    @BeforeEach
    void makeALayout() throws Exception {
        store = open();
        image = Samples.image(store, "linux/amd64", "judged");
        store.tag("1.0", image);
    }

    @Test
    void losesNothingOf32WritersAttachingAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        List<Callable<Manifest>> writers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            String statement = "statement " + i;
            writers.add(() -> Samples.evidence(open(), image, statement));
        }
        List<Digest> written = new ArrayList<>();
        for (Future<Manifest> writer : threads.invokeAll(writers)) {
            written.add(writer.get().digest());
        }
        threads.shutdown();
        assertThat(store.referrers(image.digest()))
                .extracting(Descriptor::digest)
                .containsExactlyInAnyOrderElementsOf(written);
        assertThat(store.manifest("1.0")).contains(image);
    }

    @Test
    void losesNothingWhenProcessesWriteAtOnce() throws Exception {
        Process first =
                LayoutWriter.start("evidence", folder.toString(), image.digest().toString(), "first", "20");
        Process second =
                LayoutWriter.start("evidence", folder.toString(), image.digest().toString(), "second", "20");
        for (int i = 0; i < 20; i++) {
            Samples.evidence(store, image, "third " + i);
        }
        succeeded(first);
        succeeded(second);
        assertThat(store.referrers(image.digest())).hasSize(60);
    }

    @RepeatedTest(5)
    void isWholeAfterItsWriterWasKilled(RepetitionInfo repetition) throws Exception {
        Process writer = LayoutWriter.start("tags", folder.toString());
        assertThat(writer.inputReader().readLine()).isEqualTo("writing");
        writer.waitFor(37L * repetition.getCurrentRepetition(), TimeUnit.MILLISECONDS); // dies in different places
        writer.destroyForcibly().waitFor();
        ImageManifest tagged = (ImageManifest) store.manifest("1.0").orElseThrow();
        for (Descriptor blob : tagged.children()) {
            assertThat(store.hasBlob(blob.digest())).isTrue();
        }
        Manifest next = Samples.image(store, "linux/amd64", "next");
        store.tag("1.0", next);
        assertThat(store.manifest("1.0")).contains(next);
    }

    @Test
    void removesWhatKilledWritersLeftLongAgo() throws Exception {
        Path old = Files.writeString(folder.resolve(IncomingFile.PREFIX + "old"), "x");
        Path recent = Files.writeString(folder.resolve(IncomingFile.PREFIX + "recent"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        store.tag("2.0", image);
        assertThat(old).doesNotExist();
        assertThat(recent).exists();
    }

    @Test
    void saysWhyAndLeavesNothingWhenTheDiskIsFull() throws Exception {
        // The limit on a file's size stands in for a full disk, which no test can make everywhere.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 100; exec \"$@\"", "sh"));
        command.addAll(LayoutWriter.command("blob", folder.toString(), "10000000"));
        Process writer = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(writer.getInputStream().readAllBytes(), UTF_8);
        assertThat(writer.waitFor()).isNotZero();
        assertThat(said)
                .contains("UndecidedException")
                .contains("could not write blob sha256:")
                .contains("the file would be larger than the system allows");
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("blobs", "index.json", "oci-layout", ".lock");
        }
        assertThat(store.manifest("1.0")).contains(image);
    }

    @Test
    void makesOneLayoutWhenManyBeginIt() throws Exception {
        Path fresh = folder.resolve("fresh");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Descriptor>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] content = ("blob " + i).getBytes(UTF_8);
            writers.add(() -> {
                LayoutStore mine = LayoutStore.open(new LayoutReference(fresh, Optional.empty(), Optional.empty()));
                Descriptor blob = Samples.blob(mine, "text/plain", content);
                mine.tag("t" + content[5], Samples.image(mine, "linux/amd64", "image " + content[5]));
                return blob;
            });
        }
        LayoutStore made = LayoutStore.open(new LayoutReference(fresh, Optional.empty(), Optional.empty()));
        for (Future<Descriptor> writer : threads.invokeAll(writers)) {
            assertThat(made.hasBlob(writer.get().digest())).isTrue();
        }
        threads.shutdown();
        for (char i = '0'; i < '8'; i++) {
            assertThat(made.resolve("t" + (int) i)).isPresent();
        }
    }

    private LayoutStore open() {
        return LayoutStore.open(new LayoutReference(folder, Optional.empty(), Optional.empty()));
    }

    private static void succeeded(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
