package io.jenkins.plugins.airworthy.packaging;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The product's own image, made, signed and promoted by the product: it is the program of the tar.gz, and runs. */
class ProductImageIT {
    @TempDir
    Path folder;

    @Test
    void isMadeFromTheArchiveAndRunsAsItIsPromoted() throws Exception {
        String made = new Tool(Path.of(".ci/product-image").toAbsolutePath())
                .run(folder, Map.of("JAVA_HOME", System.getProperty("java.home")), folder.toString())
                .succeeded()
                .out();
        assertThat(made)
                .containsSubsequence(
                        "passed   signature",
                        "passed   provenance",
                        "passed   tests",
                        "passed   user",
                        "promoted oci:production/airworthy:1");

        Tool.require("umoci")
                .run(folder, Map.of(), "raw", "unpack", "--image", "production/airworthy:1", "root")
                .succeeded();
        Path root = folder.resolve("root");
        assertThat(root.resolve("app/airworthy.jar"))
                .hasSameBinaryContentAs(folder.resolve("unpacked/lib/airworthy.jar"));
        assertThat(new RootFolder(root)
                        .run("/opt/java/bin/java", "-jar", "/app/airworthy.jar", "--version")
                        .succeeded()
                        .out())
                .isEqualTo("airworthy " + ArchiveFilesIT.version() + "\n");
    }
}
