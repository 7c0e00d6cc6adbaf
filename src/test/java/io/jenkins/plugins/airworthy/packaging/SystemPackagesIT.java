package io.jenkins.plugins.airworthy.packaging;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The Debian package and the RPM, installed by dpkg and rpm into roots of their own, used there, and removed again. */
class SystemPackagesIT {
    private static final String NAME = "airworthy-" + ArchiveFilesIT.version();

    @TempDir
    Path folder;

    @Test
    void dpkgInstallsItWhereThereIsAJavaAndRemovesItWhole() throws Exception {
        RootFolder root = RootFolder.withJava(folder);
        Path admin = Files.createDirectories(folder.resolve("var/lib/dpkg"));
        for (String part : new String[] {"info", "updates", "triggers"}) {
            Files.createDirectories(admin.resolve(part));
        }
        Files.writeString(admin.resolve("status"), "");

        Tool.Outcome refused = dpkg("-i", packed(".deb"));
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("java17-runtime-headless");
        dpkg("--purge", "airworthy").succeeded();

        Files.writeString(admin.resolve("status"), """
                Package: a-java
                Status: install ok installed
                Architecture: all
                Version: 21
                Maintainer: a test <test@example.com>
                Provides: java17-runtime-headless
                Description: stands for a Java of Debian's

                """);
        dpkg("-i", packed(".deb")).succeeded();
        works(root, "usr/share/zsh/vendor-completions/_airworthy");
        assertThat(Files.readString(admin.resolve("triggers/File"))).contains("/usr/lib/jvm airworthy");
        assertThat(dpkg("--verify", "airworthy").succeeded().out()).isEmpty();

        dpkg("-r", "airworthy").succeeded();
        gone();
    }

    @Test
    void rpmInstallsItWhereThereIsAJavaAndRemovesItWhole() throws Exception {
        RootFolder root = RootFolder.withJava(folder);
        rpm("--initdb").succeeded();
        Tool.Outcome refused = rpm("-i", packed(".rpm"));
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("java-headless >= 1:17");

        Path spec = Files.writeString(folder.resolve("tmp/a-java.spec"), """
                Name: a-java
                Version: 21
                Release: 1
                Summary: stands for a Java and a shell of Fedora's
                License: MIT
                BuildArch: noarch
                Provides: java-headless = 1:21.0.1
                Provides: /bin/sh
                %description
                Nothing.
                %files
                """);
        Tool.require("rpmbuild")
                .run(
                        folder,
                        Map.of(),
                        "--quiet",
                        "--define",
                        "_topdir " + folder.resolve("tmp/build"),
                        "-bb",
                        spec.toString())
                .succeeded();
        rpm("-i", folder.resolve("tmp/build/RPMS/noarch/a-java-21-1.noarch.rpm").toString())
                .succeeded();
        rpm("-i", packed(".rpm")).succeeded();
        works(root, "usr/share/zsh/site-functions/_airworthy");
        assertThat(rpm("-V", "airworthy").succeeded().out()).isEmpty();

        rpm("-e", "airworthy").succeeded();
        gone();
    }

    /** The program, its pages and completions, and the class archive that the installation made. */
    private void works(RootFolder root, String zsh) throws Exception {
        assertThat(root.run("/usr/bin/airworthy", "--version").succeeded().out())
                .isEqualTo("airworthy " + ArchiveFilesIT.version() + "\n");
        for (String file : new String[] {
            "usr/share/man/man1/airworthy.1",
            "usr/share/man/man1/airworthy-key-generate.1",
            "usr/share/man/man1/airworthy-prepare.1",
            "usr/share/bash-completion/completions/airworthy",
            "usr/share/fish/vendor_completions.d/airworthy.fish",
            zsh
        }) {
            assertThat(folder.resolve(file)).isNotEmptyFile();
        }
        try (Stream<Path> archives = Files.list(folder.resolve("var/cache/airworthy"))) {
            assertThat(archives).hasSize(1);
        }
        assertThat(root.run("/bin/sh", "-c", "/usr/bin/airworthy-prepare --system")
                        .succeeded()
                        .out())
                .startsWith("ready    /var/cache/airworthy/");
    }

    private void gone() throws Exception {
        assertThat(folder.resolve("usr/bin/airworthy")).doesNotExist();
        assertThat(folder.resolve("var/cache/airworthy")).doesNotExist();
        if (Files.exists(folder.resolve("usr"))) {
            try (Stream<Path> left = Files.walk(folder.resolve("usr"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    private static String packed(String ending) {
        return InstalledTree.BUILT.resolveSibling(NAME + ending).toString();
    }

    private Tool.Outcome dpkg(String... arguments) throws InterruptedException {
        return installer("dpkg", "--root=" + folder, arguments);
    }

    private Tool.Outcome rpm(String... arguments) throws InterruptedException {
        return installer("rpm", "--root=" + folder, arguments);
    }

    private Tool.Outcome installer(String program, String root, String... arguments) throws InterruptedException {
        String[] words = Stream.concat(Stream.of(root), Stream.of(arguments)).toArray(String[]::new);
        return Tool.require(program)
                .run(
                        folder,
                        Map.of("LD_LIBRARY_PATH", "/opt/java/lib", "JAVA_HOME", "/opt/java", "LC_ALL", "C"),
                        words);
    }
}
