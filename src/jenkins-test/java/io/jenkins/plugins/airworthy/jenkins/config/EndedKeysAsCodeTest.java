package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.model.AdministrativeMonitor;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyLoader;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A key that was ended on its page stays so, whatever brings it back: a file of code, a restart, another name, a form, a script. */
class EndedKeysAsCodeTest {
    private static final SoftwareKey KEY = SoftwareKey.generate();
    private static final String MONITOR = "io.jenkins.plugins.airworthy.jenkins.ui.manage.SetupMonitor";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private void applyCode(String name) throws Exception {
        Path file = folder.resolve("jenkins.yaml");
        Files.writeString(
                file, """
                security:
                  airworthy:
                    keys:
                      - name: %s
                        privateKey: |
                %s
                        roles: [IMAGE, PROVENANCE, VERDICT]
                """.formatted(name, KeyFiles.plainPem(KEY).indent(12).stripTrailing()));
        ConfigurationAsCode.get().configure(file.toString());
    }

    private static Page post(JenkinsRule jenkins, String path, String... namesAndValues) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setJavaScriptEnabled(false);
        WebRequest request = new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST);
        List<NameValuePair> parameters = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(new NameValuePair(namesAndValues[i], namesAndValues[i + 1]));
        }
        request.setRequestParameters(parameters);
        return client.getPage(request);
    }

    private static String page(JenkinsRule jenkins, String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setJavaScriptEnabled(false);
        return client.getPage(new URL(jenkins.getURL(), path)).getWebResponse().getContentAsString();
    }

    private static void revoke(JenkinsRule jenkins, String name) throws Exception {
        post(jenkins, "manage/airworthy/keys/" + name + "/revoke", "since", "2026-01-02T03:04", "confirm", name);
    }

    private static Job<?, ?> job(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("shop", FreeStyleProject.class);
        return job == null ? jenkins.createFreeStyleProject("shop") : job;
    }

    private static void sign(JenkinsRule jenkins, String name) throws Exception {
        Job<?, ?> job = job(jenkins);
        AirworthyConfiguration.get()
                .keyRing()
                .signingKey(name, KeyRole.IMAGE, job, ImageReference.parse("registry.example.com/staging/shop:1"));
    }

    private static void assertRevoked(JenkinsRule jenkins, String name) throws Exception {
        assertThatThrownBy(() -> sign(jenkins, name))
                .isInstanceOf(AirworthyException.class)
                .hasMessageContaining("revoked");
        assertThat(AirworthyConfiguration.get().keyRing().trustedKeys())
                .filteredOn(key -> key.name().equals(name))
                .singleElement()
                .satisfies(key -> assertThat(key.revoked()).isPresent());
        assertThat(AirworthyConfiguration.get().keyRing().offeredTo("shop")).doesNotContain(name);
        assertThat(page(jenkins, "manage/airworthy/keys/" + name + "/")).contains("Revoked");
    }

    private interface Work {
        void run() throws Exception;
    }

    /** What the configuration writes into Jenkins' log meanwhile. */
    private static List<String> logged(Work work) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(String.valueOf(record.getMessage()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(AirworthyConfiguration.class.getName());
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
        }
        return lines;
    }

    private static AdministrativeMonitor monitor() {
        return Jenkins.get().getAdministrativeMonitor(MONITOR);
    }

    @Test
    void staysRevokedOverReloadsRestartsAndRenames() throws Throwable {
        sessions.then(jenkins -> {
            applyCode("release");
            sign(jenkins, "release");
            assertThat(page(jenkins, "manage/airworthy/keys/")).contains("Keys are managed as code");
            revoke(jenkins, "release");
            assertRevoked(jenkins, "release");
            assertThat(monitor().isActivated()).isFalse();

            assertThat(logged(() -> applyCode("release")))
                    .anyMatch(line -> line.contains("key 'release' is permanently revoked"));
            assertThat(AirworthyConfiguration.get().getKeys().get(0).getState()).isEqualTo(KeyState.ACTIVE);
            assertRevoked(jenkins, "release");
            assertThat(monitor().isActivated()).isTrue();
            assertThat(page(jenkins, "manage/")).contains("is permanently revoked, but its configuration says ACTIVE");
            assertThat(page(jenkins, "manage/airworthy/keys/")).contains("is permanently revoked");
        });
        sessions.then(jenkins -> {
            assertRevoked(jenkins, "release");
            applyCode("release");
            assertRevoked(jenkins, "release");
            applyCode("release-2027");
            assertRevoked(jenkins, "release-2027");
        });
    }

    @Test
    void isNotSetActiveByAFormAScriptOrByAddingItAgain() throws Throwable {
        sessions.then(jenkins -> {
            applyCode("release");
            revoke(jenkins, "release");
            post(jenkins, "manage/airworthy/keys/release/update", "roles", "IMAGE", "folders", "", "images", "");
            assertRevoked(jenkins, "release");

            KeyEntry entry = AirworthyConfiguration.get().getKeys().get(0);
            entry.setState(KeyState.ACTIVE);
            entry.setEnded("");
            AirworthyConfiguration.get().setKeys(List.of(entry));
            assertRevoked(jenkins, "release");

            post(
                    jenkins,
                    "manage/airworthy/keys/importKey",
                    "name",
                    "again",
                    "privateKeyFile",
                    KeyFiles.plainPem(KEY),
                    "password",
                    "",
                    "roles",
                    "IMAGE");
            assertRevoked(jenkins, "again");
        });
    }

    @Test
    void whatTheCodeEndsIsRememberedToo() throws Throwable {
        sessions.then(jenkins -> {
            applyCode("release");
            KeyEntry entry = new KeyEntry("release");
            entry.setPublicKey(KEY.publicKey().pem());
            entry.setCredentialsId("elsewhere");
            entry.setState(KeyState.REVOKED);
            AirworthyConfiguration.get().setKeys(List.of(entry));
            applyCode("release");
            assertRevoked(jenkins, "release");
        });
    }

    @Test
    void isNotCalledRevokedWhenThatCannotBeWrittenDown() throws Throwable {
        sessions.then(jenkins -> {
            applyCode("release");
            Path record =
                    jenkins.jenkins.getRootDir().toPath().resolve("airworthy").resolve("ended-keys.jsonl");
            Files.deleteIfExists(record);
            Files.createDirectories(record);
            Page answer = post(
                    jenkins, "manage/airworthy/keys/release/revoke", "since", "2026-01-02T03:04", "confirm", "release");
            assertThat(answer.getWebResponse().getContentAsString())
                    .contains("ended-keys.jsonl")
                    .contains("cannot be read");
            assertThat(AirworthyConfiguration.get().getKeys().get(0).getState()).isEqualTo(KeyState.ACTIVE);
            assertThatThrownBy(() -> sign(jenkins, "release")).isInstanceOf(UndecidedException.class);
            assertThatThrownBy(() -> AirworthyConfiguration.get().keyRing().trustedKeys())
                    .isInstanceOf(UndecidedException.class);
            assertThat(monitor().isActivated()).isTrue();
        });
    }

    @Test
    void aKeyThatWasGeneratedHereOutlivesCodeThatDoesNotNameIt() throws Throwable {
        String[] pem = new String[1];
        sessions.then(jenkins -> {
            post(jenkins, "manage/airworthy/keys/generate", "name", "own", "roles", "IMAGE");
            pem[0] = AirworthyConfiguration.get().getKeys().get(0).getPublicKey();
            applyCode("release");
            assertThat(AirworthyConfiguration.get().getKeys())
                    .extracting(KeyEntry::getName)
                    .containsExactly("release", "own");
            sign(jenkins, "own");
            assertThat(page(jenkins, "manage/airworthy/keys/")).contains("Not in the code: own");
            applyCode("own");
            assertThat(AirworthyConfiguration.get().getKeys())
                    .extracting(KeyEntry::getPublicKey)
                    .contains(pem[0], KEY.publicKey().pem());
        });
        sessions.then(jenkins -> {
            applyCode("release");
            assertThat(AirworthyConfiguration.get().getKeys())
                    .filteredOn(key -> key.getPublicKey().equals(pem[0]))
                    .singleElement()
                    .satisfies(key -> {
                        assertThat(key.getName()).startsWith("own-");
                        KeyLoader.complete(key); // fails unless both halves are there and belong together
                    });
        });
    }
}
