package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a folder of sources may do to an image, and what not: a checkout is a stranger's work. */
@DisabledOnOs(OS.WINDOWS)
class SourceFilesTest {
    @TempDir
    Path folder;

    private Path sources;

    @BeforeEach
    void writeSources() throws IOException {
        sources = Sources.application(folder.resolve("sources"));
        Files.writeString(folder.resolve("secret"), "a key of the machine's owner");
    }

    @Test
    void copiesTheContentOfAFolder() throws Exception {
        assertThat(find("/app").entries().keySet())
                .extracting(ImagePath::text)
                .containsExactly(
                        "/app",
                        "/app/app.txt",
                        "/app/lib",
                        "/app/lib/more",
                        "/app/lib/more/two.txt",
                        "/app/lib/one.txt",
                        "/app/run.sh");
    }

    @Test
    void copiesAFolderToTheRoot() throws Exception {
        assertThat(find("/").entries().keySet())
                .extracting(ImagePath::text)
                .contains("/app.txt", "/lib/more/two.txt")
                .doesNotContain("/");
    }

    @Test
    void copiesAFileToAPathOrIntoAFolder() throws Exception {
        Path file = sources.resolve("app.txt");
        assertThat(SourceFiles.find(FileCopy.parse(file + ":/opt/other.txt")).entries())
                .containsOnlyKeys(new ImagePath("/opt/other.txt"));
        assertThat(SourceFiles.find(FileCopy.parse(file + ":/opt/")).entries())
                .containsOnlyKeys(new ImagePath("/opt/app.txt"));
        assertThatThrownBy(() -> SourceFiles.find(new FileCopy(file, ImagePath.ROOT)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot become the folder /");
    }

    @Test
    void refusesSourcesThatDoNotExist() {
        assertThatThrownBy(() -> SourceFiles.find(FileCopy.parse(sources + "/nothing:/app")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("/nothing' does not exist");
    }

    @Test
    void followsALinkToAFileWithinTheFolder() throws Exception {
        Files.createSymbolicLink(sources.resolve("lib/latest.txt"), Path.of("one.txt"));
        LayerPlan.Entry entry = find("/app").entries().get(new ImagePath("/app/lib/latest.txt"));
        assertThat(entry.source()).hasContent("a library\n".repeat(1_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "lib/../../secret", "an absolute path"})
    void refusesALinkOutOfTheFolder(String target) throws Exception {
        Files.createSymbolicLink(
                sources.resolve("innocent.txt"), target.startsWith("an ") ? folder.resolve("secret") : Path.of(target));
        assertThatThrownBy(() -> find("/app"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("innocent.txt' is a symbolic link out of");
    }

    @Test
    void refusesALinkWhoseWayLeavesTheFolderThroughAnotherLink() throws Exception {
        Files.createSymbolicLink(sources.resolve("lib/up"), Path.of("../.."));
        Files.createSymbolicLink(sources.resolve("a.txt"), Path.of("lib/up/secret"));
        assertThatThrownBy(() -> find("/app")).hasMessageContaining("a.txt' is a symbolic link out of");
    }

    @Test
    void refusesALinkToASiblingFolderWhoseNameBeginsAlike() throws Exception {
        Files.createDirectory(folder.resolve("sources-private"));
        Files.writeString(folder.resolve("sources-private/key"), "key");
        Files.createSymbolicLink(sources.resolve("key"), Path.of("../sources-private/key"));
        assertThatThrownBy(() -> find("/app")).hasMessageContaining("is a symbolic link out of");
    }

    @Test
    void refusesLinksToFoldersAndToNothing() throws Exception {
        Path link = Files.createSymbolicLink(sources.resolve("cycle"), Path.of("."));
        assertThatThrownBy(() -> find("/app")).hasMessageContaining("only links to files are followed");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("nothing"));
        assertThatThrownBy(() -> find("/app")).hasMessageContaining("a symbolic link to nothing");
    }

    @Test
    void refusesASourceThatIsALinkItself() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("app.jar"), Path.of("secret"));
        assertThatThrownBy(() -> SourceFiles.find(FileCopy.parse(link + ":/app.jar")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("app.jar' is a symbolic link");
    }

    @Test
    void refusesPipesWithoutWaitingForThem() throws Exception {
        Path pipe = sources.resolve("lib/pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> find("/app")).hasMessageContaining("pipe' is neither a file nor a folder");
        assertThatThrownBy(() -> SourceFiles.find(FileCopy.parse("/dev/zero:/zero")))
                .hasMessageContaining("neither a file nor a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh.etc", ".wh..wh..opq"})
    void refusesNamesThatWouldDeleteFilesOfTheBase(String name) throws Exception {
        Files.writeString(sources.resolve(name), "");
        assertThatThrownBy(() -> find("/"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("would delete a file of the base image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "bell\u0007"})
    void refusesNamesThatWouldForgeALine(String name) throws Exception {
        Files.writeString(sources.resolve(name), "");
        assertThatThrownBy(() -> find("/app")).hasMessageContaining("a name contains a control character");
    }

    @Test
    void refusesFoldersDeeperThanAllowed() throws Exception {
        Path deep = sources;
        for (int i = 0; i <= SourceFiles.MAX_DEPTH; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        assertThatThrownBy(() -> find("/app")).hasMessageContaining("more than 100 folders within each other");
    }

    @Test
    void refusesMoreBytesThanAllowedBeforeReadingAny() throws Exception {
        try (RandomAccessFile sparse =
                new RandomAccessFile(sources.resolve("big").toFile(), "rw")) {
            sparse.setLength(SourceFiles.MAX_BYTES);
        }
        assertThatThrownBy(() -> find("/app")).hasMessageContaining("more than the allowed " + SourceFiles.MAX_BYTES);
    }

    @Test
    void refusesPathsThatBecomeTooLongInTheImage() {
        String to = "/long".repeat(818);
        assertThatThrownBy(() -> find(to)).hasMessageContaining("more than 4095 bytes");
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> find("/app")).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private LayerPlan find(String to) throws Exception {
        return SourceFiles.find(new FileCopy(sources, ImagePath.parse(to)));
    }
}
