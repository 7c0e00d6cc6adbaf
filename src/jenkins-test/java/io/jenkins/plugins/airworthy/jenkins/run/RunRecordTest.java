package io.jenkins.plugins.airworthy.jenkins.run;

import hudson.model.Result;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyGeneration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedVerdict;
import io.jenkins.plugins.airworthy.jenkins.run.signing.RunSigner;
import io.jenkins.plugins.airworthy.policy.Decision;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A run's record in a Jenkins that is restarted, asked through its API, and edited behind its back. */
class RunRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Digest DIGEST = Digest.of("an image".getBytes(UTF_8));

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static ImageReference reference() throws InvalidInputException {
        return ImageReference.parse("registry.example.com/staging/shop:1");
    }

    private static WorkflowRun run(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition("echo 'built'", true));
        return jenkins.buildAndAssertStatus(Result.SUCCESS, job);
    }

    private static WorkflowRun sameRun(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("shop", WorkflowJob.class).getBuildByNumber(1);
    }

    private static Statement provenance() {
        return new Statement(
                new Subject(Optional.of("shop"), DIGEST),
                Optional.of(new Observation(Observer.CONTROLLER, NOW)),
                PredicateTypes.PROVENANCE,
                StrictJson.object().put("content", "built"));
    }

    private static RecordedVerdict verdict() throws InvalidInputException {
        var json = StrictJson.object();
        json.put("mode", "enforce")
                .put("decision", "FAILED")
                .putObject("policy")
                .put("name", "production");
        json.putArray("items")
                .addObject()
                .put("id", "signature")
                .put("status", "FAILED")
                .put("reason", "<b>no signature</b>")
                .putArray("evidence");
        return new RecordedVerdict(reference(), DIGEST, Optional.empty(), Decision.FAILED, json, NOW, Optional.empty());
    }

    private static Path recordFile(WorkflowRun run) {
        return run.getRootDir().toPath().resolve("airworthy/record.json");
    }

    @Test
    void survivesARestartIsServedAndRefusesEdits() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            assertThat(ImageRecord.find(run)).isEmpty();
            ImageRecord record = ImageRecord.of(run);
            record.built(reference(), DIGEST, ParallelPath.NONE, provenance(), "built on agent linux-1");
            assertThat(record.judged(verdict())).isEqualTo(1);
            assertThat(ImageRecord.of(run)).isSameAs(record);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = sameRun(jenkins);
            ImageRecord record = ImageRecord.find(run).orElseThrow();
            assertThat(LastImage.of(record).digest()).isEqualTo(DIGEST);
            assertThat(record.statements(LastImage.of(record))).containsExactly(provenance());
            assertThat(RunOrigin.of(run).kinds()).containsExactly(RunKind.INLINE);
            assertServed(jenkins, run);
            assertRefusesToSign(run, record);
            Files.writeString(
                    recordFile(run), Files.readString(recordFile(run)).replace("\"built\":true", "\"built\":false"));
        });
        sessions.then(jenkins -> {
            WorkflowRun run = sameRun(jenkins);
            assertThatThrownBy(() -> LastImage.of(run))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("was not written by this controller");
        });
    }

    private static void assertServed(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        String api = jenkins.getJSON(run.getUrl() + "airworthy/api/json").getContentAsString();
        assertThat(api)
                .contains("\"decision\":\"FAILED\"")
                .contains("\"policy\":\"production\"")
                .contains("\"reason\":\"<b>no signature</b>\"")
                .contains("\"reference\":\"registry.example.com/staging/shop:1\"");
        var document = jenkins.createWebClient().goTo(run.getUrl() + "airworthy/verdicts/1.json", "application/json");
        assertThat(document.getWebResponse().getContentAsString())
                .isEqualTo(new String(StrictJson.write(verdict().json()), UTF_8));
        assertThat(document.getWebResponse().getResponseHeaderValue("X-Content-Type-Options"))
                .isEqualTo("nosniff");
        for (String none : List.of("2.json", "0.json", "1.json/x", "..%2F..%2Fbuild.xml")) {
            jenkins.createWebClient().assertFails(run.getUrl() + "airworthy/verdicts/" + none, 404);
        }
    }

    /** The script was typed into the job, so the release key signs nothing of it unless an administrator says so. */
    private static void assertRefusesToSign(WorkflowRun run, ImageRecord record) throws Exception {
        KeyEntry key = new KeyGeneration(InstantSource.system()).generate("release");
        key.setRoles(List.of(KeyRole.values()));
        AirworthyConfiguration.get().setKeys(List.of(key));
        RunSigner desk = new RunSigner(run);
        assertThatThrownBy(() -> desk.sign(LastImage.of(record), null, Progress.SILENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("accept 'A run of a script typed into the job' (INLINE in code)")
                .hasMessageContaining("keep it in source control");
        assertThatThrownBy(() -> desk.attest(
                        LastImage.of(record),
                        PredicateTypes.VULNERABILITIES,
                        "{}".getBytes(UTF_8),
                        null,
                        Progress.SILENT))
                .hasMessageContaining("is reserved for what airworthy itself observes");
        RecordedImage forged = new RecordedImage(
                reference(), Digest.of("of another run".getBytes(UTF_8)), List.of(), List.of(), List.of());
        assertThatThrownBy(() -> desk.sign(forged, null, Progress.SILENT))
                .hasMessageContaining("is not an image of this run");
    }
}
