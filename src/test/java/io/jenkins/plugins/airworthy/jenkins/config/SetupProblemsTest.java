package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Problems that administrators see before a build fails; those with Jenkins' credentials are tested in a Jenkins. */
class SetupProblemsTest {
    @TempDir
    Path home;

    private EndedKeys record() {
        return new EndedKeys(home.resolve("ended-keys.jsonl"));
    }

    private static KeyEntry key(String name) {
        KeyEntry entry = new KeyEntry(name);
        entry.setPublicKey(SoftwareKey.generate().publicKey().pem());
        return entry;
    }

    private static PolicyEntry policy(String keys) {
        return new PolicyEntry("production", """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  trust: {keys: [%s], observed: controller}
                  images: [{from: "registry.example.com/{app}"}]
                  without: [{rule: vulnerabilities, reason: not looked at here}]
                  checklist: [{signature: {}}]
                """.formatted(keys));
    }

    private List<String> problems(List<KeyEntry> keys, PolicyEntry... policies) {
        return SetupProblems.of(keys, List.of(policies), List.of(), new TrivyOptions(), record())
                .list();
    }

    @Test
    void reportsNothingForValidSettings() {
        assertThat(problems(List.of(key("release")), policy("release"))).isEmpty();
    }

    @Test
    void reportsAPolicyThatTrustsARemovedKey() {
        assertThat(problems(List.of(key("other")), policy("release")))
                .singleElement()
                .asString()
                .contains("policy 'production' trusts the key 'release', which does not exist");
    }

    @Test
    void reportsAPolicyThatTrustsARevokedKey() throws Exception {
        KeyEntry release = key("release");
        record().add(release, KeyState.REVOKED, Instant.EPOCH, "alice");
        assertThat(problems(List.of(release), policy("release")))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("is permanently revoked, but its configuration says ACTIVE"))
                .anyMatch(
                        problem -> problem.contains("policy 'production' trusts the key 'release', which is revoked"));
    }

    @Test
    void reportsAKeyThatShouldSignWithoutAPrivateHalf() {
        KeyEntry release = key("release");
        release.setRoles(List.of(KeyRole.IMAGE));
        assertThat(problems(List.of(release)))
                .singleElement()
                .asString()
                .contains("key 'release' has roles (Images) but no private half here");
    }

    @Test
    void reportsAnUnreadableKey() {
        KeyEntry damaged = key("damaged");
        damaged.setPublicKey("no key");
        assertThat(problems(List.of(damaged))).singleElement().asString().contains("the public half of key 'damaged'");
    }

    @Test
    void reportsAnUnreadableRecordOfEndedKeys() throws Exception {
        Files.writeString(home.resolve("ended-keys.jsonl"), "x\n");
        assertThat(problems(List.of(key("release"))))
                .singleElement()
                .asString()
                .contains("ended-keys.jsonl, line 1: the record of retired and revoked keys cannot be read");
    }

    @Test
    void reportsAnInvalidPolicy() {
        assertThat(problems(List.of(), new PolicyEntry("production", "no policy")))
                .singleElement()
                .asString()
                .contains("policy 'production'");
    }
}
