package io.jenkins.plugins.airworthy.testing.files;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.testing.TestImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ImageFileSystemTest {
    @TempDir
    Path folder;

    @Test
    void showsOwnersPermissionsAndKinds() throws Exception {
        ImageFileSystem files = read(new TarBytes()
                .directory("./", 0755, 0, 0)
                .directory("tmp/", 01777, 0, 0)
                .file("bin/su", "x", 04755, 0, 42)
                .file("bin/wall", "x", 02755, 0, 5)
                .file("home/me/.profile", "x", 0600, 1000, 1001)
                .symbolicLink("sh", "bin/su")
                .header(TarBytes.header("fifo", '6', 0640, 0, 0, 0, ""))
                .header(device("null", '3'))
                .header(device("sda", '4')));

        assertThat(found(files, "/").permissions()).isEqualTo("drwxr-xr-x");
        assertThat(found(files, "/tmp").permissions()).isEqualTo("dtrwxrwxrwx");
        assertThat(found(files, "/bin/su").permissions()).isEqualTo("urwxr-xr-x");
        assertThat(found(files, "/bin/su").gid()).isEqualTo(42);
        assertThat(found(files, "bin/wall").permissions()).isEqualTo("grwxr-xr-x");
        assertThat(found(files, "/home/me/.profile").permissions()).isEqualTo("-rw-------");
        assertThat(found(files, "/home/me/.profile").uid()).isEqualTo(1000);
        assertThat(found(files, "/home/me").permissions()).isEqualTo("drwxr-xr-x");
        assertThat(found(files, "/sh").permissions()).isEqualTo("Lrwxrwxrwx");
        assertThat(found(files, "/fifo").permissions()).isEqualTo("prw-r-----");
        assertThat(found(files, "/null").permissions()).isEqualTo("Dcrw-rw-rw-");
        assertThat(found(files, "/sda").permissions()).isEqualTo("Drw-rw-rw-");
    }

    @Test
    void laterLayersReplaceHideAndAdd() throws Exception {
        ImageFileSystem files = read(
                new TarBytes()
                        .file("keep", "old")
                        .file("replaced", "old")
                        .file("hidden", "old")
                        .file("dir/hidden", "old")
                        .file("dir/kept", "old")
                        .file("opaque/old", "old")
                        .file("opaque/sub/old", "old")
                        .file("tree/a/b", "old")
                        .file("file-to-dir", "old")
                        .directory("merged/", 0700, 1, 1)
                        .file("merged/old", "old"),
                new TarBytes()
                        .file("replaced", "new", 0755, 7, 8)
                        .file(".wh.hidden", "")
                        .file("dir/.wh.hidden", "")
                        .file("opaque/sub/new", "new")
                        .file("opaque/.wh..wh..opq", "")
                        .file("opaque/new", "new")
                        .file("tree", "new")
                        .directory("file-to-dir/")
                        .directory("merged/", 0750, 2, 2)
                        .file("merged/new", "new"));

        assertThat(content(files, "/keep")).isEqualTo("old");
        assertThat(content(files, "/replaced")).isEqualTo("new");
        assertThat(found(files, "/replaced").uid()).isEqualTo(7);
        assertThat(files.find("/hidden")).isInstanceOf(Lookup.Absent.class);
        assertThat(files.find("/.wh.hidden")).isInstanceOf(Lookup.Absent.class);
        assertThat(files.list(found(files, "/dir"))).containsOnlyKeys("kept");
        assertThat(files.list(found(files, "/opaque"))).containsOnlyKeys("new", "sub");
        assertThat(files.list(found(files, "/opaque/sub"))).containsOnlyKeys("new");
        assertThat(found(files, "/tree").kind()).isEqualTo(ImageFile.Kind.FILE);
        assertThat(files.find("/tree/a")).isInstanceOf(Lookup.Absent.class);
        assertThat(files.list(found(files, "/file-to-dir"))).isEmpty();
        assertThat(files.list(found(files, "/merged"))).containsOnlyKeys("new", "old");
        assertThat(found(files, "/merged").permissions()).isEqualTo("drwxr-x---");
    }

    @Test
    void whiteoutThenFileInOneLayerShowsTheFile() throws Exception {
        ImageFileSystem files = read(
                new TarBytes().file("a/b", "old"),
                new TarBytes().file(".wh.a", "").file("a", "new"));

        assertThat(content(files, "/a")).isEqualTo("new");
    }

    @Test
    void hardLinksShareOneFileUntilOneIsReplaced() throws Exception {
        ImageFileSystem files = read(
                new TarBytes().file("a", "first").hardLink("b", "a").hardLink("c", "/b"),
                new TarBytes().file("a", "second"));

        assertThat(content(files, "/a")).isEqualTo("second");
        assertThat(content(files, "/b")).isEqualTo("first");
        assertThat(found(files, "/c")).isSameAs(found(files, "/b"));
    }

    @Test
    void symbolicLinksAreFollowedInsideTheImage() throws Exception {
        ImageFileSystem files = read(new TarBytes()
                .file("usr/bin/date", "date")
                .file("etc/passwd", "the image's")
                .symbolicLink("bin", "usr/bin")
                .symbolicLink("out", "../../../etc/passwd")
                .symbolicLink("usr/bin/up", "../../out")
                .symbolicLink("absolute", "/usr/bin/up")
                .symbolicLink("dangling", "/nowhere"));

        assertThat(content(files, "/bin/date")).isEqualTo("date");
        assertThat(content(files, "/absolute")).isEqualTo("the image's");
        assertThat(content(files, "/bin/../../../etc/passwd")).isEqualTo("the image's");
        assertThat(found(files, "/dangling").kind()).isEqualTo(ImageFile.Kind.SYMBOLIC_LINK);
        assertThat(files.follow("/dangling")).isEqualTo(new Lookup.Absent("'nowhere' does not exist"));
        assertThat(files.find("/etc/passwd/x")).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void aSlashAtTheEndMeansADirectory() throws Exception {
        ImageFileSystem files = read(new TarBytes()
                .file("etc/passwd", "x")
                .symbolicLink("file", "etc/passwd")
                .symbolicLink("directory", "etc")
                .symbolicLink("slash", "etc/passwd/"));

        assertThat(files.find("/etc/passwd/")).isInstanceOf(Lookup.Absent.class);
        assertThat(files.find("/etc/passwd/.")).isInstanceOf(Lookup.Absent.class);
        assertThat(files.find("/file/")).isInstanceOf(Lookup.Absent.class);
        assertThat(files.follow("/slash")).isInstanceOf(Lookup.Absent.class);
        assertThat(found(files, "/directory/").isDirectory()).isTrue();
        assertThat(found(files, "//etc//./passwd").kind()).isEqualTo(ImageFile.Kind.FILE);
    }

    @Test
    void linksThatNeverEndAreNeitherThereNorAbsent() throws Exception {
        ImageFileSystem files = read(
                new TarBytes().symbolicLink("a", "b").symbolicLink("b", "a").symbolicLink("c", "c/c"));

        assertThat(files.follow("/a")).isInstanceOf(Lookup.Unreachable.class);
        assertThat(files.find("/a/x")).isInstanceOf(Lookup.Unreachable.class);
        assertThat(files.follow("/c")).isInstanceOf(Lookup.Unreachable.class);
    }

    @Test
    void linkOfAnEarlierLayerIsReplacedByADirectory() throws Exception {
        ImageFileSystem files = read(
                new TarBytes().file("usr/bin/ls", "x").symbolicLink("bin", "usr/bin"),
                new TarBytes().directory("bin/").file("bin/mine", "x"));

        assertThat(files.list(found(files, "/bin"))).containsOnlyKeys("mine");
    }

    @Test
    void directoryThatALayerOnlyImpliesKeepsItsOwnerUnderDispute() throws Exception {
        ImageFileSystem files = read(new TarBytes().directory("tmp/", 01777, 0, 0), new TarBytes().file("tmp/x", "x"));

        assertThat(found(files, "/tmp").permissions()).isEqualTo("dtrwxrwxrwx");
        assertThat(found(files, "/tmp").dispute()).isPresent();
        assertThat(found(files, "/tmp/x").dispute()).isEmpty();
    }

    @Test
    void hardLinkWithAnotherModeIsDisputed() throws Exception {
        ImageFileSystem files =
                read(new TarBytes().file("a", "x", 0644, 0, 0).header(TarBytes.header("b", '1', 0777, 0, 0, 0, "a")));

        assertThat(found(files, "/a").dispute()).isPresent();
    }

    @Test
    void understandsLongNamesOfPosixAndGnu() throws Exception {
        String deep = "d/".repeat(120) + "ä".repeat(100);
        ImageFileSystem files = read(new TarBytes()
                .extended('x', TarBytes.record("path", deep) + TarBytes.record("uid", "70000"))
                .file("short", "posix")
                .extended('L', deep + "2\0")
                .file("short", "gnu")
                .extended('K', deep + "2\0")
                .symbolicLink("link", "short")
                .extended('x', TarBytes.record("linkpath", deep))
                .hardLink("hard", "short")
                .header(prefixed("name", "pre/fix"))
                .extended('g', TarBytes.record("comment", "made by git"))
                .header(old("old-directory/")));

        assertThat(content(files, deep)).isEqualTo("posix");
        assertThat(found(files, deep).uid()).isEqualTo(70_000);
        assertThat(content(files, deep + "2")).isEqualTo("gnu");
        assertThat(content(files, "/link")).isEqualTo("gnu");
        assertThat(content(files, "/hard")).isEqualTo("posix");
        assertThat(found(files, "/pre/fix/name").isDirectory()).isTrue();
        assertThat(found(files, "/old-directory").isDirectory()).isTrue();
    }

    @Test
    void understandsNumbersInGnusBinaryForm() throws Exception {
        byte[] block = TarBytes.header("big", '0', 0644, 0, 0, 3, "");
        block[108] = (byte) 0x80;
        block[112] = 0;
        block[113] = 0x0f;
        block[114] = 0;
        block[115] = 1;
        java.util.Arrays.fill(block, 109, 112, (byte) 0);
        ImageFileSystem files = read(new TarBytes().header(block).content("abc".getBytes(StandardCharsets.UTF_8)));

        assertThat(found(files, "/big").uid()).isEqualTo(0x0f0001);
    }

    @Test
    void readsPlainDockerAndManyMemberGzipLayers() throws Exception {
        byte[] plain = new TarBytes().file("plain", "1").bytes();
        byte[] docker = new TarBytes().file("docker", "2").bytes();
        byte[] members = new TarBytes().file("members", "3".repeat(5000)).bytes();
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        for (int at = 0; at < members.length; at += 700) {
            gzip.writeBytes(
                    TestImage.gzip(java.util.Arrays.copyOfRange(members, at, Math.min(at + 700, members.length))));
        }
        TestImage image = new TestImage(folder)
                .docker()
                .layer(MediaTypes.OCI_LAYER, plain, Digest.of(plain))
                .layer(MediaTypes.DOCKER_LAYER_GZIP, TestImage.gzip(docker), Digest.of(docker))
                .layer(MediaTypes.OCI_LAYER_GZIP, gzip.toByteArray(), Digest.of(members));
        ImageFileSystem files = ImageFileSystem.read(image.store(), image.make(), Progress.SILENT);

        assertThat(content(files, "/plain")).isEqualTo("1");
        assertThat(content(files, "/docker")).isEqualTo("2");
        assertThat(content(files, "/members")).hasSize(5000);
    }

    @Test
    void imageWithoutLayersHasOnlyARoot() throws Exception {
        ImageFileSystem files = read();

        assertThat(files.list(found(files, "/"))).isEmpty();
    }

    private ImageFileSystem read(TarBytes... layers) throws Exception {
        TestImage image = new TestImage(folder);
        for (TarBytes layer : layers) {
            image.layer(layer.bytes());
        }
        return ImageFileSystem.read(image.store(), image.make(), Progress.SILENT);
    }

    static ImageFile found(ImageFileSystem files, String path) {
        assertThat(files.find(path)).as(path).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) files.find(path)).file();
    }

    static String content(ImageFileSystem files, String path) throws Exception {
        Lookup lookup = files.follow(path);
        assertThat(lookup).as(path).isInstanceOf(Lookup.Found.class);
        ImageFile file = ((Lookup.Found) lookup).file();
        Map<ImageFile, String> contents = new HashMap<>();
        files.contents(Set.of(file), (f, bytes) -> contents.put(f, new String(bytes, StandardCharsets.UTF_8)));
        return contents.get(file);
    }

    private static byte[] device(String name, char type) {
        byte[] block = TarBytes.header(name, type, 0666, 0, 0, 0, "");
        TarBytes.put(block, 329, "0000001\0" + "0000003\0");
        return block;
    }

    private static byte[] prefixed(String name, String prefix) {
        byte[] block = TarBytes.header(name, '5', 0755, 0, 0, 0, "");
        TarBytes.put(block, 345, prefix);
        return block;
    }

    /** Without a magic number and a type. */
    private static byte[] old(String name) {
        byte[] block = TarBytes.header(name, '\0', 0755, 0, 0, 0, "");
        java.util.Arrays.fill(block, 257, 265, (byte) 0);
        return block;
    }
}
