package io.jenkins.plugins.airworthy.testing.files;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.testing.TestImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class HostileLayerTest {
    @TempDir
    Path folder;

    static Stream<Arguments> archives() {
        return Stream.of(
                story("a name with ..", new TarBytes().file("a/../../etc/passwd", "x"), "leads out of the image"),
                story(
                        "a long name with ..",
                        new TarBytes()
                                .extended('x', TarBytes.record("path", "../x"))
                                .file("a", "x"),
                        "leads out of the image"),
                story(
                        "a hard link with ..",
                        new TarBytes().hardLink("a", "../../etc/passwd"),
                        "leads out of the image"),
                story("a hard link to nothing", new TarBytes().hardLink("a", "etc/passwd"), "which is not there"),
                story("a hard link to itself", new TarBytes().hardLink("a", "a"), "which is not there"),
                story(
                        "a hard link to a directory",
                        new TarBytes().directory("d/").hardLink("a", "d"),
                        "hard link to a directory"),
                story("a hard link to the root", new TarBytes().hardLink("a", "/"), "hard link to a directory"),
                story(
                        "a file through a link out of the tree",
                        new TarBytes().symbolicLink("d", "/../../../../tmp").file("d/x", "x"),
                        "which is not a directory"),
                story(
                        "a hard link through a symbolic link",
                        new TarBytes().file("d/x", "x").symbolicLink("l", "d").hardLink("a", "l/x"),
                        "which is not there"),
                story(
                        "a file beneath a file",
                        new TarBytes().file("a", "x").file("a/b", "x"),
                        "which is not a directory"),
                story("a file in place of the root", new TarBytes().file(".", "x"), "replaces the root"),
                story("an entry without a name", new TarBytes().file("", "x"), "without a name"),
                story(
                        "the overlay file system's own whiteout",
                        new TarBytes().header(TarBytes.header("a", '3', 0666, 0, 0, 0, "")),
                        "character device 0:0"),
                story(
                        "the overlay file system's opaque attribute",
                        new TarBytes()
                                .extended('x', TarBytes.record("SCHILY.xattr.trusted.overlay.opaque", "y"))
                                .directory("d/"),
                        "hides files in some engines"),
                story("a whiteout of nothing", new TarBytes().file(".wh.", ""), "hides nothing"),
                story("a whiteout of the parent", new TarBytes().file("a/.wh...", ""), "hides nothing"),
                story("AUFS' own files", new TarBytes().file(".wh..wh.aufs", ""), "hides nothing"),
                story("a file beneath a whiteout", new TarBytes().file(".wh.a/b", ""), "beneath a whiteout"),
                story("a directory as whiteout", new TarBytes().directory(".wh.a/"), "name of a whiteout"),
                story(
                        "a whiteout of its own layer's file",
                        new TarBytes().file("a", "x").file(".wh.a", ""),
                        "of its own layer"),
                story(
                        "a directory where its layer hides one",
                        new TarBytes().file(".wh.a", "").directory("a/"),
                        "engines disagree on what is in it"),
                story(
                        "an implied directory where its layer hides one",
                        new TarBytes().file(".wh.a", "").file("a/b", ""),
                        "engines disagree on what is in it"),
                story(
                        "a file that becomes a directory",
                        new TarBytes().file("a", "x").directory("a/"),
                        "a directory and something else"),
                story("an unknown type", new TarBytes().header(raw('Z', 0)), "do not unpack"),
                story("GNU's sparse file", new TarBytes().header(raw('S', 0)), "sparse file"),
                story(
                        "POSIX' sparse file",
                        new TarBytes()
                                .extended('x', TarBytes.record("GNU.sparse.major", "1"))
                                .file("a", "x"),
                        "sparse file"),
                story("a directory with content", new TarBytes().header(raw('5', 512)), "is not a file"),
                story("a link with content", new TarBytes().header(raw('2', 512)), "is not a file"),
                story("a file called a directory", new TarBytes().file("a/", "x"), "named like a directory"),
                story("an empty file called a directory", new TarBytes().file("a/", ""), "named like a directory"),
                story("a file called the directory itself", new TarBytes().file("a/./", ""), "named like a directory"),
                story(
                        "a file called a directory's own entry",
                        new TarBytes().file("a/.", ""),
                        "named like a directory"),
                story("a link called a directory", new TarBytes().symbolicLink("a/", "b"), "named like a directory"),
                story(
                        "a hard link called a directory",
                        new TarBytes().file("b", "x").hardLink("a/", "b"),
                        "named like a directory"),
                story(
                        "a file called a directory by its long name",
                        new TarBytes()
                                .extended('x', TarBytes.record("path", "a/"))
                                .file("a", ""),
                        "named like a directory"),
                story(
                        "a file called a directory by GNU's long name",
                        new TarBytes().extended('L', "a/").file("a", ""),
                        "named like a directory"),
                story(
                        "a file called a directory by its prefix",
                        new TarBytes().header(prefixed()),
                        "named like a directory"),
                story("an empty link", new TarBytes().symbolicLink("a", ""), "empty or too long"),
                story(
                        "two extended headers of one kind",
                        new TarBytes()
                                .extended('x', TarBytes.record("path", "a"))
                                .extended('x', TarBytes.record("path", "b"))
                                .file("c", "x"),
                        "two extended headers"),
                story(
                        "two long names",
                        new TarBytes()
                                .extended('x', TarBytes.record("path", "a"))
                                .extended('L', "b")
                                .file("c", "x"),
                        "two long names"),
                story(
                        "one record twice",
                        new TarBytes()
                                .extended('x', TarBytes.record("path", "a") + TarBytes.record("path", "b"))
                                .file("c", "x"),
                        "says 'path' twice"),
                story(
                        "a name with a zero byte",
                        new TarBytes()
                                .extended('x', TarBytes.record("path", "a\0b"))
                                .file("c", "x"),
                        "zero byte"),
                story(
                        "a negative size",
                        new TarBytes()
                                .extended('x', TarBytes.record("size", "-1"))
                                .file("c", "x"),
                        "size is not a number"),
                story(
                        "a malformed record",
                        new TarBytes().extended('x', "9999 a=b\n").file("c", "x"),
                        "malformed"),
                story(
                        "a record without length",
                        new TarBytes().extended('x', "path=b\n").file("c", "x"),
                        "malformed"),
                story(
                        "a global header that renames",
                        new TarBytes()
                                .extended('g', TarBytes.record("path", "a"))
                                .file("c", "x"),
                        "global header"),
                story(
                        "an extended header without an entry",
                        new TarBytes().extended('x', TarBytes.record("path", "a")),
                        "without an entry"),
                story("a huge extended header", new TarBytes().header(raw('x', 1 << 21)), "larger than 1048576"),
                story("a wrong checksum", new TarBytes().raw(raw('0', 0)), "wrong checksum"),
                story("a size that is not a number", new TarBytes().header(broken(124, "12x")), "size is not a number"),
                story("a negative binary size", new TarBytes().header(binary(124, 0xff)), "out of range"),
                story("a size beyond all bounds", new TarBytes().header(binary(124, 0xbf)), "out of range"),
                story(
                        "a GNU header that hides a prefix",
                        new TarBytes().header(gnuWithPrefix()),
                        "access time is not a number"),
                story("star's own format", new TarBytes().header(broken(508, "tar")), "format of star"),
                story("an id that Linux lacks", new TarBytes().header(binary(108, 0x80)), "id that Linux"),
                story(
                        "a long part of a path",
                        new TarBytes().extended('L', "n".repeat(256)).file("a", ""),
                        "255 bytes"),
                story(
                        "a long path",
                        new TarBytes().extended('L', "abc/".repeat(1025)).directory("a"),
                        "longer than 4096"),
                story(
                        "a deep path",
                        new TarBytes().extended('L', "a/".repeat(600)).directory("a"),
                        "deeper than 512"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("archives")
    void refusesHostileLayer(String story, TarBytes archive, String reason) throws Exception {
        TestImage image = new TestImage(folder).layer(archive.bytes());

        assertThatThrownBy(() -> read(image))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("layer 1 of 1, sha256:")
                .hasMessageContaining(reason);
    }

    @Test
    void absolutePathsLeadIntoTheImageAsInEngines() throws Exception {
        ImageFileSystem files = read(new TestImage(folder)
                .layer(new TarBytes().file("/etc/passwd", "x").bytes()));

        assertThat(ImageFileSystemTest.content(files, "/etc/passwd")).isEqualTo("x");
    }

    @Test
    void refusesFileThroughALinkOfAnEarlierLayer() throws Exception {
        TestImage image = new TestImage(folder)
                .layer(new TarBytes()
                        .directory("usr/bin/")
                        .symbolicLink("bin", "usr/bin")
                        .bytes())
                .layer(new TarBytes().file("bin/ls", "x").bytes());

        assertThatThrownBy(() -> read(image))
                .hasMessageContaining("layer 2 of 2")
                .hasMessageContaining("not a directory");
    }

    @Test
    void refusesHardLinkToAFileOfAnEarlierLayer() throws Exception {
        TestImage image = new TestImage(folder)
                .layer(new TarBytes().file("a", "x").bytes())
                .layer(new TarBytes().hardLink("b", "a").bytes());

        assertThatThrownBy(() -> read(image)).hasMessageContaining("of an earlier layer");
    }

    @Test
    void refusesArchiveThatGoesOnAfterItsEnd() throws Exception {
        byte[] first = new TarBytes().file("a", "shown").bytes();
        byte[] both = new TarBytes().raw(first).file("a", "hidden").bytes();

        assertThatThrownBy(() -> read(new TestImage(folder).layer(both))).hasMessageContaining("goes on after its end");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 512 + 3, 512 + 100})
    void refusesArchiveThatIsCutShort(int length) throws Exception {
        byte[] cut = Arrays.copyOf(new TarBytes().file("a", "content").unfinished(), length);

        assertThatThrownBy(() -> read(new TestImage(folder).layer(cut))).hasMessageContaining("is cut short");
    }

    @Test
    void refusesLayerThatIsNotTheConfigsDiffId() throws Exception {
        byte[] archive = new TarBytes().file("a", "x").bytes();
        Digest other = Digest.of(new TarBytes().file("a", "y").bytes());
        TestImage image = new TestImage(folder).layer(MediaTypes.OCI_LAYER_GZIP, TestImage.gzip(archive), other);

        assertThatThrownBy(() -> read(image))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("but the image's config names " + other);
    }

    @Test
    void refusesLayerLargerThanDeclared() throws Exception {
        byte[] blob = new TarBytes().file("a", "x").bytes();
        try (CompressedInput declared =
                new CompressedInput(new ByteArrayInputStream(blob), 512, Progress.SILENT.begin("", 0))) {
            assertThatThrownBy(declared::readAllBytes).hasMessage("is larger than the declared 512 bytes");
            assertThatThrownBy(declared::finish).hasMessage("is larger than the declared 512 bytes");
        }
        try (CompressedInput declared =
                new CompressedInput(new ByteArrayInputStream(blob), blob.length + 1, Progress.SILENT.begin("", 0))) {
            assertThatThrownBy(declared::finish).hasMessageContaining("but was declared with");
        }
    }

    @Test
    void refusesLayerWithOtherBytesInTheStore() throws Exception {
        byte[] archive = new TarBytes().file("a", "x").bytes();
        byte[] blob = TestImage.gzip(archive);
        TestImage image = new TestImage(folder).layer(MediaTypes.OCI_LAYER_GZIP, blob, Digest.of(archive));
        Path stored = folder.resolve("blobs/sha256/" + Digest.of(blob).hex());
        blob[4] ^= 1;
        Files.write(stored, blob);

        assertThatThrownBy(() -> read(image)).isInstanceOf(AirworthyException.class);
    }

    @Test
    void missingLayerIsUndecided() throws Exception {
        Descriptor absent = Descriptor.of(MediaTypes.OCI_LAYER, new byte[] {1});
        TestImage image = new TestImage(folder).declare(absent, absent.digest());

        assertThatThrownBy(() -> read(image)).isInstanceOf(UndecidedException.class);
    }

    @Test
    void refusesGzipBomb() {
        Descriptor layer = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of(new byte[0]), Long.MAX_VALUE);
        assertThatThrownBy(() -> {
                    try (InputStream zeros = new ZeroMembers();
                            LayerStream stream = LayerStream.of(
                                    zeros, layer, layer.digest(), 1L << 40, Progress.SILENT.begin("", -1))) {
                        stream.transferTo(java.io.OutputStream.nullOutputStream());
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a compression bomb");
    }

    @Test
    void refusesMoreUncompressedBytesThanAllowed() {
        Descriptor layer = new Descriptor(MediaTypes.OCI_LAYER, Digest.of(new byte[0]), Long.MAX_VALUE);
        assertThatThrownBy(() -> {
                    try (InputStream zeros = new ZeroMembers();
                            LayerStream stream =
                                    LayerStream.of(zeros, layer, layer.digest(), 1000, Progress.SILENT.begin("", -1))) {
                        stream.transferTo(java.io.OutputStream.nullOutputStream());
                    }
                })
                .hasMessage("is larger than 1000 bytes uncompressed");
    }

    /** Each time the layer is small enough for the bytes that it may become without reason. */
    @Test
    void refusesLayersThatAreABombOnlyTogether() throws Exception {
        byte[] archive = new byte[150 * 1024 * 1024];
        byte[] layer = Samples.gzip(archive);
        TestImage once =
                new TestImage(folder.resolve("once")).layer(MediaTypes.OCI_LAYER_GZIP, layer, Digest.of(archive));
        TestImage twice = new TestImage(folder.resolve("twice"))
                .layer(MediaTypes.OCI_LAYER_GZIP, layer, Digest.of(archive))
                .layer(MediaTypes.OCI_LAYER_GZIP, layer, Digest.of(archive));

        read(once);
        assertThatThrownBy(() -> read(twice)).hasMessageContaining("bytes uncompressed");
    }

    @Test
    void refusesGarbageAsGzip() throws Exception {
        byte[] garbage = {1, 2, 3};
        TestImage image = new TestImage(folder).layer(MediaTypes.OCI_LAYER_GZIP, garbage, Digest.of(garbage));

        assertThatThrownBy(() -> read(image)).hasMessageContaining("is not valid gzip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MediaTypes.OCI_LAYER_ZSTD,
                "application/vnd.in-toto+json",
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
            })
    void refusesLayersThatItCannotRead(String mediaType) throws Exception {
        TestImage image = new TestImage(folder).layer(mediaType, new byte[] {1}, Digest.of(new byte[] {1}));

        assertThatThrownBy(() -> read(image)).hasMessageContaining("'" + mediaType + "' cannot be tested");
    }

    @Test
    void interruptionEndsTheReading() throws Exception {
        TestImage image =
                new TestImage(folder).layer(new TarBytes().file("a", "x").bytes());
        var made = image.make();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> ImageFileSystem.read(image.store(), made, Progress.SILENT))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private static ImageFileSystem read(TestImage image) throws Exception {
        return ImageFileSystem.read(image.store(), image.make(), Progress.SILENT);
    }

    private static Arguments story(String name, TarBytes archive, String reason) {
        return arguments(name, archive, reason);
    }

    private static byte[] raw(char type, long size) {
        return TarBytes.header("a", type, 0644, 0, 0, size, "");
    }

    private static byte[] broken(int at, String text) {
        byte[] block = raw('0', 0);
        TarBytes.put(block, at, text);
        return block;
    }

    private static byte[] binary(int at, int first) {
        byte[] block = raw('0', 0);
        block[at] = (byte) first;
        return block;
    }

    private static byte[] prefixed() {
        byte[] header = raw('0', 0);
        TarBytes.put(header, 345, "a");
        Arrays.fill(header, 0, 100, (byte) 0);
        return header;
    }

    private static byte[] gnuWithPrefix() {
        byte[] block = raw('0', 0);
        TarBytes.put(block, 257, "ustar  \0");
        TarBytes.put(block, 345, "etc/cron.d");
        return block;
    }

    /** The same compressed megabyte of zeros, again and again. */
    private static final class ZeroMembers extends InputStream {
        private final byte[] member;
        private int at;

        ZeroMembers() throws Exception {
            member = TestImage.gzip(new byte[1 << 20]);
        }

        @Override
        public int read() {
            int b = member[at] & 0xff;
            at = (at + 1) % member.length;
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int some = Math.min(length, member.length - at);
            System.arraycopy(member, at, buffer, offset, some);
            at = (at + some) % member.length;
            return some;
        }
    }
}
