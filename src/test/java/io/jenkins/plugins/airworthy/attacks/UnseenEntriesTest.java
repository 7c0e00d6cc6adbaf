package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.scan.Scanner;
import io.jenkins.plugins.airworthy.scan.TrivyExecutable;
import io.jenkins.plugins.airworthy.scan.TrivySettings;
import io.jenkins.plugins.airworthy.testing.files.TarBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 12, in a layer's archive: entries that an engine unpacks and a scanner skips or forgets. */
class UnseenEntriesTest {
    private static final String TOKEN = "token = secret\n";

    @TempDir
    Path folder;

    @Test
    void handsWhatHonestToolsWriteToTheScanner() throws Exception {
        TarBytes first = new TarBytes()
                .directory("./")
                .directory("./app/", 0100755, 0, 0)
                .directory("app/")
                .file("app/plain", TOKEN)
                .file("app/unix", TOKEN, 0100644, 0, 0)
                .file("/usr/local/absolute", TOKEN)
                .header(TarBytes.header("app/link", '2', 0100777, 0, 0, 0, "plain"))
                .header(TarBytes.header("app/twin", '1', 0120777, 0, 0, 0, "app/link"))
                .header(TarBytes.header("old/", '\0', 0755, 0, 0, 0, ""));
        TarBytes second = new TarBytes()
                .file("app/.wh.plain", "")
                .file("app/.wh..wh..opq", "")
                .directory("app/link/")
                .file("app/link/file", TOKEN);

        reachesTheScanner(first, second, new TarBytes().file("app/.wh.link", ""));
    }

    /** Directory, pipe, link, socket, devices; and bits that Go cuts off. */
    @ParameterizedTest
    @ValueSource(longs = {0040644, 0010755, 0120644, 0140644, 0020644, 0060644, 0300644, 0x1_0000_4000L | 0644L})
    void refusesFileWithTheModeOfSomethingElse(long mode) throws Exception {
        byte[] header = TarBytes.header("app/credentials", '0', 0, 0, 0, TOKEN.length(), "");
        header[100] = (byte) 0x80;
        for (int i = 0; i < 7; i++) {
            header[107 - i] = (byte) (mode >> (8 * i));
        }
        refused(
                "'app/credentials' is a file but has the mode of something else",
                new TarBytes().header(header).content(TOKEN.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesNameThatLeadsOutOfTheImage() throws Exception {
        refused("leads out of the image by '..'", new TarBytes().file("../app/credentials", TOKEN));
    }

    @Test
    void refusesFileThatIsTwiceInALayer() throws Exception {
        refused(
                "'./app//lib.jar' occurs twice in one layer",
                new TarBytes().file("app/lib.jar", "clean").file("./app//lib.jar", "dirty"));
    }

    /** The scanner forgets what lies beneath the link's name when that is whited out; it lies elsewhere. */
    @Test
    void refusesFileBeneathALinkThatIsWhitedOutLater() throws Exception {
        refused(
                "'app/lib.jar' lies beneath 'app', which is not a directory in this layer",
                new TarBytes().symbolicLink("app", "lib").file("app/lib.jar", "dirty"),
                new TarBytes().file(".wh.app", ""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesRemovalOfALinkOfAnEarlierLayerWithAFileBeneathIt(boolean describedLater) throws Exception {
        TarBytes second = new TarBytes().file("app/deep/lib.jar", "dirty");
        refused(
                "removes 'app', a link into which an earlier layer put something",
                new TarBytes().symbolicLink("app", "lib"),
                describedLater ? second.directory("app/") : second,
                new TarBytes().file(".wh.app", ""));
    }

    /** Engines put it where the link leads, and the scanner has it under the link's name: both have it. */
    @Test
    void handsFileBeneathALinkThatStaysToTheScanner() throws Exception {
        reachesTheScanner(new TarBytes().symbolicLink("bin", "usr/bin"), new TarBytes().file("bin/tool", "clean"));
    }

    /** The scanner has a file under the first of its hard links only. */
    @ParameterizedTest
    @ValueSource(strings = {"app/.wh.first.jar", "app/.wh..wh..opq", ".wh.app", "app/first.jar"})
    void refusesHardLinkedFileWhoseFirstNameIsRemoved(String taker) throws Exception {
        refused(
                "removes or replaces 'app/first.jar', and the same file stays as 'keep.jar'",
                new TarBytes().file("app/first.jar", "dirty").hardLink("keep.jar", "app/first.jar"),
                new TarBytes().file(taker, "clean"));
    }

    @Test
    void refusesFileOfAnEarlierLayerThatIsHardLinkedAndRemoved() throws Exception {
        refused(
                "removes or replaces 'app/first.jar', and the same file stays as 'app/keep.jar'",
                new TarBytes().file("app/first.jar", "dirty"),
                new TarBytes().hardLink("app/keep.jar", "app/first.jar").file("app/.wh.first.jar", ""));
    }

    @Test
    void handsFileThatIsRemovedUnderAllItsNamesToTheScanner() throws Exception {
        reachesTheScanner(
                new TarBytes().file("app/perl", "a").hardLink("app/perl5", "app/perl"),
                new TarBytes().file("app/.wh.perl", "").file("app/.wh.perl5", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app/.wh.", "app/.wh..", "app/.wh..."})
    void refusesWhiteoutOfMoreThanOneFile(String name) throws Exception {
        refused("is a whiteout of a whole directory", new TarBytes().file(name, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"var/lib/dpkg/status/.wh.type:ospkg", "app/lib.jar/.wh.type:jar", "a/.wh.custom:x"})
    void refusesWhiteoutOfWhatTheScannerFound(String name) throws Exception {
        refused("would forget what it found", new TarBytes().file(name, ""));
    }

    @Test
    void refusesFileThatBecomesADirectoryInItsLayer() throws Exception {
        refused(
                "'app/lib.jar/' is a directory and something else in one layer",
                new TarBytes().file("app/lib.jar", "dirty").directory("app/lib.jar/"));
    }

    @Test
    void refusesFilesBehindTheEndOfTheArchive() throws Exception {
        refused(
                "goes on after its end",
                new TarBytes().file("app/a", "a").raw(new byte[1024]).file("app/b", TOKEN));
    }

    /** The builder of the image chooses the compression, and would choose whether the checks above apply. */
    @Test
    void refusesZstdLayerWhoseEntriesCannotBeSeen() throws Exception {
        byte[] layer =
                new TarBytes().file("app/credentials", TOKEN, 040644, 0, 0).bytes();
        refused("is compressed with zstd", new LayeredImage().with(LayeredImage.zstd(layer), layer));
    }

    private void reachesTheScanner(TarBytes... layers) {
        assertThatThrownBy(() -> scan(gzipped(layers))).hasMessageContaining("trivy image failed");
        assertThat(folder.resolve("scanned")).exists();
    }

    private void refused(String why, TarBytes... layers) throws Exception {
        refused(why, gzipped(layers));
    }

    private void refused(String why, LayeredImage layers) throws Exception {
        assertThatThrownBy(() -> scan(layers))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(": layer sha256:")
                .hasMessageContaining(why)
                .hasMessageContaining("nothing is scanned");
        assertThat(folder.resolve("scanned")).doesNotExist();
    }

    private static LayeredImage gzipped(TarBytes... layers) {
        LayeredImage layered = new LayeredImage();
        for (TarBytes layer : layers) {
            layered.with(Samples.gzip(layer.bytes()), layer.bytes());
        }
        return layered;
    }

    private void scan(LayeredImage layered) throws Exception {
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
                Optional.empty(),
                Map.of(),
                TrivySettings.DEFAULT_TIME_LIMIT);
        new Scanner(settings, InstantSource.system())
                .scan(LayoutStore.open((LayoutReference) image.asked()), image, Progress.SILENT);
    }
}
