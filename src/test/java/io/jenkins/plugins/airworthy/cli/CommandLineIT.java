package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged program as a process: exit statuses, streams, start-up. */
class CommandLineIT {
    private static final String IMAGE = "oci:staging/app:1.0";
    private static final String TARGET = "oci:production/app:1.0";

    @TempDir
    static Path folder;

    private static Jar jar;
    private static String policy;

    @BeforeAll
    static void makeAnImage() throws Exception {
        jar = new Jar(folder);
        policy = SignedImage.make(jar, IMAGE).policy("oci:staging/{app}", "oci:production/{app}");
    }

    @Test
    void passingEndsWithZeroAndWritesOneJsonDocumentAlone() throws Exception {
        Tool.Outcome verified =
                jar.run("verify", IMAGE, "--policy", policy, "--trust", SignedImage.TRUST, "--format", "json");
        assertThat(verified.exit()).as(verified.err()).isZero();
        JsonNode verdict = json(verified);
        assertThat(verdict.at("/decision").textValue()).isEqualTo("PASSED");
        assertThat(verdict.at("/schemaVersion").intValue()).isEqualTo(1);
    }

    @Test
    void promotionEndsWithZeroAndTheTargetHasTheSameDigest() throws Exception {
        Tool.Outcome promoted = jar.run(
                "promote",
                IMAGE,
                TARGET,
                "--policy",
                policy,
                "--trust",
                SignedImage.TRUST,
                "--key",
                SignedImage.KEY,
                "--format=json");
        assertThat(promoted.exit()).as(promoted.err()).isZero();
        Tool.Outcome there = jar.run("evidence", TARGET, "--trust", SignedImage.TRUST, "--format=json")
                .succeeded();
        assertThat(json(there).at("/digest")).isEqualTo(json(promoted).at("/digest"));
        assertThat(json(there).at("/verified").findValuesAsText("predicateType"))
                .contains("https://slsa.dev/verification_summary/v1", "https://sigstore.dev/cosign/sign/v1");
    }

    @Test
    void theSameFilesAreTheSameImageWhereNumbersHaveOtherDigits() throws Exception {
        String[] build = {"build", "--base=scratch", "--file=app.txt:/app.txt", "--to=oci:digits:1.0", "--format=json"};
        Tool.Outcome here = jar.run(build).succeeded();
        Tool.Outcome there = jar.runWith(List.of("-Duser.language=ar", "-Duser.country=EG"), build);
        assertThat(there.exit()).as(there.err()).isZero();
        assertThat(json(there).at("/digest").textValue())
                .startsWith("sha256:")
                .isEqualTo(json(here).at("/digest").textValue());
    }

    @Test
    void aRefusalEndsWithOneAndWritesNothing() throws Exception {
        jar.run("key", "generate", "--output", "other").succeeded();
        Tool.Outcome refused = jar.run(
                "promote",
                IMAGE,
                "oci:production/refused:1.0",
                "--policy",
                policy,
                "--trust",
                "release=other.pub",
                "--format=json");
        assertThat(refused.exit()).as(refused.err()).isEqualTo(1);
        assertThat(json(refused).at("/promoted").booleanValue()).isFalse();
        assertThat(folder.resolve("production/refused")).doesNotExist();
    }

    @Test
    void aFailedTestEndsWithOneAndIsAttachedAllTheSame() throws Exception {
        String image = "oci:failing/app:1.0";
        SignedImage.make(jar, image);
        Files.createDirectories(folder.resolve("reports"));
        Files.writeString(folder.resolve("reports/TEST-a.xml"), """
                <testsuite name="a" tests="1" failures="1">
                  <testcase name="adds" classname="a.SumTest"><failure message="2 + 2 was 5"/></testcase>
                </testsuite>
                """);
        Tool.Outcome tested =
                jar.run("test", image, "--junit", "reports/*.xml", "--key", SignedImage.KEY, "--format=json");
        assertThat(tested.exit()).as(tested.err()).isEqualTo(1);
        assertThat(json(tested).at("/attached")).hasSize(1);
        Tool.Outcome old = jar.run("test", image, "--junit", "reports/*.xml", "--junit-since", "2999-01-01T00:00:00Z");
        assertThat(old.exit()).as(old.err()).isEqualTo(2);
        assertThat(jar.run("test", image, "--junit", "reports/*.xml", "--junit-since", "soon")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void wrongUseEndsWithTwoAndUndecidedWithThree() throws Exception {
        assertThat(jar.run("promote", IMAGE).exit()).isEqualTo(2);
        assertThat(jar.run("verify", IMAGE, "--policy", "absent.yaml", "--trust", SignedImage.TRUST)
                        .exit())
                .isEqualTo(2);
        assertThat(jar.run("verify", "oci:staging/app:9", "--policy", policy, "--trust", SignedImage.TRUST)
                        .exit())
                .isEqualTo(3);
        Tool.Outcome unreachable = jar.run(
                "verify", "localhost:1/app:1", "--policy", policy, "--trust", SignedImage.TRUST, "--format=json");
        assertThat(unreachable.exit()).isEqualTo(3);
        assertThat(json(unreachable).at("/error/exitStatus").intValue()).isEqualTo(3);
        assertThat(unreachable.err()).contains("localhost:1");
    }

    @Test
    void saysWhichKeyOfThePolicyIsMissing() throws Exception {
        Tool.Outcome verified = jar.run("verify", IMAGE, "--policy", policy, "--trust", "other=release.pub");
        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.err())
                .contains("the policy trusts the key 'release'")
                .contains("--trust release=FILE");
    }

    @Test
    void whatIsPipedHasNoColours() throws Exception {
        Tool.Outcome verified = jar.run("verify", IMAGE, "--policy", policy, "--trust", SignedImage.TRUST);
        assertThat(verified.out() + verified.err()).contains("PASSED").doesNotContain("\u001b");
    }

    @Test
    void failsWhenTheResultCannotBeWritten() throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "SKIPPED: this system has no /dev/full");
        ProcessBuilder builder = new ProcessBuilder(
                        Jar.command(List.of(), "evidence", IMAGE, "--trust", SignedImage.TRUST))
                .directory(folder.toFile())
                .redirectOutput(full.toFile());
        assertThat(builder.start().waitFor()).isEqualTo(3);
    }

    @Test
    void printsItsVersion() throws Exception {
        Tool.Outcome version = jar.run("version", "--format=json").succeeded();
        assertThat(json(version).at("/commit").asText("none")).matches("none|[0-9a-f]{40}");
        if (Files.exists(Path.of(".git"))) {
            assertThat(json(version).has("commit")).isTrue();
        }
        assertThat(jar.run("--version").succeeded().out()).matches("airworthy [0-9][0-9A-Za-z.-]*\\R");
    }

    /** Each of these libraries takes longer to load than the whole verdict. */
    @Test
    void aVerdictLoadsNoLibraryThatItDoesNotNeed() throws Exception {
        Tool.Outcome verified = jar.runWith(
                List.of("-Xlog:class+load:file=classes.log"),
                "verify",
                IMAGE,
                "--policy",
                policy,
                "--trust",
                SignedImage.TRUST);
        assertThat(verified.exit()).as(verified.err()).isZero();
        assertThat(Files.readString(folder.resolve("classes.log")))
                .contains("io.jenkins.plugins.airworthy.cli.VerifyCommand")
                .doesNotContain(
                        " org.bouncycastle.",
                        " dev.cel.",
                        " com.google.",
                        " com.sun.jna.",
                        " com.fasterxml.jackson.databind.ObjectMapper ",
                        " java.net.http.HttpClient ");
    }

    /** As docs/cli.md says. */
    @Test
    void startsFromAClassArchive() throws Exception {
        String[] verify = {"verify", IMAGE, "--policy", policy, "--trust", SignedImage.TRUST};
        jar.runWith(List.of("-XX:ArchiveClassesAtExit=airworthy.jsa"), verify).succeeded();
        List<String> options = List.of("-Xshare:on", "-XX:SharedArchiveFile=airworthy.jsa", "-XX:TieredStopAtLevel=1");
        assertThat(jar.runWith(options, verify).succeeded().out()).contains("PASSED");
    }

    private static JsonNode json(Tool.Outcome outcome) throws Exception {
        return StrictJson.parse(outcome.out().getBytes(StandardCharsets.UTF_8), "standard output", 16 << 20);
    }
}
