package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.cli.Session;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.testing.files.TarBytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attack 7: layers and files of tests that no honest tool writes. The command {@code test} reads them, and signs and
 * attaches what it observed: here nothing may be attached to the image.
 */
class HostileFilesTest {
    private static final int BOMB_MEGABYTES = 300;
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    private final Session session = new Session();
    private Path key;
    private Path structure;

    @BeforeEach
    void prepare() throws Exception {
        key = Files.writeString(folder.resolve("release.key"), KeyFiles.plainPem(SoftwareKey.generate()));
        structure = Files.writeString(folder.resolve("structure.yaml"), """
                schemaVersion: "2.0.0"
                fileExistenceTests:
                  - {name: the file, path: /app/file, shouldExist: true}
                """);
    }

    @Test
    void attachesTheTestResultOfAnHonestImage() throws Exception {
        ResolvedImage image = image(tar(new TarBytes().file("app/file", "x")));
        Session.Ended ended = test("--structure", structure.toString());
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(attached(image)).isEqualTo(1);
    }

    @Test
    void refusesLayerThatIsACompressionBomb() throws Exception {
        byte[] header = TarBytes.header("app/file", '0', 0644, 0, 0, (long) BOMB_MEGABYTES * MEGABYTE, "");
        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(layer)) {
            gzip.write(new TarBytes().header(header).unfinished());
            for (int i = 0; i < BOMB_MEGABYTES; i++) {
                gzip.write(new byte[MEGABYTE]);
            }
        }
        refused(layer.toByteArray(), new byte[0], "is a compression bomb");
    }

    @Test
    void refusesArchiveWithANameThatLeadsOutOfTheImage() throws Exception {
        refused(new TarBytes().file("app/../../etc/passwd", "x"), "leads out of the image");
    }

    @Test
    void refusesArchiveWithALinkThatLeadsOutOfTheImage() throws Exception {
        refused(new TarBytes().hardLink("app/file", "../../etc/passwd"), "leads out of the image");
    }

    @Test
    void refusesArchiveThatWritesThroughALink() throws Exception {
        refused(
                new TarBytes().symbolicLink("app", "/../../../../tmp").file("app/file", "x"),
                "which is not a directory");
    }

    /** Go's reader, and so engines, make an empty file of it; the directory with the policy is gone. */
    @Test
    void refusesFileThatIsNamedLikeADirectory() throws Exception {
        TarBytes good = new TarBytes().directory("app/").file("app/file", "x");
        TarBytes evil = new TarBytes().file("app/", "");
        ResolvedImage image = image(tar(good).with(Samples.gzip(evil.bytes()), evil.bytes()));

        Session.Ended ended = test("--structure", structure.toString());

        assertThat(ended.status()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("layer 2 of 2", "'app/' is named like a directory but is not one");
        assertThat(attached(image)).isZero();
    }

    /** Engines unpack it as a file; a scanner that asks for its mode takes it for a directory. */
    @Test
    void refusesFileWithTheModeOfADirectory() throws Exception {
        refused(new TarBytes().file("app/file", "x", 040644, 0, 0), "'app/file' is a file but has the mode");
    }

    /** Some engines mount what a table of contents lists, which was never compared with the layer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "containerd.io/snapshot/stargz/toc.digest",
                "containerd.io/snapshot/nydus-bootstrap",
                "io.github.containers.zstd-chunked.manifest-checksum"
            })
    void refusesLayerWithATableOfContentsOfItsOwn(String annotation) throws Exception {
        String digest = Digest.of(new byte[] {1}).toString();
        ResolvedImage image = image(tar(new TarBytes().file("app/file", "x")).annotated(annotation, digest));

        Session.Ended ended = test("--structure", structure.toString());

        assertThat(ended.status()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("has the annotation '" + annotation + "'", "gzip layers");
        assertThat(attached(image)).isZero();
    }

    @Test
    void leavesIndexUndecidedWhenItHasAnIndexInside() throws Exception {
        ImageReference reference = ImageReference.parse("oci:" + folder.resolve("images") + ":1");
        ImageStore store = LayoutStore.open((LayoutReference) reference);
        Manifest tested = tar(new TarBytes().file("app/file", "x")).put(store);
        Manifest hidden = Samples.put(
                store,
                Samples.index(
                        tar(new TarBytes().file("app/other", "y")).put(store).descriptor()));
        store.tag("1", Samples.put(store, Samples.index(tested.descriptor(), hidden.descriptor())));

        Session.Ended ended = test("--structure", structure.toString());

        assertThat(ended.status()).as(ended.err()).isEqualTo(3);
        assertThat(ended.err())
                .contains("cannot be tested as a whole", hidden.digest().toString(), "is an index in an index");
        assertThat(store.referrers(tested.digest())).isEmpty();
    }

    /** Where an engine's overlay file system would hide what this layer's reader sees. */
    @Test
    void refusesArchiveWithADeviceThatHidesFiles() throws Exception {
        refused(new TarBytes().header(TarBytes.header("app/file", '3', 0666, 0, 0, 0, "")), "character device 0:0");
    }

    /** Absolute names and links stay in the image: what this machine has there is never looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"absolute name", "absolute link", "relative link"})
    void readsNoFileOfThisMachineThroughAbsolutePathsOrLinks(String story) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "of this machine");
        TarBytes tar =
                switch (story) {
                    case "absolute name" -> new TarBytes().file(secret.toString(), "of the image");
                    case "absolute link" -> new TarBytes().symbolicLink("app/file", secret.toString());
                    default -> new TarBytes().symbolicLink("app/file", "../../../../../../../.." + secret);
                };
        String looked = story.equals("absolute name") ? secret.toString() : "/app/file";
        Path contents = Files.writeString(folder.resolve("contents.yaml"), """
                schemaVersion: "2.0.0"
                fileContentTests:
                  - {name: the secret, path: %s, expectedContents: ["of this machine"]}
                """.formatted(looked));
        image(tar(tar));

        Session.Ended ended = test("--structure", contents.toString());

        assertThat(ended.status()).as(ended.err()).isEqualTo(1);
        assertThat(ended.out())
                .contains("the secret", story.equals("absolute name") ? "of this machine" : "/app/file does not exist");
        assertThat(Files.readString(secret)).isEqualTo("of this machine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE t PUBLIC 't' 'http://127.0.0.1:1/t'><testsuite/>",
                "<!DOCTYPE t SYSTEM 'file:///etc/passwd'><testsuite/>",
                "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><testsuite><testcase name='&x;'/></testsuite>",
                "<!DOCTYPE t [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><testsuite><testcase name='&b;'/></testsuite>"
            })
    void refusesTestReportWithADocumentTypeDefinition(String report) throws Exception {
        // Reports are named relative to the folder that a command is called in.
        Path reports = Files.createTempDirectory(Path.of("target"), "reports");
        Path file = Files.writeString(reports.resolve("TEST-a.xml"), report);
        try {
            ResolvedImage image = image(tar(new TarBytes().file("app/file", "x")));
            Session.Ended ended = test("--junit", reports + "/*.xml");
            assertThat(ended.status()).as(ended.err()).isEqualTo(2);
            assertThat(ended.err()).contains("TEST-a.xml:", "a document type definition is refused");
            assertThat(attached(image)).isZero();
        } finally {
            Files.delete(file);
            Files.delete(reports);
        }
    }

    @Test
    void refusesFileOfTestsWithAnchorsAndAliases() throws Exception {
        Files.writeString(structure, """
                schemaVersion: "2.0.0"
                laughs: [&a [x, x, x, x, x, x, x, x, x, x], &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]]
                """);
        ResolvedImage image = image(tar(new TarBytes().file("app/file", "x")));
        Session.Ended ended = test("--structure", structure.toString());
        assertThat(ended.status()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("structure.yaml:2:10: anchors and aliases are not allowed");
        assertThat(attached(image)).isZero();
    }

    private void refused(TarBytes tar, String why) throws Exception {
        refused(Samples.gzip(tar.bytes()), tar.bytes(), why);
    }

    private void refused(byte[] layer, byte[] uncompressed, String why) throws Exception {
        ResolvedImage image = image(new LayeredImage().with(layer, uncompressed));
        Session.Ended ended = test("--structure", structure.toString());
        assertThat(ended.status()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("layer 1 of 1, " + Digest.of(layer), why);
        assertThat(attached(image)).isZero();
    }

    private static LayeredImage tar(TarBytes tar) {
        return new LayeredImage().with(Samples.gzip(tar.bytes()), tar.bytes());
    }

    private ResolvedImage image(LayeredImage layered) throws Exception {
        return layered.in(folder.resolve("images"), "1");
    }

    private Session.Ended test(String... arguments) {
        String[] all = Arrays.copyOf(
                new String[] {"test", "oci:" + folder.resolve("images") + ":1", "--key", key.toString()},
                4 + arguments.length);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return session.run(all);
    }

    private int attached(ResolvedImage image) throws Exception {
        LayoutReference place = (LayoutReference) ImageReference.parse("oci:" + folder.resolve("images"));
        return LayoutStore.open(place).referrers(image.digest()).size();
    }
}
