package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.document.SignedDocument;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a published list may become. */
class RecallPublisherTest {
    private static final ImageStores STORES = reference -> LayoutStore.open((LayoutReference) reference);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    Path folder;

    private final SigningKey key = SoftwareKey.generate();
    private final KeySigner signer = new KeySigner(key);
    private ImageReference repository;
    private RecallDraft draft;

    @BeforeEach
    void publishTwoEntries() throws Exception {
        repository = ImageReference.parse("oci:" + folder.resolve("recalls"));
        draft = new RecallDraft(folder.resolve("recalls.yaml"));
        draft.create("acme", NOW, WEEK);
        write(entry(1, "a"), entry(2, "b"));
        publish();
    }

    private RecallPublisher publisher(SigningKey... keys) {
        return new RecallPublisher(
                STORES,
                List.of(keys).stream()
                        .map(each -> new TrustedKey("recalls", each.publicKey()))
                        .toList(),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private SignedDocument publish() throws Exception {
        return publisher(key).publishNext(draft, repository, WEEK, signer);
    }

    private static String entry(int number, String digit) {
        return "  - {id: R-2026-000" + number
                + ", state: recalled, story: s, since: 2026-11-19T00:00:00Z, by: alice, digest: 'sha256:"
                + digit.repeat(64) + "'}\n";
    }

    private static String lifted(int number, String digit) {
        return entry(number, digit)
                .replace("state: recalled", "state: lifted")
                .replace("by: alice,", "by: alice, lifted: {reason: r, by: bob, at: 2026-11-20T00:00:00Z},");
    }

    private void write(String... entries) throws Exception {
        String before = Files.readString(draft.path());
        Files.writeString(
                draft.path(),
                before.substring(0, before.indexOf("entries:")) + "entries:\n" + String.join("", entries));
    }

    private void assertRefused(String why, String... entries) throws Exception {
        write(entries);
        Descriptor before = STORES.open(repository).resolve("current").orElseThrow();
        assertThatThrownBy(this::publish)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
        assertThat(STORES.open(repository).resolve("current")).contains(before);
    }

    @Test
    void numbersEachVersionAfterTheOneBefore() throws Exception {
        SignedDocument first = publisher(key).current(repository).orElseThrow();
        write(entry(1, "a"), lifted(2, "b"), entry(3, "c"));
        SignedDocument second = publish();
        assertThat(second.head().version()).isEqualTo(2);
        assertThat(second.head().previous()).contains(first.digest());
        assertThat(STORES.open(repository).resolve("v1"))
                .map(Descriptor::digest)
                .contains(first.digest());
        assertThat(STORES.open(repository).resolve("v2"))
                .map(Descriptor::digest)
                .contains(second.digest());
        assertThat(STORES.open(repository).resolve("current"))
                .map(Descriptor::digest)
                .contains(second.digest());
    }

    @Test
    void publishesTheSameFileOnceMore() throws Exception {
        SignedDocument published = publisher(key).current(repository).orElseThrow();
        assertThat(publisher(key).publish(RecallPublisher.File.read(draft.path()), repository, signer))
                .isEqualTo(published);
    }

    @Test
    void refusesListWithoutAnEntry() throws Exception {
        assertRefused("R-2026-0002 is missing", entry(1, "a"));
        assertRefused("R-2026-0001 is missing", entry(2, "b"));
    }

    @Test
    void refusesChangedEntry() throws Exception {
        assertRefused("R-2026-0002 is not as it is in Recalls 'acme' version 1", entry(1, "a"), entry(2, "c"));
        assertRefused("R-2026-0002 is not as it is", entry(1, "a"), lifted(2, "c"));
        write(entry(1, "a"), lifted(2, "b"));
        publish();
        assertRefused("R-2026-0002 is not as it is", entry(1, "a"), entry(2, "b"));
    }

    @Test
    void refusesEntryPutBetween() throws Exception {
        write(entry(1, "a"), entry(2, "b"), entry(4, "d"));
        publish();
        assertRefused(
                "R-2026-0003 is new and comes before R-2026-0004",
                entry(1, "a"),
                entry(2, "b"),
                entry(3, "c"),
                entry(4, "d"));
    }

    @Test
    void refusesEntryThatIsLiftedWithoutAReason() throws Exception {
        assertRefused(
                "a lifted entry says why", entry(1, "a"), entry(2, "b").replace("state: recalled", "state: lifted"));
    }

    @Test
    void refusesAnotherListInItsPlace() throws Exception {
        Files.writeString(draft.path(), Files.readString(draft.path()).replace("name: acme", "name: other"));
        assertThatThrownBy(this::publish).hasMessageContaining("another document cannot follow it");
    }

    @Test
    void refusesToReplaceAPublishedVersion() throws Exception {
        STORES.open(repository).tag("v2", STORES.open(repository).manifest("v1").orElseThrow());
        assertRefused("a published version is never replaced", entry(1, "a"), entry(2, "b"));
    }

    @Test
    void refusesToBeginAnewWithAListThatWasPublished() throws Exception {
        publish();
        repository = ImageReference.parse("oci:" + folder.resolve("empty"));
        assertThatThrownBy(this::publish)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nothing is published: readers who saw it would believe no version 1");
        assertThat(Files.exists(folder.resolve("empty"))).isFalse();
    }

    @Test
    void followsAKeyThatItBelieves() throws Exception {
        SigningKey next = SoftwareKey.generate();
        assertThatThrownBy(() -> publisher(next).publishNext(draft, repository, WEEK, new KeySigner(next)))
                .hasMessageContaining("no key that is trusted for Recalls signed it");
        assertThat(publisher(next, key)
                        .publishNext(draft, repository, WEEK, new KeySigner(next))
                        .head()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void refusesWhatNoReaderWouldBelieve() throws Exception {
        RecallPublisher later = new RecallPublisher(
                STORES,
                List.of(new TrustedKey("recalls", key.publicKey())),
                Clock.fixed(NOW.plus(Duration.ofDays(8)), ZoneOffset.UTC));
        assertThatThrownBy(() -> later.publish(RecallPublisher.File.read(draft.path()), repository, signer))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no reader would believe it");
    }

    @Test
    void namesTheRepositoryAlone() throws Exception {
        assertThatThrownBy(() -> publisher(key).publishNext(draft, repository.tagged("x"), WEEK, signer))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("name the repository alone");
    }
}
