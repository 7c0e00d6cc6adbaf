package io.jenkins.plugins.airworthy.jenkins.ui;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyPermissions;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.ui.manage.LedgerMonitor;
import io.jenkins.plugins.airworthy.ledger.PublishedLedger;
import io.jenkins.plugins.airworthy.sign.tlog.NoteKey;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The controller's ledger in a Jenkins: what it keeps, who reads it, and what happens when it is not the one that was. */
@WithJenkins
class LedgerPageTest {
    private static final String BASE = "manage/airworthy/ledger/";
    private static final Digest IMAGE = Digest.of(new byte[] {1});

    private JenkinsRule jenkins;
    private Path home;

    @BeforeEach
    void secure(JenkinsRule rule) {
        jenkins = rule;
        home = rule.jenkins.getRootDir().toPath().resolve("airworthy");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "auditor")
                .grant(AirworthyPermissions.INVESTIGATE)
                .everywhere()
                .to("auditor")
                .grant(Jenkins.SYSTEM_READ)
                .everywhere()
                .to("reader"));
    }

    private static SignatureLog.Entry signature(int number) {
        return new SignatureLog.Entry(
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                "team/shop#" + number,
                IMAGE,
                Digest.of(new byte[] {2, (byte) number}),
                "https://in-toto.io/attestation/test-result/v0.1",
                "release",
                "ab".repeat(32));
    }

    @Test
    void investigatorsReadSearchAndVerifyIt() throws Exception {
        SignatureLog.current().append(signature(7));
        SignatureLog.current().append(signature(8));
        String vkey;
        try (Visitor auditor = new Visitor(jenkins, "auditor")) {
            assertThat(auditor.get(BASE)).contains("Sound", ">signature<", "team/shop#7", IMAGE.toString());
            assertThat(auditor.get(BASE + "entries?run=team/shop%238"))
                    .contains("\"run\":\"team/shop#8\"")
                    .doesNotContain("team/shop#7");
            assertThat(auditor.get(BASE + "entries?digest=" + IMAGE + "&kind=pruned"))
                    .endsWith("\"entries\":[]}");
            assertThat(auditor.get(BASE + "?since=yesterday")).contains("is not a date such as");
            vkey = auditor.get(BASE + "key").strip();
            ControllerLedger.current().checkpoint();
            assertThat(auditor.get(BASE + "log/checkpoint"))
                    .isEqualTo(ControllerLedger.current().open().lastCheckpoint());
            assertThat(status(
                            auditor,
                            BASE + "log/tile/0/000.p/"
                                    + ControllerLedger.current().open().size()))
                    .isEqualTo(200);
            for (String hidden : new String[] {"log/../journal", "log/tile/../../journal", "log/", "log/lock"}) {
                assertThat(status(auditor, BASE + hidden)).as(hidden).isIn(400, 403, 404);
            }
        }
        PublishedLedger.open(home.resolve("ledger/log"), NoteKey.parse(vkey, "the key"))
                .verify();
        try (Visitor reader = new Visitor(jenkins, "reader")) {
            for (String page : new String[] {"", "key", "entries", "log/checkpoint", "log/tile/0/000.p/1"}) {
                assertThat(status(reader, BASE + page)).as(page).isEqualTo(403);
            }
        }
    }

    private static int status(Visitor visitor, String path) throws Exception {
        return visitor.status(path);
    }

    @Test
    void aLedgerThatWasEmptiedSignsNothingUntilAnAdministratorContinuesIt() throws Exception {
        SignatureLog.current().append(signature(7));
        ControllerLedger.current().close();
        try (Stream<Path> files = Files.walk(home.resolve("ledger"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        assertThatThrownBy(() -> SignatureLog.current().append(signature(8)))
                .hasMessageContaining(
                        "was seen elsewhere, but this ledger has 0: it was cut, or restored from a backup");
        assertThatThrownBy(() -> SignatureLog.current().about(IMAGE)).hasMessageContaining("decides nothing");
        assertThat(ExtensionList.lookupSingleton(LedgerMonitor.class).isActivated())
                .isTrue();
        FreeStyleProject job = jenkins.createFreeStyleProject();
        jenkins.buildAndAssertSuccess(job);
        try (Visitor auditor = new Visitor(jenkins, "auditor")) {
            assertThat(auditor.get(BASE))
                    .contains("Nothing is signed or promoted")
                    .doesNotContain("continue-reason");
            assertThat(auditor.post(BASE + "continue", "reason", "x")
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(403);
        }
        try (Visitor admin = new Visitor(jenkins, "admin")) {
            assertThat(admin.get("manage/")).contains("Airworthy's ledger");
            assertThat(admin.get(BASE)).contains("continue-reason");
            Page refused = admin.post(BASE + "continue", "reason", " ");
            assertThat(refused.getWebResponse().getContentAsString()).contains("a reason of 1 to");
            admin.post(BASE + "continue", "reason", "the disk was lost");
            assertThat(admin.get(BASE)).contains("Sound", ">continued<", "the disk was lost");
        }
        SignatureLog.current().append(signature(8));
        assertThat(SignatureLog.current().about(IMAGE)).hasSize(1);
        assertThat(ExtensionList.lookupSingleton(LedgerMonitor.class).isActivated())
                .isFalse();
    }
}
