package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which file is read as a builder's output, before its content matters. */
class OutputFileTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(folder.resolve("digest"), DIGEST);
    }

    private static BuilderOutput read(Path path, Optional<Instant> notBefore) throws Exception {
        return new OutputFile(path, "digest").read(notBefore);
    }

    @Test
    void readsFileOfThisBuild() throws Exception {
        assertThat(read(file, Optional.of(Instant.now().minusSeconds(60))).unnamed())
                .hasValueSatisfying(digest -> assertThat(digest).hasToString(DIGEST));
    }

    @Test
    void refusesFileOfAnEarlierBuildAndNamesBothTimes() throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-31T12:00:00Z")));

        assertThatThrownBy(() -> read(file, Optional.of(Instant.parse("2026-01-31T12:00:01Z"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was written at 2026-01-31T12:00:00Z")
                .hasMessageContaining("began at 2026-01-31T12:00:01Z");
    }

    @Test
    void refusesLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThatThrownBy(() -> read(link, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a link");
    }

    @Test
    void refusesFolder() {
        assertThatThrownBy(() -> read(folder, Optional.empty())).hasMessageContaining("is a folder or device");
    }

    @Test
    void refusesTwoMebibytes() throws Exception {
        Files.write(file, new byte[2 * 1024 * 1024]);

        assertThatThrownBy(() -> read(file, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is larger than the allowed 1048576 bytes");
    }

    @Test
    void refusesFileThatTheBuilderDidNotWrite() {
        assertThatThrownBy(() -> read(folder.resolve("nothing"), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not exist")
                .hasMessageContaining("--metadata-file");
    }
}
