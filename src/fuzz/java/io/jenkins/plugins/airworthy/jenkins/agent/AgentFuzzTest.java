package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.policy.Given;
import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestReport;
import io.jenkins.plugins.airworthy.testing.TestReportJson;
import io.jenkins.plugins.airworthy.testing.structure.StructureTests;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What agents answer, and paths that jobs name. */
public final class AgentFuzzTest {
    private static final PlatformImage PLATFORM = Given.image();
    private static final ResolvedImage IMAGE = new ResolvedImage(
            Given.reference(Given.STAGING + ":1.0"),
            PLATFORM.manifest().descriptor(),
            PLATFORM.manifest(),
            List.of(PLATFORM),
            List.of());
    private static final byte[] TESTS = "schemaVersion: '2.0.0'\nmetadataTest:\n  user: '1000'\n".getBytes(UTF_8);

    @TestFactory
    Stream<DynamicTest> everyAnswerIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("agent-answer", Form.JSON, input -> AgentAnswer.read(input, Target.SOURCE))
                        .at(Target.Pace.FAST)
                        .seeds("{\"answer\":{\"digest\":\"sha256:" + "ab".repeat(32) + "\"}}")
                        .others("{\"refused\":\"why\"}", "{\"undecided\":\"why\"}")
                        .words("answer", "refused", "undecided"),
                Target.of("structure-answer", Form.JSON, AgentFuzzTest::readStructure)
                        .names(Target.SOURCE + "|suite")
                        .seeds(List.of(structure()))
                        .words(
                                "platforms",
                                "digest",
                                "reports",
                                "suite",
                                "files",
                                "tests",
                                "PASSED",
                                "FAILED",
                                "SKIPPED"),
                Target.of("test-file", Form.JSON, input -> TestFile.read(
                                        StrictJson.parseObject(input, Target.SOURCE, 1 << 22))
                                .tests())
                        .names("")
                        .seeds(List.of(
                                StrictJson.write(TestFile.of("a.yaml", TESTS).toJson())))
                        .words("name", "content", "AAAA"),
                Target.ofText("workspace-path", AgentFuzzTest::resolve)
                        .at(Target.Pace.SLOW)
                        .names("outside|link|path")
                        .seeds("target/app.jar", "a/../b", ".")
                        .words("..", "../", "/", "/etc/passwd", "out", "out/passwd", "~", "./", "\0"));
    }

    private static StructureTests tests() throws InvalidInputException {
        return StructureTests.parse(TESTS, "a.yaml");
    }

    private static byte[] structure() {
        try {
            Optional<String> digest = Optional.of(Digest.of(TESTS).hex());
            TestReport report = new TestReport(
                    "a.yaml",
                    List.of(new io.jenkins.plugins.airworthy.evidence.TestResult.Configuration("a.yaml", digest)),
                    List.of(new TestCase("Metadata Test", TestCase.Status.PASSED, List.of())));
            ObjectNode json = StrictJson.object();
            ObjectNode platform = json.putArray(StructureWork.PLATFORMS)
                    .addObject()
                    .put(StructureWork.DIGEST, PLATFORM.digest().toString());
            platform.putArray(StructureWork.REPORTS).add(TestReportJson.write(report));
            return StrictJson.write(json);
        } catch (RuntimeException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readStructure(byte[] input) throws AirworthyException {
        Map<Digest, List<TestReport>> read = StructureAnswer.read(
                StrictJson.parseObject(input, Target.SOURCE, AgentAnswer.MAX_BYTES), IMAGE, List.of(tests()));
        hold(read.keySet().equals(java.util.Set.of(PLATFORM.digest())), "reports about another image");
        hold(
                read.get(PLATFORM.digest())
                        .get(0)
                        .files()
                        .get(0)
                        .sha256()
                        .equals(Optional.of(Digest.of(TESTS).hex())),
                "a report of other tests");
    }

    /** Made when it is first needed: a workspace with a link that leads out of it. */
    private static final class Workspace {
        private static final WorkspacePaths PATHS = make();

        private static WorkspacePaths make() {
            try {
                Path folder = Files.createTempDirectory("airworthy-fuzz");
                Path link = Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    link.toFile().delete();
                    folder.toFile().delete();
                }));
                return WorkspacePaths.at(folder.toString());
            } catch (IOException | AirworthyException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
    }

    private static void resolve(String text) throws AirworthyException {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("no path", e);
        }
        Path found = Workspace.PATHS.resolveFully(path, "the path");
        hold(found.startsWith(Workspace.PATHS.root()), "leads out of the workspace: " + found);
    }
}
