package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The build's own hand: a workspace and an environment that hide findings. Each is first shown to work on a Trivy that is
 * simply called there, so that these tests can fail.
 */
class HostileWorkspaceIT {
    private static final String FINDING = "CVE-2021-44228";

    private static final Map<String, String> VARIABLES = Map.of(
            "TRIVY_SEVERITY", "LOW",
            "TRIVY_IGNOREFILE", "ignore",
            "TRIVY_CONFIG", "other.yaml",
            "TRIVY_SCANNERS", "secret",
            "TRIVY_SKIP_FILES", "**/*.jar",
            "TRIVY_IGNORE_STATUS", "fixed",
            "TRIVY_PKG_TYPES", "os",
            "TRIVY_IGNORE_POLICY", "ignore.rego",
            "TRIVY_VEX", "vex.json");

    @TempDir
    Path folder;

    private Path workspace;
    private Path cache;
    private String image;

    @BeforeEach
    void prepare() throws Exception {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        cache = TrivyTestCache.copy(folder.resolve("cache"));
        Path images = folder.resolve("images");
        SampleImage.withLog4Shell()
                .with("app/credentials", "token = " + SampleImage.PLANTED + "\n")
                .in(images, "bad");
        image = images.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".trivyignore      | CVE-2021-44228              | CVE-2021-44228",
                "trivy.yaml        | severity: [LOW]             | CVE-2021-44228",
                "trivy.yaml        | ignorefile: ignore          | CVE-2021-44228",
                "trivy-secret.yaml | disable-rules: [github-pat] | github-pat"
            })
    void aFileInTheWorkspaceHidesAFindingFromATrivyThatRunsThere(String name, String content, String finding)
            throws Exception {
        Files.writeString(workspace.resolve("ignore"), FINDING + "\n");
        Files.writeString(workspace.resolve(name), content + "\n");

        assertThat(naive(Map.of())).doesNotContain("\"" + finding + "\"");
    }

    @ParameterizedTest
    @MethodSource("variables")
    void aVariableHidesAFindingFromATrivyThatRunsThere(String name, String value) throws Exception {
        writeWhatVariablesName();

        assertThat(naive(Map.of(name, value))).doesNotContain("\"" + FINDING + "\"");
    }

    @Test
    void ourScanFindsWhatTheyHide() throws Exception {
        writeWhatVariablesName();
        Files.writeString(workspace.resolve(".trivyignore"), FINDING + "\n");
        Files.writeString(workspace.resolve("trivy.yaml"), "severity: [LOW]\nignorefile: ignore\n");
        Files.writeString(workspace.resolve("trivy-secret.yaml"), "disable-rules: [github-pat]\n");

        assertThat(ours(VARIABLES)).contains("\"" + FINDING + "\"").contains("\"github-pat\"");
    }

    @Test
    void aFakeTrivyFirstOnPathIsPassedOver() throws Exception {
        Path fake = workspace.resolve("trivy");
        Files.writeString(fake, "#!/bin/sh\necho fake was here >> " + workspace.resolve("trace") + "\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("trivy"), fake);
        String real = Tool.require("trivy").executable().getParent().toString();
        String path = String.join(
                File.pathSeparator, "", ".", workspace.toString(), bin.toString(), real, System.getenv("PATH"));

        new Tool(Path.of("/bin/sh")).run(workspace, Map.of("PATH", path), "-c", "trivy --version");
        assertThat(workspace.resolve("trace")).exists();
        Files.delete(workspace.resolve("trace"));

        assertThat(ours(Map.of("PATH", path))).contains("\"" + FINDING + "\"");
        assertThat(workspace.resolve("trace")).doesNotExist();
    }

    static Stream<Arguments> variables() {
        return VARIABLES.entrySet().stream().map(v -> Arguments.of(v.getKey(), v.getValue()));
    }

    private void writeWhatVariablesName() throws Exception {
        Files.writeString(workspace.resolve("ignore"), FINDING + "\n");
        Files.writeString(workspace.resolve("other.yaml"), "severity: [LOW]\n");
        Files.writeString(workspace.resolve("ignore.rego"), "package trivy\ndefault ignore = true\n");
        Files.writeString(workspace.resolve("vex.json"), """
                {"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://example.com/vex","author":"a",
                 "timestamp":"2026-11-01T00:00:00Z","version":1,"statements":[{"vulnerability":{"name":"CVE-2021-44228"},
                  "products":[{"@id":"pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"}],
                  "status":"not_affected","justification":"vulnerable_code_not_present"}]}""");
    }

    private String naive(Map<String, String> environment) throws Exception {
        return Tool.require("trivy")
                .run(
                        workspace,
                        environment,
                        "image",
                        "--cache-dir",
                        cache.toString(),
                        "--skip-db-update",
                        "--skip-java-db-update",
                        "--offline-scan",
                        "--skip-version-check",
                        "--disable-telemetry",
                        "--format",
                        "json",
                        "--input",
                        image)
                .succeeded()
                .out();
    }

    private String ours(Map<String, String> environment) throws Exception {
        Map<String, String> all = new TreeMap<>(environment);
        all.putIfAbsent(
                "PATH", Tool.require("trivy").executable().getParent() + File.pathSeparator + System.getenv("PATH"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        ScanProgram.Said said = ScanProgram.run(workspace, temporary, all, "oci:" + image + ":bad", cache.toString());
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(temporary).isEmptyDirectory();
        return said.out();
    }
}
