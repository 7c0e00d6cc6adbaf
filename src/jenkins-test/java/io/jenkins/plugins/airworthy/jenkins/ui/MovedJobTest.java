package io.jenkins.plugins.airworthy.jenkins.ui;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedVerdict;
import io.jenkins.plugins.airworthy.jenkins.ui.run.RecentVerdictsListener;
import io.jenkins.plugins.airworthy.policy.Decision;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that are renamed, moved and deleted, without a restart: their pages, and the list of recent verdicts. */
@WithJenkins
class MovedJobTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void secure(JenkinsRule rule) {
        this.jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ, Item.DISCOVER)
                .everywhere()
                .to("discoverer"));
    }

    @Test
    void aRenamedJobKeepsItsPagesAndItsVerdicts() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("shop-old");
        FreeStyleBuild run = judged(job);
        job.renameTo("shop-new");

        assertPagesOf(run, job);
        assertRecent("shop-new #1", "shop-old");

        FreeStyleProject other = jenkins.createFreeStyleProject("shop-old");
        jenkins.buildAndAssertSuccess(other);
        assertRecent("shop-new #1", "shop-old");

        job.delete();
        jenkins.createFreeStyleProject("shop-new");
        try (Visitor admin = new Visitor(jenkins, "admin")) {
            assertThat(Visitor.read(admin.get("manage/airworthy/"))).doesNotContain("shop-new #1");
        }
    }

    @Test
    void aJobInAFolderThatIsRenamedAndMovedKeepsThemToo() throws Exception {
        MockFolder team = jenkins.createFolder("team-old");
        FreeStyleProject job = team.createProject(FreeStyleProject.class, "shop");
        FreeStyleBuild run = judged(job);
        team.renameTo("team-new");

        assertPagesOf(run, job);
        assertRecent("team-new/shop #1", "team-old");

        TopLevelItem moved = hudson.model.Items.move(job, jenkins.createFolder("elsewhere"));
        assertPagesOf(run, (FreeStyleProject) moved);
        assertRecent("elsewhere/shop #1", "team-new");
    }

    @Test
    void aPageThatCannotBeReadSaysSoWithoutAPath() throws Exception {
        FreeStyleBuild run = judged(jenkins.createFreeStyleProject("shop"));
        Files.delete(run.getRootDir().toPath().resolve("airworthy/verdicts/1.json"));

        try (Visitor admin = new Visitor(jenkins, "admin")) {
            assertThat(admin.get(run.getUrl() + "airworthy/"))
                    .contains("verdict 1 of this run cannot be read")
                    .doesNotContain(jenkins.jenkins.getRootDir().toString());
        }
    }

    /** Jenkins throws for such a job, while it hides other jobs silently. */
    @Test
    void aUserWhoMayOnlyKnowThatAJobExistsSeesTheListWithoutIt() throws Exception {
        judged(jenkins.createFreeStyleProject("shop"));

        try (Visitor discoverer = new Visitor(jenkins, "discoverer")) {
            assertThat(Visitor.read(discoverer.get("manage/airworthy/")))
                    .contains("No build that you may see")
                    .doesNotContain("shop #1");
        }
    }

    private FreeStyleBuild judged(FreeStyleProject job) throws Exception {
        FreeStyleBuild run = jenkins.buildAndAssertSuccess(job);
        ImageRecord.of(run)
                .judged(new RecordedVerdict(
                        ImageReference.parse("reg.example.com/app:1"),
                        Digest.parse(HostileText.DIGEST),
                        Optional.empty(),
                        Decision.FAILED,
                        HostileText.verdict(),
                        Instant.EPOCH,
                        Optional.empty()));
        RecentVerdictsListener.get().onCompleted(run, TaskListener.NULL);
        return run;
    }

    private void assertPagesOf(FreeStyleBuild run, FreeStyleProject job) throws Exception {
        try (Visitor admin = new Visitor(jenkins, "admin")) {
            String root = jenkins.jenkins.getRootDir().toString();
            assertThat(admin.get(run.getUrl() + "airworthy/"))
                    .contains("1 of 4 items failed")
                    .doesNotContain("cannot be read")
                    .doesNotContain(root);
            assertThat(admin.get(job.getUrl() + "airworthy/"))
                    .doesNotContain("No image was judged")
                    .doesNotContain(root);
            for (String page : new String[] {"", job.getUrl(), run.getUrl(), "manage/", "manage/airworthy/"}) {
                assertThat(admin.get(page)).as(page).doesNotContain(root);
            }
        }
        ImageRecord.of(run).verdicts();
    }

    private void assertRecent(String shown, String gone) throws Exception {
        try (Visitor admin = new Visitor(jenkins, "admin")) {
            String page = admin.get("manage/airworthy/");
            assertThat(page).contains("#verdict-1");
            String seen = Visitor.read(page.substring(page.indexOf("Recent verdicts")));
            assertThat(seen).contains(shown).doesNotContain(gone);
        }
    }
}
