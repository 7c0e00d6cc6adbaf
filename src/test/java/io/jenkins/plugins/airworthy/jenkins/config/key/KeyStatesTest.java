package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The record of ended keys, compared with what the configuration says. */
class KeyStatesTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final KeyEnding REVOKED = new KeyEnding(KeyState.REVOKED, NOON);
    private static final KeyEnding RETIRED = new KeyEnding(KeyState.RETIRED, NOON);

    @TempDir
    Path home;

    private EndedKeys record() {
        return new EndedKeys(home.resolve("airworthy").resolve("ended-keys.jsonl"));
    }

    private static KeyEntry key() {
        KeyEntry entry = new KeyEntry("release");
        entry.setPublicKey(SoftwareKey.generate().publicKey().pem());
        entry.setCredentialsId("release-key");
        return entry;
    }

    private KeyStates states(KeyEntry... keys) throws UndecidedException {
        return KeyStates.of(List.of(keys), record());
    }

    @Test
    void theWorseOfBothCounts() throws Exception {
        KeyEntry key = key();
        assertThat(states(key).of(key)).isEqualTo(KeyState.ACTIVE);
        record().add(key, RETIRED, "alice");
        assertThat(states(key).of(key)).isEqualTo(KeyState.RETIRED);
        key.setState(KeyState.REVOKED);
        assertThat(states(key).of(key)).isEqualTo(KeyState.REVOKED);
        key.setState(KeyState.ACTIVE);
        record().add(key, REVOKED, "alice");
        record().add(key, RETIRED, "alice");
        assertThat(states(key).of(key)).isEqualTo(KeyState.REVOKED);
        assertThat(states(key).ended(key)).isEqualTo(NOON.toString());
    }

    @Test
    void ofTwoRevocationsTheEarlierCounts() throws Exception {
        KeyEntry key = key();
        record().add(key, REVOKED, "alice");
        key.setState(KeyState.REVOKED);
        key.setEnded(NOON.plusSeconds(60).toString());
        assertThat(states(key).ended(key)).isEqualTo(NOON.toString());
        assertThat(states(key).contradiction(key)).isPresent();
        key.setEnded(NOON.minusSeconds(60).toString());
        assertThat(states(key).ended(key)).isEqualTo(NOON.minusSeconds(60).toString());
        assertThat(states(key).contradiction(key)).isEmpty();
        record().add(key, new KeyEnding(KeyState.REVOKED, NOON.minusSeconds(120)), "bob");
        assertThat(states(key).ended(key)).isEqualTo(NOON.minusSeconds(120).toString());
    }

    @Test
    void whatIsKnownIsNotWrittenAgain() throws Exception {
        KeyEntry key = key();
        for (int i = 0; i < 3; i++) {
            record().add(key, REVOKED, "alice");
            record().add(key, RETIRED, "the configuration");
        }
        Path file = home.resolve("airworthy").resolve("ended-keys.jsonl");
        assertThat(Files.readAllLines(file))
                .singleElement()
                .asString()
                .contains("\"state\":\"REVOKED\"", "\"key\":\"release\"", "\"by\":\"alice\"", NOON.toString());
    }

    @Test
    void saysWhatToWriteInAConfigurationThatContradicts() throws Exception {
        KeyEntry key = key();
        assertThat(states(key).contradiction(key)).isEmpty();
        record().add(key, REVOKED, "alice");
        assertThat(states(key).contradiction(key).orElseThrow())
                .contains("key 'release' is permanently revoked", "says ACTIVE", "state: REVOKED", NOON.toString());
        key.setState(KeyState.RETIRED);
        assertThat(states(key).contradiction(key)).isPresent();
        key.setState(KeyState.REVOKED);
        key.setEnded(NOON.toString());
        assertThat(states(key).contradiction(key)).isEmpty();
    }

    /** An administrator follows the advice and leaves the instant out: signatures that were recorded in time stay valid. */
    @Test
    void aRevocationWithoutAnInstantAsCodeIsNotRememberedForEver() throws Exception {
        KeyEntry key = key();
        record().add(key, REVOKED, "alice");
        key.setState(KeyState.REVOKED);
        KeyEnding written = KeyStates.configured(key).orElseThrow();
        assertThat(states(key).isNews(key, written)).isFalse();
        assertThat(states(key).ended(key)).isEmpty();
        key.setEnded(NOON.toString());
        assertThat(states(key).ended(key)).isEqualTo(NOON.toString());
        assertThat(states().isNews(key(), written)).isTrue();
    }

    @Test
    void aKeyThatCannotBeReadAndAnIdentityHaveOnlyTheirConfiguration() throws Exception {
        KeyEntry damaged = key();
        damaged.setPublicKey("no key");
        damaged.setState(KeyState.RETIRED);
        KeyEntry identity = new KeyEntry("ci");
        identity.setIdentityCredentialsId("ci-identity");
        record().add(damaged, REVOKED, "alice");
        record().add(identity, REVOKED, "alice");
        assertThat(states(damaged, identity).of(damaged)).isEqualTo(KeyState.RETIRED);
        assertThat(states(damaged, identity).of(identity)).isEqualTo(KeyState.ACTIVE);
    }

    /** A full disk, for example: the page must not say that the key is revoked. */
    @Test
    void saysThatNothingChangedWhenItCannotBeWrittenDown() throws Exception {
        Files.writeString(home.resolve("airworthy"), "a file where the folder should be");
        assertThatThrownBy(() -> record().add(key(), REVOKED, "alice"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("record");
    }

    @Test
    void manyEndingsAtOnceAreAllRemembered() throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        List<KeyEntry> keys = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            KeyEntry key = key();
            keys.add(key);
            work.add(() -> {
                record().add(key, REVOKED, "alice");
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Void> each : threads.invokeAll(work)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        KeyStates states = states();
        assertThat(keys).allSatisfy(key -> assertThat(states.of(key)).isEqualTo(KeyState.REVOKED));
    }
}
