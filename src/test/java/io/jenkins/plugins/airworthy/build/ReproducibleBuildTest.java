package io.jenkins.plugins.airworthy.build;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The same files give the same image, wherever and whenever it is built. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "changes the environment with a POSIX shell")
class ReproducibleBuildTest {
    /** The configs' digests of this build on every machine; they change only with what an image holds. */
    private static final List<String> CONFIGS = List.of(
            "sha256:4f2ef301612d080b54d68d025ba8bc34c9ea51e2fa014086a3e2f9ef71a0db78",
            "sha256:0ae95a144202af7333ee68133822c283381c719fd2b679dd2ef955d6b6f2e708");

    @TempDir
    Path folder;

    private Path sources;
    private BuiltImage built;

    @BeforeEach
    void build() throws Exception {
        sources = Sources.application(folder.resolve("sources"));
        built = BuildOnce.build(sources, folder.resolve("target").toString());
    }

    @Test
    void givesTheSameDigestOnEveryMachine() {
        assertThat(built.platforms())
                .extracting(image -> image.config().digest().toString())
                .isEqualTo(CONFIGS);
    }

    @Test
    void doesNotDependOnTimesPermissionsOrPlaceOfTheSources() throws Exception {
        Path other = Sources.application(folder.resolve("elsewhere/with another name"));
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(other)) {
            walk.forEach(all::add);
        }
        int second = 1;
        for (Path path : all) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rwxrwxrwx"));
            Files.setLastModifiedTime(path, FileTime.fromMillis(1_700_000_000_000L + 1_234L * second++));
        }
        assertThat(BuildOnce.build(other, folder.resolve("target2").toString()).descriptor())
                .isEqualTo(built.descriptor());
    }

    @Test
    void doesNotDependOnTheOrderInWhichFilesWereMade() throws Exception {
        Path forwards = Files.createDirectory(folder.resolve("forwards"));
        Path backwards = Files.createDirectory(folder.resolve("backwards"));
        List<String> names = new ArrayList<>(List.of("run.sh"));
        for (int i = 0; i < 200; i++) {
            names.add("file-" + i * 7919 % 1_000);
        }
        write(forwards, names);
        Collections.reverse(names);
        write(backwards, names);
        assertThat(BuildOnce.build(backwards, folder.resolve("b").toString()).descriptor())
                .isEqualTo(BuildOnce.build(forwards, folder.resolve("f").toString())
                        .descriptor());
    }

    @Test
    void doesNotDependOnTimeZoneLocaleUmaskOrTemporaryFolder() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        String digest = BuildOnce.inAnotherProcess(
                "umask 077; export TZ=Pacific/Chatham LC_ALL=C;",
                List.of(
                        "-Duser.timezone=Asia/Kathmandu",
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Dfile.encoding=ISO-8859-1",
                        "-Djava.io.tmpdir=" + temporary),
                sources,
                folder.resolve("target2"));
        assertThat(digest).isEqualTo(built.descriptor().digest().toString());
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void worksUnderALocaleWithDigitsOfItsOwnAndLeavesItToOthers() throws Exception {
        String digest = BuildOnce.inAnotherProcess(
                "", List.of("-Duser.language=ar", "-Duser.country=EG"), sources, folder.resolve("target2"));
        assertThat(digest).isEqualTo(built.descriptor().digest() + " under ar_EG, where 64 is \u0666\u0664");
    }

    @Test
    void refusesNamesThatTheLocaleDoesNotShowFaithfully() throws Exception {
        Files.writeString(sources.resolve("größe.txt"), "");
        String utf8 = BuildOnce.inAnotherProcess("export LC_ALL=C.UTF-8;", List.of(), sources, folder.resolve("t2"));
        String ascii = BuildOnce.inAnotherProcess("export LC_ALL=C;", List.of(), sources, folder.resolve("t3"));
        assertThat(utf8).startsWith("sha256:");
        assertThat(ascii).startsWith("InvalidInputException").contains("run with a UTF-8 locale");
    }

    @Test
    void saysThatTheDiskIsFullAndLeavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        byte[] noise = new byte[2_000_000];
        new Random(1).nextBytes(noise);
        Files.write(sources.resolve("noise"), noise);
        // A limit on the size of files fails a write in the middle, as a full disk does.
        String outcome = BuildOnce.inAnotherProcess(
                "ulimit -f 1000;", List.of("-Djava.io.tmpdir=" + temporary), sources, folder.resolve("target2"));
        assertThat(outcome)
                .startsWith("UndecidedException")
                .contains("could not be written to " + temporary)
                .contains("-Djava.io.tmpdir");
        assertThat(temporary).isEmptyDirectory();
        assertThat(folder.resolve("target2")).doesNotExist();
    }

    private static void write(Path where, List<String> names) throws IOException {
        for (String name : names) {
            Files.writeString(where.resolve(name), "content of " + name);
        }
    }
}
