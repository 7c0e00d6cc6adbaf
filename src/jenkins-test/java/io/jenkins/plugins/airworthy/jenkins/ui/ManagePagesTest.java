package io.jenkins.plugins.airworthy.jenkins.ui;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyPermissions;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyGeneration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.ui.element.UrlSegment;
import io.jenkins.plugins.airworthy.jenkins.ui.policy.PolicyTemplate;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Manage Jenkins → Airworthy: who may see it, who may change what, and that private keys never come out. */
@WithJenkins
class ManagePagesTest {
    private static final String BASE = "manage/airworthy/";

    /** Every change, and the permission that it needs. */
    private static final Map<String, String> CHANGES = Map.ofEntries(
            Map.entry("keys/generate", "keys"),
            Map.entry("forget", "admin"),
            Map.entry("keys/importKey", "keys"),
            Map.entry("keys/useCredential", "keys"),
            Map.entry("keys/trust", "keys"),
            Map.entry("keys/useIdentity", "keys"),
            Map.entry("keys/useHardware", "admin"),
            Map.entry("keys/checkHardwareKey", "admin"),
            Map.entry("keys/checkName", "keys"),
            Map.entry("keys/checkFolders", "keys"),
            Map.entry("keys/checkImages", "keys"),
            Map.entry("keys/release/update", "keys"),
            Map.entry("keys/release/putFirst", "keys"),
            Map.entry("keys/release/retire", "keys"),
            Map.entry("keys/release/revoke", "keys"),
            Map.entry("policies/production/save", "policies"),
            Map.entry("policies/production/check", "policies"),
            Map.entry("policies/production/tryOut", "policies"),
            Map.entry("policies/production/remove", "policies"),
            Map.entry("policies/production/checkJobs", "policies"),
            Map.entry("policies/production/checkImage", "policies"),
            Map.entry("policies/production/checkTarget", "policies"));

    /** All that any of these changes reads, so that nothing but the permission is missing. */
    private static final String[] FORM = {
        "name",
        "other",
        "value",
        "other",
        "privateKeyFile",
        "x",
        "password",
        "x",
        "publicKey",
        "x",
        "credentialsId",
        "x",
        "passwordCredentialsId",
        "",
        "identityCredentialsId",
        "x",
        "hardwareKey",
        "pkcs11:token=a;object=b?module-path=/nowhere.so",
        "pinCredentialsId",
        "x",
        "folders",
        "",
        "images",
        "",
        "confirm",
        "release",
        "since",
        "2026-01-01T00:00",
        "text",
        "x",
        "jobs",
        "",
        "image",
        "x",
        "target",
        ""
    };

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        this.jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("keys", "policies", "reader")
                .grant(AirworthyPermissions.MANAGE_KEYS)
                .everywhere()
                .to("keys")
                .grant(AirworthyPermissions.EDIT_POLICIES)
                .everywhere()
                .to("policies"));
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        KeyEntry key = new KeyGeneration(Clock.systemUTC()).generate("release");
        key.setRoles(List.of(KeyRole.IMAGE));
        configuration.changeKeys(List.of(key));
        configuration.setPolicies(List.of(new PolicyEntry("production", PolicyTemplate.EXAMPLE.text())));
    }

    @Test
    void everyChangeNeedsItsPermissionAndAPost() throws Exception {
        for (String user : List.of("", "reader", "keys", "policies")) {
            try (Visitor visitor = new Visitor(jenkins, user)) {
                for (Map.Entry<String, String> change : CHANGES.entrySet()) {
                    int status = visitor.post(BASE + change.getKey(), FORM)
                            .getWebResponse()
                            .getStatusCode();
                    if (change.getValue().equals(user)) {
                        assertThat(status).as("%s by %s", change.getKey(), user).isEqualTo(200);
                    } else {
                        assertThat(status)
                                .as("%s by '%s'", change.getKey(), user)
                                .isIn(401, 403);
                    }
                }
                if (!user.equals("policies") && !user.equals("keys")) {
                    assertThat(key().getState()).isEqualTo(KeyState.ACTIVE);
                }
                setUpAgain();
            }
        }
        try (Visitor admin = new Visitor(jenkins, "admin")) {
            for (String change : CHANGES.keySet()) {
                assertThat(admin.status(BASE + change)).as("GET %s", change).isIn(404, 405);
            }
        }
        assertThat(AirworthyConfiguration.get().getKeys()).hasSize(1);
        assertThat(key().getState()).isEqualTo(KeyState.ACTIVE);
    }

    private void setUpAgain() throws Exception {
        setUp(jenkins);
    }

    @Test
    void pagesAreForThoseWhoMayChangeSomethingHere() throws Exception {
        List<String> pages = List.of(
                "",
                "keys/",
                "keys/new",
                "keys/release/",
                "keys/release/publicKey",
                "policies/",
                "policies/production/");
        for (String page : pages) {
            for (String user : List.of("admin", "keys", "policies")) {
                try (Visitor visitor = new Visitor(jenkins, user)) {
                    assertThat(visitor.status(BASE + page))
                            .as("%s for %s", page, user)
                            .isEqualTo(200);
                }
            }
            try (Visitor visitor = new Visitor(jenkins, "reader")) {
                assertThat(visitor.status(BASE + page)).as(page).isEqualTo(403);
            }
        }
    }

    @Test
    void saysThatTheCreationOfAKeyWasNotRecorded() throws Exception {
        key().setCreated("");
        try (Visitor admin = new Visitor(jenkins, "admin")) {
            assertThat(admin.get(BASE + "keys/")).contains("not recorded");
        }
    }

    @Test
    void privateKeysOnlyGoIn() throws Exception {
        String secret = key().getPrivateKey().getPlainText();
        String body = secret.lines().skip(1).findFirst().orElseThrow();
        try (Visitor admin = new Visitor(jenkins, "admin")) {
            Page imported = admin.post(
                    BASE + "keys/importKey",
                    "name",
                    "copy",
                    "privateKeyFile",
                    secret,
                    "password",
                    "",
                    "roles",
                    "IMAGE",
                    "folders",
                    "",
                    "images",
                    "");
            assertThat(imported.getUrl().getPath()).endsWith("/keys/copy/");
            assertThat(imported.getWebResponse().getContentAsString()).doesNotContain(body);
            String refused = admin.post(
                            BASE + "keys/importKey",
                            "name",
                            "copy",
                            "privateKeyFile",
                            secret,
                            "password",
                            "hunter2",
                            "roles",
                            "IMAGE",
                            "folders",
                            "",
                            "images",
                            "")
                    .getWebResponse()
                    .getContentAsString();
            assertThat(refused).contains("there is a key").doesNotContain(body).doesNotContain("hunter2");
            for (String page : List.of("", "keys/", "keys/copy/", "keys/copy/publicKey")) {
                assertThat(admin.get(BASE + page)).doesNotContain(body);
            }
        }
        String stored = Files.readString(
                jenkins.jenkins.getRootDir().toPath().resolve(AirworthyConfiguration.class.getName() + ".xml"));
        assertThat(stored).contains("copy").doesNotContain(body).doesNotContain("PRIVATE KEY");
    }

    @Test
    void aKeyIsRetiredAndRevokedOnlyWithItsNameTyped() throws Exception {
        try (Visitor keys = new Visitor(jenkins, "keys")) {
            keys.post(BASE + "keys/release/retire", "confirm", "releas");
            assertThat(key().getState()).isEqualTo(KeyState.ACTIVE);
            keys.post(BASE + "keys/release/retire", "confirm", "release");
            assertThat(key().getState()).isEqualTo(KeyState.RETIRED);
            keys.post(BASE + "keys/release/revoke", "confirm", "release", "since", "2099-01-01T00:00");
            assertThat(key().getState()).isEqualTo(KeyState.RETIRED);
            keys.post(BASE + "keys/release/revoke", "confirm", "release", "since", "2026-01-02T03:04");
            assertThat(key().getState()).isEqualTo(KeyState.REVOKED);
            assertThat(key().getEnded()).isEqualTo("2026-01-02T03:04:00Z");
        }
    }

    @Test
    void aKeyThatEndedIsOfferedNoRolesAndSaysWhatItStillMeans() throws Exception {
        try (Visitor keys = new Visitor(jenkins, "keys")) {
            assertThat(keys.get(BASE + "keys/release/"))
                    .contains("name=\"roles\"", "Approvals (not used yet)", ">Names of images<");
            keys.post(BASE + "keys/release/retire", "confirm", "release");
            assertThat(keys.get(BASE + "keys/release/"))
                    .doesNotContain("name=\"roles\"")
                    .contains("It signs nothing any more. Its signatures are believed as before.", "revoke-since");
            keys.post(BASE + "keys/release/revoke", "confirm", "release", "since", "");
            assertThat(key().getEnded()).isEmpty();
            assertThat(key().endedAt()).isEqualTo(Instant.MIN);
            assertThat(keys.get(BASE + "keys/release/"))
                    .contains("none of its signatures is believed.")
                    .doesNotContain("revoke-since");
            assertThat(keys.get(BASE + "keys/")).doesNotContainPattern("data-label=\"Signs\">[^<]*images");
        }
    }

    @Test
    void anAdministratorForgetsARecordedStatementByNameAndWithAReason() throws Exception {
        Digest image = Digest.of(new byte[] {1});
        Digest payload = Digest.of(new byte[] {2});
        SignatureLog.current()
                .append(new SignatureLog.Entry(
                        Clock.systemUTC().instant(),
                        "team/shop#7",
                        image,
                        payload,
                        "https://in-toto.io/attestation/test-result/v0.1",
                        "release",
                        "ab".repeat(32)));
        try (Visitor admin = new Visitor(jenkins, "admin")) {
            String refused = admin.post(
                            BASE + "forget", "image", payload.toString(), "payload", payload.toString(), "reason", "x")
                    .getWebResponse()
                    .getContentAsString();
            assertThat(refused).contains("this controller did not sign a statement");
            assertThat(SignatureLog.current().about(image)).hasSize(1);
            admin.post(BASE + "forget", "image", image.toString(), "payload", payload.toString(), "reason", "wrong");
            assertThat(SignatureLog.current().about(image)).isEmpty();
            assertThat(admin.get(BASE)).contains("Forget a statement");
        }
        try (Visitor keys = new Visitor(jenkins, "keys")) {
            assertThat(keys.get(BASE)).doesNotContain("Forget a statement");
        }
    }

    @Test
    void publicKeysAreDownloadedAsFiles() throws Exception {
        try (Visitor policies = new Visitor(jenkins, "policies")) {
            Page file = policies.post(BASE + "keys/release/publicKey");
            assertThat(file.getWebResponse().getStatusCode()).isIn(404, 405);
            assertThat(policies.get(BASE + "keys/release/publicKey")).startsWith("-----BEGIN PUBLIC KEY-----");
        }
    }

    /** So that the digest in a verdict is that of the file from which the document was pasted. */
    @Test
    void aPolicyIsStoredWithTheLineEndsOfItsFileAndNotWithThoseOfABrowser() throws Exception {
        String text = PolicyTemplate.EXAMPLE.text().replace("name: production", "name: pasted");
        try (Visitor policies = new Visitor(jenkins, "policies")) {
            policies.post(BASE + "policies/new/save", "text", text.replace("\n", "\r\n"), "jobs", "");
        }
        PolicyEntry stored = AirworthyConfiguration.get().getPolicies().get(1);
        assertThat(stored.getText()).isEqualTo(text);
    }

    @Test
    void anUnsoundPolicyIsNotStoredAndItsTextIsNotLost() throws Exception {
        String unsound = PolicyTemplate.EXAMPLE.text().replace("threshold: 1", "treshold: 1");
        try (Visitor policies = new Visitor(jenkins, "policies")) {
            String answer = policies.post(
                            BASE + "policies/production/save",
                            "text",
                            unsound,
                            "jobs",
                            "team/shop",
                            "accepts",
                            "FREESTYLE")
                    .getWebResponse()
                    .getContentAsString();
            assertThat(answer)
                    .contains("Line 9, column 19: ")
                    .contains("treshold: 1")
                    .contains("team/shop")
                    .containsPattern("value=\"FREESTYLE\"[^>]* checked|checked[^>]* value=\"FREESTYLE\"");
            assertThat(AirworthyConfiguration.get().getPolicies().get(0).getText())
                    .isEqualTo(PolicyTemplate.EXAMPLE.text());

            policies.post(
                    BASE + "policies/new/save",
                    "text",
                    PolicyTemplate.EXAMPLE.text().replace("name: production", "name: nightly"),
                    "jobs",
                    "team/shop\n",
                    "accepts",
                    "INLINE");
            assertThat(AirworthyConfiguration.get().getPolicies())
                    .extracting(PolicyEntry::getName)
                    .containsExactly("production", "nightly");
            assertThat(AirworthyConfiguration.get().getPolicies().get(1).getJobs())
                    .containsExactly("team/shop");
            assertThat(AirworthyConfiguration.get().getPolicies().get(1).getAccepts())
                    .containsExactly(RunKind.INLINE);
        }
    }

    /** Cases with evidence are replayed in KeptCaseTest; here it is the pages that ask for them. */
    @Test
    void checkAndSaveReplayTheCasesThatAreKeptForAPolicy() throws Exception {
        Path kept = Files.createDirectories(
                jenkins.jenkins.getRootDir().toPath().resolve("airworthy/policy-cases/production"));
        Path broken = Files.writeString(kept.resolve("incident-7.yaml"), "apiVersion: airworthy/v1\n");
        String changed = PolicyTemplate.EXAMPLE.text().replace("maxAge: 24h", "maxAge: 12h");
        try (Visitor policies = new Visitor(jenkins, "policies")) {
            assertThat(policies.post(BASE + "policies/production/check", "text", changed)
                            .getWebResponse()
                            .getContentAsString())
                    .contains("is valid: 3 rules", "The case 'incident-7' has no verdict: ");
            assertThat(policies.post(BASE + "policies/production/save", "text", changed, "jobs", "")
                            .getWebResponse()
                            .getContentAsString())
                    .contains("the case 'incident-7' that is kept for this policy has no verdict: ", "12h");
            assertThat(AirworthyConfiguration.get().getPolicies().get(0).getText())
                    .isEqualTo(PolicyTemplate.EXAMPLE.text());

            Files.delete(broken);
            Files.delete(kept);
            policies.post(BASE + "policies/production/save", "text", changed, "jobs", "");
            assertThat(AirworthyConfiguration.get().getPolicies().get(0).getText())
                    .isEqualTo(changed);
        }
    }

    @Test
    void aTrialAsksNoRegistryThatIsNotListedAndIsItsOwnersAlone() throws Exception {
        try (Visitor policies = new Visitor(jenkins, "policies");
                Visitor admin = new Visitor(jenkins, "admin")) {
            Page begun = policies.post(
                    BASE + "policies/production/tryOut",
                    "text",
                    PolicyTemplate.EXAMPLE.text(),
                    "image",
                    "127.0.0.1:1/staging/app:1",
                    "target",
                    "");
            String trial = begun.getUrl().getPath();
            assertThat(trial).matches(".*/trials/[0-9a-f-]{36}/");
            String path = BASE + trial.substring(trial.indexOf("trials/"));
            String result = policies.get(path + "result");
            while (result.contains("data-running=\"true\"")) {
                Thread.onSpinWait();
                result = policies.get(path + "result");
            }
            assertThat(result).contains("127.0.0.1:1").contains("jenkins-alert-danger");
            assertThat(admin.status(path)).isEqualTo(404);
        }
    }

    @Test
    void hostileNamesAndDocumentsStayText() throws Exception {
        KeyEntry key = new KeyEntry(HostileText.SCRIPT);
        key.setPublicKey(HostileText.SCRIPT);
        key.setCredentialsId(HostileText.SCRIPT);
        key.setFolders(List.of(HostileText.SCRIPT));
        key.setImages(List.of(HostileText.SCRIPT));
        PolicyEntry policy = new PolicyEntry(HostileText.SCRIPT, "</textarea>" + HostileText.SCRIPT);
        policy.setJobs(List.of(HostileText.SCRIPT));
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        // What the forms and configuration-as-code refuse may still be in a file that was edited by hand.
        Hands.put(configuration, "keys", key);
        Hands.put(configuration, "policies", policy);
        Hands.putText(configuration, "trustedAgents", HostileText.SCRIPT);
        Hands.putText(configuration, "layoutFolders", HostileText.SCRIPT);

        String encoded = UrlSegment.segment(HostileText.SCRIPT);
        try (Visitor admin = new Visitor(jenkins, "admin")) {
            for (String page :
                    List.of("", "keys/", "policies/", "policies/" + encoded + "/", "keys/" + encoded + "/")) {
                admin.getHarmless(BASE + page);
            }
            String check = admin.post(
                            BASE + "policies/new/check",
                            "text",
                            "\"" + HostileText.SCRIPT.replace("\"", "\\\"") + "\": 1")
                    .getWebResponse()
                    .getContentAsString();
            HostileText.assertHarmless(check, "check");
            String name = admin.post(BASE + "keys/generate", "name", HostileText.SCRIPT, "folders", "", "images", "")
                    .getWebResponse()
                    .getContentAsString();
            HostileText.assertHarmless(name, "generate");
        }
    }

    private static KeyEntry key() {
        return AirworthyConfiguration.get().getKeys().stream()
                .filter(key -> key.getName().equals("release"))
                .findFirst()
                .orElseThrow();
    }
}
