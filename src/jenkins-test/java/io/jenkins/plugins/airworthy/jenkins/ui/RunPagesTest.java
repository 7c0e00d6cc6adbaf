package io.jenkins.plugins.airworthy.jenkins.ui;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Items;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.run.LastImage;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedVerdict;
import io.jenkins.plugins.airworthy.jenkins.run.record.SignatureEntry;
import io.jenkins.plugins.airworthy.jenkins.ui.run.RecentVerdictsListener;
import io.jenkins.plugins.airworthy.policy.Decision;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages of runs and jobs. All that they show was chosen by strangers. */
@WithJenkins
class RunPagesTest {
    private JenkinsRule jenkins;
    private FreeStyleProject job;
    private FreeStyleBuild run;

    @BeforeEach
    void runAJob(JenkinsRule rule) throws Exception {
        this.jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("stranger")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        job = rule.createFreeStyleProject("app");
        job.setDisplayName("app " + HostileText.SCRIPT);
        run = rule.buildAndAssertSuccess(job);
        run.setDisplayName("#1 " + HostileText.SCRIPT);
    }

    @Test
    void hostileVerdictsStayTextOnEveryPage() throws Exception {
        recordVerdict(run);

        try (Visitor reader = new Visitor(jenkins, "reader")) {
            String page = reader.getHarmless(run.getUrl() + "airworthy/");
            assertThat(page).contains("1 of 4 items failed, 1 waived.").contains("verdicts/1.json");
            assertThat(page)
                    .contains("data-label=\"Evidence\"")
                    .doesNotContainPattern("<td data-label=\"[^\"]*\">\\s*</td>");
            reader.getHarmless(run.getUrl());
            String jobPage = reader.getHarmless(job.getUrl() + "airworthy/");
            assertThat(jobPage).contains("<svg").contains("Nothing, in the last build.");
            assertThat(reader.get(run.getUrl() + "airworthy/verdicts/1.json")).contains("\"schemaVersion\":1");
        }
    }

    @Test
    void aRefusalBecauseNothingWasSignedSaysSoAsTheLogDoes() throws Exception {
        ImageReference image = ImageReference.parse("reg.example.com/app:1");
        Digest digest = Digest.parse(HostileText.DIGEST);
        ObjectNode predicate = StrictJson.object();
        Statement provenance = new Statement(
                new Subject(Optional.of("app"), digest),
                Optional.of(new Observation(Observer.CONTROLLER, Instant.EPOCH)),
                PredicateTypes.PROVENANCE,
                predicate);
        ImageRecord.of(run).built(image, digest, ParallelPath.NONE, provenance, "built on agent one");
        recordVerdict(run);

        String sentence = "imageSign was not called for this image in this run";
        try (Visitor reader = new Visitor(jenkins, "reader")) {
            assertThat(reader.getHarmless(run.getUrl() + "airworthy/")).contains(sentence);
            assertThat(reader.getHarmless(run.getUrl())).contains(sentence);
        }
    }

    @Test
    void hostileSummariesStayTextAndFullStatementsCanBeRead() throws Exception {
        ImageRecord record = ImageRecord.of(run);
        ImageReference image = ImageReference.parse("reg.example.com/app:1");
        Digest digest = new Digest("b".repeat(64));
        ObjectNode predicate = StrictJson.object();
        predicate.put("text", HostileText.SCRIPT);
        Statement statement = new Statement(
                new Subject(Optional.of("app"), digest),
                Optional.of(new Observation(Observer.BUILD_AGENT, Instant.EPOCH)),
                PredicateTypes.VULNERABILITIES,
                predicate);
        record.observed(image, digest, ParallelPath.NONE, KeyRole.SCAN, statement, HostileText.SCRIPT);
        Digest payload = Digest.of(statement.toBytes());
        record.signed(
                LastImage.of(record),
                new SignatureEntry(
                        statement.predicateType(),
                        digest,
                        payload,
                        HostileText.SCRIPT,
                        HostileText.SCRIPT,
                        digest,
                        Instant.EPOCH));

        try (Visitor reader = new Visitor(jenkins, "reader")) {
            String page = reader.getHarmless(run.getUrl() + "airworthy/");
            assertThat(page).contains("statements/" + payload.hex() + ".json");
            assertThat(reader.get(run.getUrl() + "airworthy/statements/" + payload.hex() + ".json"))
                    .isEqualTo(new String(statement.toBytes(), java.nio.charset.StandardCharsets.UTF_8));
            for (String other : List.of("c".repeat(64) + ".json", "..%2Frecord.json", "", payload.hex())) {
                assertThat(reader.status(run.getUrl() + "airworthy/statements/" + other))
                        .as(other)
                        .isIn(400, 404);
            }
        }
    }

    @Test
    void pagesAreForThoseWhoMaySeeTheJob() throws Exception {
        recordVerdict(run);

        try (Visitor stranger = new Visitor(jenkins, "stranger")) {
            assertThat(stranger.status(run.getUrl() + "airworthy/")).isEqualTo(404);
            assertThat(stranger.status(job.getUrl() + "airworthy/")).isEqualTo(404);
        }
    }

    @Test
    void recentVerdictsAreThoseOfJobsThatThePersonMaySee() throws Exception {
        recordVerdict(run);
        RecentVerdictsListener.get().onCompleted(run, hudson.model.TaskListener.NULL);

        try (Visitor admin = new Visitor(jenkins, "admin");
                Visitor stranger = new Visitor(jenkins, "stranger")) {
            String page = admin.getHarmless("manage/airworthy/");
            assertThat(page).contains("#verdict-1");
            assertThat(Visitor.read(page)).contains("app #1");
            assertThat(Visitor.read(stranger.get("manage/airworthy/")))
                    .contains("No build that you may see")
                    .doesNotContain("app #1");
        }
    }

    /** Row 10: a run record edited on disk. */
    @Test
    void reportsAnEditedRecordAndDoesNotShowIt() throws Exception {
        recordVerdict(run);
        Path verdict = run.getRootDir().toPath().resolve("airworthy/verdicts/1.json");
        Files.writeString(verdict, Files.readString(verdict).replace("\"FAILED\"", "\"PASSED\""));

        try (Visitor reader = new Visitor(jenkins, "reader")) {
            assertThat(reader.get(run.getUrl() + "airworthy/"))
                    .contains("was changed since it was written and is not believed")
                    .doesNotContain("Raw verdict");
            assertThat(reader.get(job.getUrl() + "airworthy/")).contains("No image was judged");
        }
    }

    @Test
    void aJobThatWasRenamedAndMovedKeepsItsPage() throws Exception {
        recordVerdict(run);
        jenkins.buildAndAssertSuccess(job);
        job.doReload();
        assertThat(job.getLastBuild()).isNotNull();
        job.renameTo("renamed");
        Folder folder = jenkins.jenkins.createProject(Folder.class, "team");
        Items.move(job, folder);
        jenkins.buildAndAssertSuccess(job);

        try (Visitor reader = new Visitor(jenkins, "reader")) {
            assertThat(reader.get(job.getUrl() + "airworthy/"))
                    .contains("in the last 3 builds")
                    .contains("<svg");
            assertThat(reader.get("job/team/job/renamed/1/airworthy/")).contains("1 of 4 items failed");
        }
    }

    @Test
    void aRunWithoutImagesHasNoPage() throws Exception {
        try (Visitor reader = new Visitor(jenkins, "reader")) {
            assertThat(reader.get(run.getUrl())).doesNotContain("href=\"airworthy/\"");
            assertThat(reader.get(job.getUrl() + "airworthy/")).contains("No image was judged in the last build.");
        }
    }

    private static void recordVerdict(FreeStyleBuild run) throws Exception {
        ImageRecord.of(run)
                .judged(new RecordedVerdict(
                        ImageReference.parse("reg.example.com/app:1"),
                        Digest.parse(HostileText.DIGEST),
                        Optional.empty(),
                        Decision.FAILED,
                        HostileText.verdict(),
                        Instant.EPOCH,
                        Optional.empty()));
    }
}
