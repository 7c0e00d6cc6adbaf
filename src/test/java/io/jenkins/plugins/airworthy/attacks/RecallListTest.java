package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.document.DocumentPublisher;
import io.jenkins.plugins.airworthy.sign.document.SignedDocument;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A list of recalls that is hidden, old, forked, forged or broken: nothing is decided by it, and never that nothing is recalled. */
class RecallListTest extends RecallAttack {
    private static final String FIRST = entry("R-2026-0001", "digest: sha256:" + "1".repeat(64));
    private static final Instant ISSUED = NOW.minusSeconds(60);
    private static final Instant EXPIRES = NOW.plusSeconds(86_400);

    private ImageStore lists() throws Exception {
        return LayoutStore.open((LayoutReference) list());
    }

    private void setClock(Duration after) {
        clock = Clock.fixed(NOW.plus(after), ZoneOffset.UTC);
    }

    /** Publishes without any check that the product's publisher makes. */
    private SignedDocument plant(DocumentHead head, String document, SigningKey key) throws Exception {
        byte[] bytes = document.getBytes(UTF_8);
        Descriptor content = DocumentPublisher.content(Digest.of(bytes), bytes.length);
        return new DocumentPublisher(List.of(new TrustedKey("recalls", key.publicKey())), clock)
                .publish(lists(), list(), head, content, () -> new ByteArrayInputStream(bytes), new KeySigner(key));
    }

    private SignedDocument plant(long version, Optional<Digest> previous, String... entries) throws Exception {
        return plant(
                new DocumentHead(DocumentHead.RECALLS, "acme", version, previous, ISSUED, EXPIRES),
                document(version, previous, ISSUED, EXPIRES, entries),
                recaller);
    }

    /** Exchanges the repository of the list for an empty one. */
    private void clear() throws Exception {
        Files.move(folder.resolve("recalls"), folder.resolve("old" + System.nanoTime()));
    }

    private void moveBack(SignedDocument older) throws Exception {
        Manifest manifest = lists().manifest(older.digest()).orElseThrow();
        lists().tag("current", manifest);
    }

    @Test
    void readsTheNextVersions() throws Exception {
        assertPromoted();
        publish(FIRST);
        publish(FIRST);
        assertPromoted();
    }

    @Test
    void undecidedByOlderVersion() throws Exception {
        SignedDocument first = published;
        publish(FIRST, entry("R-2026-0002", "digest: " + image.digest()));
        assertThat(failed(promote().judged())).isEqualTo("recalls");
        moveBack(first);
        assertUndecided("version 2 (", "was seen here before: somebody leads back to an older one");
    }

    @Test
    void undecidedByOlderVersionAlsoWhenTheSeenOneHasExpired() throws Exception {
        SignedDocument first = published;
        publish(FIRST);
        assertPromoted();
        production.tag(TAG, running);
        setClock(Duration.ofDays(2));
        assertUndecided("expired at " + EXPIRES);
        moveBack(first);
        assertUndecided("somebody leads back to an older one");
    }

    @Test
    void undecidedByAnotherVersionOfTheSameNumber() throws Exception {
        publish(FIRST, entry("R-2026-0002", "digest: " + image.digest()));
        assertThat(failed(promote().judged())).isEqualTo("recalls");
        clear();
        plant(2, published.head().previous(), FIRST);
        assertUndecided("another version of this number was seen here before, " + published.digest());
    }

    @Test
    void undecidedByVersionThatFollowsFromAnother() throws Exception {
        publish(FIRST);
        assertPromoted();
        production.tag(TAG, running);
        plant(3, Optional.of(Digest.of("another".getBytes(UTF_8))), FIRST);
        assertUndecided("does not follow from version 2", "the version before is sha256:");
    }

    @Test
    void undecidedByVersionThatLeapsAhead() throws Exception {
        assertPromoted();
        production.tag(TAG, running);
        plant(9_999, Optional.of(published.digest()), FIRST);
        assertUndecided("is not version 9998 of Recalls 'acme'");
        plant(99_999, Optional.of(published.digest()), FIRST);
        assertUndecided("more than 10000 versions are not followed back");
    }

    @Test
    void undecidedByVersionThatExpired() throws Exception {
        setClock(Duration.between(NOW, EXPIRES));
        assertUndecided(
                "Recalls 'acme' version 1 expired at " + EXPIRES, "its publisher runs 'airworthy recall publish'");
    }

    @Test
    void undecidedByVersionFromTheFuture() throws Exception {
        setClock(Duration.ofDays(-1));
        assertUndecided("was issued at " + ISSUED, "one of the two clocks is wrong");
    }

    @Test
    void undecidedAfterTheClockWasSetBack() throws Exception {
        assertPromoted();
        production.tag(TAG, running);
        setClock(Duration.ofHours(20));
        assertThat(failed(promote().judged())).doesNotContain("recalls");
        production.tag(TAG, running);
        setClock(Duration.ofHours(2));
        assertUndecided("it was set back");
    }

    @Test
    void undecidedByListOfAnotherSigner() throws Exception {
        clear();
        published = null;
        for (SigningKey key : List.of(stranger, release)) {
            plant(
                    new DocumentHead(DocumentHead.RECALLS, "acme", 1, Optional.empty(), ISSUED, EXPIRES),
                    document(1, Optional.empty(), ISSUED, EXPIRES, FIRST),
                    key);
            assertUndecided("no key that is trusted for Recalls signed it", ": check --recalls-key");
        }
    }

    @Test
    void undecidedByListUnderAnotherName() throws Exception {
        assertPromoted();
        production.tag(TAG, running);
        clear();
        plant(
                new DocumentHead(DocumentHead.RECALLS, "other", 1, Optional.empty(), ISSUED, EXPIRES),
                document(1, Optional.empty(), ISSUED, EXPIRES, FIRST).replace("acme", "other"),
                recaller);
        assertUndecided("Recalls 'acme' was seen here before: one document does not take another's place");
    }

    @Test
    void undecidedByContentThatIsNotWhatWasSigned() throws Exception {
        clear();
        plant(
                new DocumentHead(DocumentHead.RECALLS, "acme", 1, Optional.empty(), ISSUED, EXPIRES),
                document(1, Optional.empty(), ISSUED, EXPIRES.plusSeconds(1), FIRST),
                recaller);
        assertUndecided("its signer says that it is Recalls 'acme' version 1");
    }

    @Test
    void undecidedWithoutTheList() throws Exception {
        clear();
        assertUndecided("there is no Recalls: nothing is published there");
    }

    @Test
    void undecidedWithoutTheSignature() throws Exception {
        lists().removeReferrers(
                        published.digest(),
                        lists().referrers(published.digest()).stream()
                                .map(Descriptor::digest)
                                .toList());
        assertUndecided("no key that is trusted for Recalls signed it (nothing is attached to it)");
    }

    @Test
    void undecidedByContentThatWasChanged() throws Exception {
        Path content = folder.resolve("recalls/blobs/sha256")
                .resolve(published.content().digest().hex());
        Files.writeString(content, Files.readString(content).replace("1111", "2222"));
        assertUndecided("the list of recalls cannot be read", "has the digest");
    }

    @Test
    void undecidedWithoutTheContent() throws Exception {
        Files.delete(folder.resolve("recalls/blobs/sha256")
                .resolve(published.content().digest().hex()));
        assertUndecided(published.content().digest().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  - &a {id: R-2026-0002}\n|anchors and aliases are not allowed",
                "  - !!map {id: R-2026-0002}\n|tags are not allowed",
                "  - {id: R-2026-0002, state: recalled, story: s, since: 2026-11-19T00:00:00Z, by: a, digest: DEEP}\n|nested deeper than 30",
                "  - {id: R-2026-0001, state: recalled, story: s, since: 2026-11-19T00:00:00Z, by: a, digest: DIGEST}\n|comes after R-2026-0001: ids ascend",
                "  - {id: R-2026-0002, state: lifted, story: s, since: 2026-11-19T00:00:00Z, by: a, digest: DIGEST}\n|a lifted entry says why",
                "  - {id: R-2026-0002, state: recalled, story: s, since: 2026-11-19T00:00:00Z, by: a, digest: DIGEST, lifted: {reason: r, by: b, at: 2026-11-19T00:00:00Z}}\n|the state of this entry is 'recalled'",
                "  - {id: R-2026-0002, state: recalled, story: s, since: 2026-11-19T00:00:00Z, by: a}\n|this one has none",
                "  - {id: R-2026-0002, state: recalled, story: s, since: 2026-11-19T00:00:00Z, by: a, digest: DIGEST, source: {repository: r}}\n|digest and source",
                "  - {id: R-2026-0002, state: recalled, story: s, since: 2026-11-19T00:00:00Z, by: a, unknown: x}\n|unknown key 'unknown'",
                "  - {id: R-2026-0002, state: recalled, story: \"s\u200b\", since: 2026-11-19T00:00:00Z, by: a, digest: DIGEST}\n|contains the character U+200B",
                "  - {id: R-2026-0002, state: recalled, story: LONG, since: 2026-11-19T00:00:00Z, by: a, digest: DIGEST}\n|an entry larger than the allowed 262144 characters",
                "  - {id: R-2026-0002, state: recalled, story: s, since: 2026-11-19T00:00:00Z, by: a, packages: [{package: 'pkg:npm/a', versions: 'vers:npm/>1|>2'}]}\n|of one direction",
                "  - {id: R-2026-0002, state: recalled, story: s, since: 2026-11-19T00:00:00Z, by: a, signer: {key: HEX, from: 2026-11-19T00:00:00Z}}\n|a key is recalled for all time",
                "more: 1\n|nothing may come after the list",
                "---\n{}\n|only one document is allowed",
                "  - {\n|is not valid YAML",
            })
    void undecidedByMalformedList(String damage) throws Exception {
        String[] parts = damage.split("\\|(?=[^|>]*$)", -1);
        String added = parts[0].replace("DIGEST", "'sha256:" + "2".repeat(64) + "'")
                .replace("HEX", "'" + "2".repeat(64) + "'")
                .replace("DEEP", "[".repeat(40) + "]".repeat(40))
                .replace("LONG", "x".repeat(600_000));
        clear();
        plant(
                new DocumentHead(DocumentHead.RECALLS, "acme", 1, Optional.empty(), ISSUED, EXPIRES),
                document(1, Optional.empty(), ISSUED, EXPIRES, FIRST, added),
                recaller);
        assertUndecided("the list of recalls cannot be read: ", parts[1]);
    }

    @Test
    void undecidedByDamagedRecordOfTheSeenVersion() throws Exception {
        assertPromoted();
        production.tag(TAG, running);
        Path record = record();
        for (String content :
                List.of("", "{}", Files.readString(record).replace("\"schemaVersion\":1", "\"schemaVersion\":2"))) {
            Files.writeString(record, content);
            assertUndecided("the version of ", "that was seen before is not known");
        }
    }

    @Test
    void undecidedByRecordThatOthersMayWrite() throws Exception {
        assertPromoted();
        production.tag(TAG, running);
        Files.setPosixFilePermissions(record(), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertUndecided("others than you and root may write this file");
    }

    private Path record() throws Exception {
        try (Stream<Path> files = Files.list(seen)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void liftedRecallRefusesNothing() throws Exception {
        String recalled = entry("R-2026-0002", "digest: " + image.digest());
        publish(FIRST, recalled);
        assertThat(failed(promote().judged())).isEqualTo("recalls");
        publish(
                FIRST,
                entry(
                        "R-2026-0002",
                        "digest: " + image.digest()
                                + "\nlifted: {reason: it was another image, by: bob, at: 2026-11-20T11:00:00Z}",
                        "lifted"));
        assertPromoted();
    }
}
