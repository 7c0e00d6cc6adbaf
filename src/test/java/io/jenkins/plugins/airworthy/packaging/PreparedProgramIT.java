package io.jenkins.plugins.airworthy.packaging;

import io.jenkins.plugins.airworthy.cli.Jar;
import io.jenkins.plugins.airworthy.cli.SignedImage;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The launcher with the Java that runs this test, before and after the class archive is made, and after it was damaged. */
class PreparedProgramIT {
    @TempDir
    Path folder;

    @Test
    void judgesTheSameWithAnArchiveWithoutOneAndWithADamagedOne() throws Exception {
        InstalledTree tree = InstalledTree.whole(folder.resolve("airworthy"), "dash")
                .at(folder.resolve("home"))
                .with("LANG", "C")
                .with("JAVA_HOME", System.getProperty("java.home"));
        SignedImage image = SignedImage.make(new Jar(tree.folder()), "oci:staging/app:1.0");
        Files.move(
                tree.folder().resolve(image.policy("oci:staging/{app}", "oci:production/{app}")),
                tree.folder().resolve("prüfliste.yaml"));
        String without = verdict(tree);
        tree.prepare().succeeded();
        assertThat(verdict(tree)).isEqualTo(without);

        Path archive;
        try (Stream<Path> files = Files.list(folder.resolve("home/.cache/airworthy"))) {
            archive = files.findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(archive);
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
        for (int at : new int[] {0, 20, 200, 4_200, whole.length / 3, whole.length / 2, whole.length - 5_000}) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x20;
            Files.write(archive, damaged);
            assertThat(verdict(tree)).as("byte " + at).isEqualTo(without);
        }
        Files.write(archive, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(verdict(tree)).as("half of it").isEqualTo(without);
        Files.write(archive, new byte[whole.length]);
        assertThat(verdict(tree)).as("zeroes").isEqualTo(without);
    }

    /** An archive that Java does not use would be felt and not seen. Making one asks nobody. */
    @Test
    void takesTheClassesForLayoutsAndRegistriesFromTheArchive() throws Exception {
        Path log = folder.resolve("classes.log");
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InstalledTree tree = InstalledTree.whole(folder.resolve("airworthy"), "dash")
                    .at(folder.resolve("home"))
                    .with("JAVA_HOME", System.getProperty("java.home"))
                    .with("HTTP_PROXY", "http://127.0.0.1:" + proxy.getLocalPort())
                    .with("AIRWORTHY_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
            tree.prepare().succeeded();
            proxy.setSoTimeout(1);
            assertThatThrownBy(proxy::accept).isInstanceOf(SocketTimeoutException.class);
            tree.run(
                    "verify",
                    "oci:lib/training/image:1",
                    "127.0.0.1:1/image:1",
                    "--policy=lib/training/policy.yaml",
                    "--trust=training=lib/training/training.pub");
        }
        Map<Boolean, List<String>> ours;
        try (Stream<String> lines = Files.lines(log)) {
            ours = lines.filter(line -> line.contains(" io.jenkins.plugins.airworthy."))
                    .collect(Collectors.partitioningBy(line -> line.endsWith("source: shared objects file (top)")));
        }
        assertThat(ours.get(true))
                .hasSizeGreaterThan(20 * ours.get(false).size())
                .anyMatch(line -> line.contains(".RegistryStores "))
                .anyMatch(line -> line.contains(".LayoutStore "));
    }

    private static String verdict(InstalledTree tree) throws InterruptedException {
        Tool.Outcome outcome = tree.run(
                        "verify",
                        "oci:staging/app:1.0",
                        "--policy",
                        "prüfliste.yaml",
                        "--trust",
                        SignedImage.TRUST,
                        "-q")
                .succeeded();
        assertThat(outcome.err()).isEmpty();
        return outcome.out();
    }
}
