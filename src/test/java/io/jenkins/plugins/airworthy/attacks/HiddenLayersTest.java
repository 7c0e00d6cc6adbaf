package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.scan.Scanner;
import io.jenkins.plugins.airworthy.scan.TrivyExecutable;
import io.jenkins.plugins.airworthy.scan.TrivyServer;
import io.jenkins.plugins.airworthy.scan.TrivySettings;
import io.jenkins.plugins.airworthy.testing.files.TarBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 12: a build that gives a layer the name of another layer, so that the scanner skips it. */
class HiddenLayersTest {
    private static final byte[] CLEAN = Samples.tar("etc/os-release", "ID=alpine\n");
    private static final byte[] DIRTY = Samples.tar("app/credentials", "token = secret\n");
    /** An archive without its end, so that another can follow. */
    private static final byte[] BEGINNING =
            new TarBytes().file("etc/os-release", "ID=alpine\n").unfinished();

    private static final TrivyServer SERVER = server();

    @TempDir
    Path folder;

    @Test
    void handsAnHonestImageToTheScanner() throws Exception {
        LayeredImage image = new LayeredImage()
                .with(Samples.gzip(CLEAN), CLEAN)
                .with(DIRTY, DIRTY)
                .with(concat(Samples.gzip(BEGINNING), Samples.gzip(DIRTY)), concat(BEGINNING, DIRTY));

        assertThatThrownBy(() -> scan(image, Optional.of(SERVER))).hasMessageContaining("trivy image failed");
        assertThat(folder.resolve("scanned")).exists();
    }

    @Test
    void refusesLayerUnderTheNameOfACleanOneOfTheSameImage() throws Exception {
        refused(
                new LayeredImage().with(Samples.gzip(CLEAN), CLEAN).with(Samples.gzip(DIRTY), CLEAN),
                Optional.empty(),
                "layer " + Digest.of(Samples.gzip(DIRTY)) + " has the digest " + Digest.of(DIRTY),
                "it would be scanned under another layer's name");
    }

    @Test
    void refusesLayerUnderANameThatTheServerMayRemember() throws Exception {
        refused(
                new LayeredImage().with(Samples.gzip(DIRTY), CLEAN),
                Optional.of(SERVER),
                "layer " + Digest.of(Samples.gzip(DIRTY)) + " has the digest " + Digest.of(DIRTY),
                "it would be scanned under another layer's name");
    }

    @Test
    void refusesLayerNamedAfterOnlyItsFirstGzipMember() throws Exception {
        refused(
                new LayeredImage().with(concat(Samples.gzip(BEGINNING), Samples.gzip(DIRTY)), BEGINNING),
                Optional.empty(),
                "it would be scanned under another layer's name");
    }

    /** Java's own reader takes what it cannot read behind a member for the end. */
    @Test
    void leavesScanUndecidedWhenAnUnreadableGzipMemberFollows() throws Exception {
        byte[] unreadable = Samples.gzip(DIRTY);
        unreadable[2] = 9;
        LayeredImage image = new LayeredImage().with(concat(Samples.gzip(CLEAN), unreadable), CLEAN);

        assertThatThrownBy(() -> scan(image, Optional.empty()))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("could not be uncompressed");
        assertThat(folder.resolve("scanned")).doesNotExist();
    }

    @Test
    void refusesZstdLayerWhenAServerScans() throws Exception {
        refused(
                new LayeredImage().with(LayeredImage.zstd(DIRTY), CLEAN),
                Optional.of(SERVER),
                "layer " + Digest.of(LayeredImage.zstd(DIRTY)) + ": is compressed with zstd, so that neither its name");
    }

    @Test
    void refusesZstdLayerUnderTheNameOfAnotherOfTheSameImage() throws Exception {
        refused(
                new LayeredImage().with(LayeredImage.zstd(DIRTY), CLEAN).with(Samples.gzip(CLEAN), CLEAN),
                Optional.empty(),
                "layer " + Digest.of(LayeredImage.zstd(DIRTY)) + ": is compressed with zstd, so that neither its name");
    }

    private void refused(LayeredImage image, Optional<TrivyServer> server, String... why) throws Exception {
        assertThatThrownBy(() -> scan(image, server))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(refusal ->
                        assertThat(refusal.getMessage()).contains(why).contains("@sha256:"));
        assertThat(folder.resolve("scanned")).doesNotExist();
    }

    private void scan(LayeredImage layered, Optional<TrivyServer> server) throws Exception {
        ResolvedImage image = layered.in(folder.resolve("images"), "any");
        Path program = Files.writeString(folder.resolve("trivy"), """
                #!/bin/sh
                if [ "$1" = version ]; then echo '{"Version":"0.74.0"}'; exit 0; fi
                /usr/bin/touch %s
                exit 1
                """.formatted(folder.resolve("scanned")));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        TrivySettings settings = new TrivySettings(
                TrivyExecutable.at(program),
                folder.resolve("cache"),
                true,
                server,
                Map.of(),
                TrivySettings.DEFAULT_TIME_LIMIT);
        new Scanner(settings, InstantSource.system())
                .scan(LayoutStore.open((LayoutReference) image.asked()), image, Progress.SILENT);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static TrivyServer server() {
        try {
            return TrivyServer.of("http://127.0.0.1:1", Optional.empty());
        } catch (InvalidInputException e) {
            throw new AssertionError(e);
        }
    }
}
