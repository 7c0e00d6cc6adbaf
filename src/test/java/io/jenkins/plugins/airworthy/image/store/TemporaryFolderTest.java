package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.UndecidedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Folders that are gone afterwards, also after a process that was killed. */
class TemporaryFolderTest {
    private static final String PREFIX = "airworthy-scan-";

    @TempDir
    Path parent;

    private static Instant later() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.toList();
        }
    }

    @Test
    void isEmptyAndGoneAfterwards() throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create(parent, PREFIX, Instant.now())) {
            assertThat(folder.path()).isEmptyDirectory();
            Files.createDirectories(folder.path().resolve("image/blobs"));
            Files.writeString(folder.path().resolve("image/blobs/1"), "x");
        }
        assertThat(folders()).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftIsDeletedByTheNext() throws Exception {
        Process killed = maker();
        try {
            Path left = Path.of(killed.inputReader().readLine());
            assertThat(left).isDirectory();

            try (TemporaryFolder ours = TemporaryFolder.create(parent, PREFIX, later())) {
                assertThat(left).as("of a process that runs").isDirectory();
                assertThat(ours.path()).isDirectory();
            }
            killed.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
            try (TemporaryFolder young = TemporaryFolder.create(parent, PREFIX, Instant.now())) {
                assertThat(left).as("a folder that was made just now").isDirectory();
                assertThat(young.path()).isDirectory();
            }
            TemporaryFolder.create(parent, PREFIX, later()).close();
        } finally {
            killed.destroyForcibly();
        }
        assertThat(folders()).isEmpty();
    }

    private Process maker() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Maker.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Makes a folder, says where, and waits to be killed. */
    static final class Maker {
        public static void main(String[] arguments) throws Exception {
            System.out.println(TemporaryFolder.create(Path.of(arguments[0]), PREFIX, Instant.now())
                    .path()
                    .getParent());
            TimeUnit.MINUTES.sleep(5);
        }
    }

    @Test
    void foldersInUseHereAreLeftAlone() throws Exception {
        try (TemporaryFolder first = TemporaryFolder.create(parent, PREFIX, Instant.now());
                TemporaryFolder second = TemporaryFolder.create(parent, PREFIX, later())) {
            assertThat(first.path()).isDirectory();
            assertThat(second.path()).isDirectory();
        }
    }

    @Test
    void nothingElseIsDeleted() throws Exception {
        Path foreign = Files.createDirectory(parent.resolve(PREFIX + "of-an-older-version"));
        Path other = Files.createDirectory(parent.resolve("other"));
        Files.createFile(other.resolve("in-use"));
        Path link = Files.createSymbolicLink(parent.resolve(PREFIX + "link"), other);

        TemporaryFolder.create(parent, PREFIX, later()).close();

        assertThat(foreign).isDirectory();
        assertThat(other.resolve("in-use")).exists();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void namesAnUnusablePlaceAndWhatToDo() {
        String place = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", parent.resolve("none").toString());
        try {
            assertThatThrownBy(() -> TemporaryFolder.create(PREFIX))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessage("no temporary folder could be made in " + parent.resolve("none")
                            + ": check its permissions and its free space, or name another by -Djava.io.tmpdir=FOLDER");
        } finally {
            System.setProperty("java.io.tmpdir", place);
        }
    }
}
