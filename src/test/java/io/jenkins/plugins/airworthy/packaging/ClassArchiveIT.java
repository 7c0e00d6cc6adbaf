package io.jenkins.plugins.airworthy.packaging;

import io.jenkins.plugins.airworthy.cli.Main;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The class archive that bin/airworthy-prepare makes: what is in it runs, so it is used only where nobody else can have made it. */
@ParameterizedClass
@ValueSource(strings = {"dash", "busybox sh"})
class ClassArchiveIT {
    private static final String OPTION = "-XX:SharedArchiveFile=";

    private final String shell;

    @TempDir
    Path folder;

    private InstalledTree tree;
    private Path archives;

    ClassArchiveIT(String shell) {
        this.shell = shell;
    }

    @BeforeEach
    void install() throws IOException {
        Path home = folder.resolve("home");
        archives = home.resolve(".cache/airworthy");
        tree = InstalledTree.withoutProgram(folder.resolve("airworthy"), shell)
                .at(home)
                .with("JAVA_HOME", FakeJava.of(folder.resolve("java"), "17.0.15"));
    }

    @Test
    void isMadeOnceInAPrivateFolderAndUsed() throws Exception {
        assertThat(used(tree)).isFalse();
        assertThat(tree.prepare().succeeded().out())
                .startsWith("made     " + archives.toRealPath().getParent());
        Path archive = archive();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archives)))
                .isEqualTo("rwx------");
        assertThat(archive.getFileName().toString()).matches("[0-9a-f]{64}-17-[0-9]+\\.[0-9]+");
        assertThat(tree.run("verify").succeeded().out()).contains(OPTION + archive, "-XX:+VerifySharedSpaces");
        assertThat(tree.prepare().succeeded().out()).startsWith("ready    ");
        assertThat(archive()).isEqualTo(archive);
    }

    @Test
    void isAnAheadOfTimeCacheForJava25() throws Exception {
        InstalledTree newer = tree.with("JAVA_HOME", FakeJava.of(folder.resolve("java25"), "25.0.3"));
        newer.prepare().succeeded();
        assertThat(newer.run("verify").succeeded().out()).contains("-XX:AOTCache=" + archive());
    }

    @Test
    void ofAnotherJarIsNotUsed() throws Exception {
        tree.prepare().succeeded();
        Files.writeString(tree.folder().resolve("lib/airworthy.jar.sha256"), "0".repeat(64) + "  airworthy.jar\n");
        assertThat(used(tree)).isFalse();
    }

    @Test
    void ofAnotherBuildOfTheSameJavaIsNotUsed() throws Exception {
        tree.prepare().succeeded();
        FakeJava.of(folder.resolve("java"), "17.0.16");
        assertThat(used(tree)).isFalse();
    }

    @Test
    void ofTheSameJarElsewhereIsNotUsed() throws Exception {
        tree.prepare().succeeded();
        Path moved = Files.move(tree.folder(), folder.resolve("moved"));
        assertThat(used(new InstalledTree(moved, tree.shell(), tree.environment())))
                .isFalse();
    }

    @Test
    void thatIsShorterThanItWasIsNotUsed() throws Exception {
        tree.prepare().succeeded();
        Files.writeString(archive(), "classes");
        assertThat(used(tree)).isFalse();
    }

    @Test
    void isNotUsedWhereTheUserAsksForAnother() throws Exception {
        tree.prepare().succeeded();
        assertThat(used(tree.with("JDK_JAVA_OPTIONS", "-XX:SharedArchiveFile=other.jsa")))
                .isFalse();
    }

    /** Whoever can write to the folder, or rename one above it, chooses what runs. */
    @ParameterizedTest
    @CsvSource({
        ".cache/airworthy,rwxrwxrwx",
        ".cache/airworthy,rwxrwx---",
        ".cache/airworthy,rwxr-xr-x",
        ".cache,rwxrwxrwx",
        ".,rwxrwxr-x"
    })
    void inAFolderThatOthersCanWriteToIsNeitherUsedNorMade(String part, String permissions) throws Exception {
        tree.prepare().succeeded();
        Path open = folder.resolve("home").resolve(part);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(permissions));
        assertThat(used(tree)).isFalse();
        Files.delete(archive());
        Tool.Outcome outcome = tree.prepare();
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err()).contains("another user could write to").hasLineCount(1);
        assertThat(archives).isEmptyDirectory();
    }

    @Test
    void behindASymbolicLinkIsNotUsed() throws Exception {
        tree.prepare().succeeded();
        Path elsewhere = Files.move(archives, folder.resolve("elsewhere"));
        Files.createSymbolicLink(archives, elsewhere);
        assertThat(used(tree)).isFalse();
    }

    @Test
    void ofAnotherUserIsNotUsed() throws Exception {
        tree.prepare().succeeded();
        Tool chown = Tool.require("chown");
        if (chown.run(folder, java.util.Map.of(), "65532", archives.toString()).exit() != 0) {
            org.junit.jupiter.api.Assumptions.abort("SKIPPED: only root can give a folder away");
        }
        assertThat(used(tree)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/none", "/dev/null", "relative", ""})
    void withoutAHomeNothingIsSaidAndNothingLacks(String home) throws Exception {
        InstalledTree homeless = tree.with("HOME", home);
        Tool.Outcome outcome = homeless.run("verify").succeeded();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).doesNotContain(OPTION);
        Tool.Outcome prepared = homeless.prepare();
        assertThat(prepared.exit()).isEqualTo(3);
        assertThat(prepared.err()).contains("airworthy works without").hasLineCount(1);
    }

    @Test
    void thatCouldNotBeMadeLeavesNothingBehind() throws Exception {
        Path java = FakeJava.of(folder.resolve("refusing"), "17");
        Files.writeString(java.resolve("bin/java"), "#!/bin/sh\necho 'no archive today' >&2\nexit 1\n");
        Tool.Outcome outcome = tree.with("JAVA_HOME", java).prepare();
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err()).contains("no archive today");
        assertThat(archives).isEmptyDirectory();
    }

    private boolean used(InstalledTree launcher) throws InterruptedException {
        Tool.Outcome outcome = launcher.run("verify").succeeded();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains(Main.class.getName() + "\nverify\n");
        return outcome.out().contains(OPTION);
    }

    private Path archive() throws IOException {
        try (Stream<Path> files = Files.list(archives.toRealPath())) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
