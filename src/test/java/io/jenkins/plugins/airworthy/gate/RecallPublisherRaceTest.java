package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.document.SignedDocument;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two who publish a list at the same time: nobody is told that a version is published which is gone. */
class RecallPublisherRaceTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final String MEANWHILE = "another version 2 was published meanwhile: publish again";

    @TempDir
    Path folder;

    private final SigningKey key = SoftwareKey.generate();
    private ImageReference repository;
    private RecallDraft draft;
    private ImageStore plain;
    private Manifest first;
    private Manifest other;

    /** What another publisher does meanwhile. */
    @FunctionalInterface
    private interface Meanwhile {
        void run() throws AirworthyException, InterruptedException;
    }

    @BeforeEach
    void publishFirst() throws Exception {
        repository = ImageReference.parse("oci:" + folder.resolve("recalls"));
        plain = LayoutStore.open((LayoutReference) repository);
        draft = draft("recalls.yaml");
        publish(plain, draft);
        first = plain.manifest("current").orElseThrow();
        ImageReference elsewhere = ImageReference.parse("oci:" + folder.resolve("elsewhere"));
        publisher(LayoutStore.open((LayoutReference) elsewhere), NOW.minusSeconds(1))
                .publishNext(draft("other.yaml"), elsewhere, WEEK, new KeySigner(key));
        other = LayoutStore.open((LayoutReference) elsewhere)
                .manifest("current")
                .orElseThrow();
        plain.putManifest(other);
    }

    private RecallDraft draft(String name) throws Exception {
        RecallDraft made = new RecallDraft(folder.resolve(name));
        made.create("acme", NOW, WEEK);
        return made;
    }

    private RecallPublisher publisher(ImageStore store, Instant now) {
        return new RecallPublisher(
                reference -> store,
                List.of(new TrustedKey("recalls", key.publicKey())),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private SignedDocument publish(ImageStore store, RecallDraft list) throws Exception {
        return publisher(store, NOW).publishNext(list, repository, WEEK, new KeySigner(key));
    }

    /** A store in which the last writer wins, as most registries are. */
    private class LastWins extends PassingStore {
        LastWins() {
            super(plain);
        }

        @Override
        public Optional<UndecidedException> tagOnce(String tag, Optional<Digest> before, Manifest manifest)
                throws AirworthyException, InterruptedException {
            plain.tag(tag, manifest);
            return Optional.empty();
        }
    }

    private ImageStore afterTheNumber(Meanwhile meanwhile) {
        return new LastWins() {
            @Override
            public Optional<UndecidedException> tagOnce(String tag, Optional<Digest> before, Manifest manifest)
                    throws AirworthyException, InterruptedException {
                Optional<UndecidedException> failure = super.tagOnce(tag, before, manifest);
                meanwhile.run();
                return failure;
            }
        };
    }

    private ImageStore afterCurrent(Meanwhile meanwhile) {
        return new LastWins() {
            @Override
            public void tag(String tag, Manifest manifest) throws AirworthyException, InterruptedException {
                super.tag(tag, manifest);
                meanwhile.run();
            }
        };
    }

    private void assertRefused(ImageStore store) {
        assertThatThrownBy(() -> publish(store, draft))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(MEANWHILE);
    }

    private Optional<Digest> at(String tag) throws Exception {
        return plain.resolve(tag).map(Descriptor::digest);
    }

    @Test
    void leavesANumberThatWasTakenDuringTheUpload() throws Exception {
        assertRefused(new LastWins() {
            @Override
            public void putBlob(Descriptor blob, BlobSource source) throws AirworthyException, InterruptedException {
                super.putBlob(blob, source);
                plain.tag("v2", other);
            }
        });
        assertThat(at("v2")).contains(other.digest());
        assertThat(at("current")).contains(first.digest());
    }

    @Test
    void noticesThatItsNumberWasTakenByALaterWriter() throws Exception {
        assertRefused(afterTheNumber(() -> plain.tag("v2", other)));
        assertThat(at("current")).contains(first.digest());
    }

    @Test
    void leavesAVersionThatBecameCurrentMeanwhile() throws Exception {
        assertRefused(afterTheNumber(() -> plain.tag("current", other)));
        assertThat(at("current")).contains(other.digest());
    }

    @Test
    void noticesThatAnotherBecameCurrentAfterIt() {
        assertRefused(afterCurrent(() -> plain.tag("current", other)));
    }

    @Test
    void noticesThatItsNumberWasMovedAtTheEnd() {
        assertRefused(afterCurrent(() -> plain.tag("v2", other)));
    }

    @Test
    void finishesAVersionThatHasItsNumberOnly() throws Exception {
        assertThatThrownBy(() -> publish(
                        afterTheNumber(() -> {
                            throw new UndecidedException("stopped");
                        }),
                        draft))
                .hasMessage("stopped");
        Optional<Digest> begun = at("v2");
        SignedDocument finished =
                publisher(plain, NOW.plusSeconds(60)).publishNext(draft, repository, WEEK, new KeySigner(key));
        assertThat(begun).contains(finished.digest());
        assertThat(at("current")).isEqualTo(begun);
        assertThat(publish(plain, draft).head().version()).isEqualTo(3);
    }

    @Test
    void ofSeveralAtOnceEachThatSucceedsIsThere() throws Exception {
        List<Future<SignedDocument>> all = new ArrayList<>();
        ExecutorService publishers = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 12; i++) {
                RecallDraft own = draft("own" + i + ".yaml");
                RecallPublisher each = publisher(LayoutStore.open((LayoutReference) repository), NOW.plusSeconds(i));
                all.add(publishers.submit(() -> each.publishNext(own, repository, WEEK, new KeySigner(key))));
            }
            List<Long> versions = new ArrayList<>();
            for (Future<SignedDocument> each : all) {
                try {
                    SignedDocument published = each.get();
                    versions.add(published.head().version());
                    assertThat(at("v" + published.head().version())).contains(published.digest());
                } catch (ExecutionException e) {
                    assertThat(e).cause().isInstanceOf(AirworthyException.class);
                }
            }
            assertThat(versions).isNotEmpty().doesNotHaveDuplicates();
        } finally {
            publishers.shutdownNow();
        }
    }
}
