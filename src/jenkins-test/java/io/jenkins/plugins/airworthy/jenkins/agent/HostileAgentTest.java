package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.model.Result;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.ConfiguredStores;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.PendingStatement;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import javax.tools.ToolProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An agent whose owner exchanged our classes on it: instead of doing the work it returns whatever lies in a file. What it says is
 * refused when anything can be found out about it.
 */
@WithJenkins
class HostileAgentTest {
    /** In place of the class that carries work: the same name, the same form on the wire, another mind. */
    private static final String LIAR = """
            package io.jenkins.plugins.airworthy.jenkins.agent;

            final class AgentCall implements jenkins.agents.ControllerToAgentCallable<Object, InterruptedException> {
                private static final long serialVersionUID = 1;
                private final AgentWork work;
                private final hudson.model.TaskListener listener;

                AgentCall(AgentWork work, hudson.model.TaskListener listener) {
                    this.work = work;
                    this.listener = listener;
                }

                @Override
                public Object call() throws InterruptedException {
                    java.nio.file.Path lie = java.nio.file.Path.of("LIE");
                    try {
                        if (java.nio.file.Files.exists(lie)) {
                            String text = java.nio.file.Files.readString(lie);
                            return text.equals("object") ? new java.util.ArrayList<>(java.util.List.of(1)) : text.getBytes("UTF-8");
                        }
                        return AgentAnswer.of(work.run(io.jenkins.plugins.airworthy.Progress.SILENT));
                    } catch (java.io.IOException | io.jenkins.plugins.airworthy.AirworthyException e) {
                        throw new IllegalStateException("a message\\n[airworthy] Promoted", e);
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void refusesFalseAnswersOfAHostileAgent(JenkinsRule jenkins) throws Exception {
        try (Laboratory laboratory = new Laboratory(jenkins, folder)) {
            laboratory.scanWithTrivy();
            Path lie = folder.resolve("lie");
            laboratory.agentWith(compiled(lie), "one");
            String build = "node('one') {\n" + laboratory.buildVulnerable("good") + "}";
            String scan = "node('one') { imageScan image: '" + laboratory.host() + "/staging/app:good' }";
            laboratory.run(Result.SUCCESS, build);
            laboratory.run(
                    Result.SUCCESS,
                    "node('one') { sh 'echo other > other'; imageBuild to: '" + laboratory.host()
                            + "/staging/app:other', base: 'scratch', files: ['other:/other', 'other:/app/other'] }");
            Digest good = digest(laboratory, "good").digest();
            Digest other = digest(laboratory, "other").digest();

            assertRefused(laboratory, jenkins, lie, build, answer(other), other + " is not what was to be built");
            assertRefused(laboratory, jenkins, lie, build, answer(Digest.of(new byte[0])), "imageBuild: ");
            assertRefused(
                    laboratory,
                    jenkins,
                    lie,
                    build,
                    "{\"answer\":{\"digest\":\"latest\"}}",
                    "'latest' is not a digest");
            assertRefused(
                    laboratory,
                    jenkins,
                    lie,
                    build,
                    "{\"answer\":{\"digest\":\"" + good + "\",\"signed\":true}}",
                    "the answer of agent one");
            assertRefused(laboratory, jenkins, lie, build, "object", "agent one");
            assertRefused(laboratory, jenkins, lie, build, "no JSON", "the answer of agent one");
            assertRefused(laboratory, jenkins, lie, scan, answer(good), "the answer of agent one");
            assertRefused(
                    laboratory, jenkins, lie, scan, "{\"answer\":{\"schemaVersion\":1,\"scans\":[]}}", "is empty");
            assertRefused(
                    laboratory,
                    jenkins,
                    lie,
                    scan,
                    cleanReportOf(digest(laboratory, "other"), good),
                    "is about another image");
        }
    }

    private static void assertRefused(
            Laboratory laboratory, JenkinsRule jenkins, Path lie, String script, String answer, String message)
            throws Exception {
        Files.writeString(lie, answer);
        WorkflowRun run = laboratory.run(Result.FAILURE, script);
        jenkins.assertLogContains(message, run);
        assertThat(ImageRecord.of(run).images())
                .flatExtracting(image -> image.statements())
                .extracting(PendingStatement::predicateType)
                .isEmpty();
        Files.delete(lie);
    }

    private static String answer(Digest digest) {
        return "{\"answer\":{\"digest\":\"" + digest + "\"}}";
    }

    private static ResolvedImage digest(Laboratory laboratory, String tag) throws Exception {
        ImageReference reference = ImageReference.parse(laboratory.host() + "/staging/app:" + tag);
        try (ImageStore store = new ConfiguredStores(
                        RegistryStores.only(List.of(RegistrySettings.of(laboratory.host()))))
                .open(reference)) {
            return ImageReader.read(store, reference);
        }
    }

    /** A clean report of another image, handed in for this one. */
    private static String cleanReportOf(ResolvedImage other, Digest image) {
        String config = other.platforms().get(0).manifest().config().digest().toString();
        return """
                {"answer":{"schemaVersion":1,"scans":[{"image":"%s","vulnerabilities":{
                 "invocation":{"parameters":["scanners=vuln,secret,misconfig,license",
                   "severities=UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL","imported=false"],"uri":"","event_id":"","builder.id":""},
                 "scanner":{"uri":"https://github.com/aquasecurity/trivy","version":"0.74.0",
                   "db":{"uri":"https://github.com/aquasecurity/trivy-db","version":""},
                   "result":{"SchemaVersion":2,"ArtifactType":"container_image","CreatedAt":"2026-11-02T09:00:00Z",
                     "Metadata":{"ImageID":"%s"}}},
                 "metadata":{"scanStartedOn":"2026-11-02T09:00:00Z","scanFinishedOn":"2026-11-02T09:00:00Z"}}}]}}
                """.formatted(image, config);
    }

    /** The liar, which reads the file of this name. */
    private Path compiled(Path lie) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("liar"));
        Path source = Files.writeString(sources.resolve("AgentCall.java"), LIAR.replace("LIE", lie.toString()));
        Path classes = Files.createDirectories(folder.resolve("liar-classes"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        Laboratory.classPath(),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(status).isZero();
        return classes;
    }
}
