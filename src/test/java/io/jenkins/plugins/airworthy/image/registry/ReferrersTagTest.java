package io.jenkins.plugins.airworthy.image.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static io.jenkins.plugins.airworthy.image.registry.ReferrersTest.entry;
import static io.jenkins.plugins.airworthy.image.registry.ReferrersTest.index;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The list of a registry without the API, which whoever writes last decides: nothing that was seen there gets lost. */
@Timeout(30)
class ReferrersTagTest {
    private FakeRegistry registry;
    private SampleImage note;
    private String ours;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        note = SampleImage.attachedTo(entry("subject"), "note");
        ours = note.manifest().digest().hex();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private FallbackRegistry holding(Descriptor... entries) {
        FallbackRegistry fallback = new FallbackRegistry(index(entries));
        registry.server().setDispatcher(fallback);
        return fallback;
    }

    private static byte[] bytes(Descriptor... entries) {
        return StrictJson.write(index(entries));
    }

    @Test
    void whatOthersWroteIsKeptWithFieldsThatNobodyHereKnows() throws Exception {
        ObjectNode others = index(entry("theirs"));
        others.put("org.example.unknown", 7);
        ((ObjectNode) others.path("manifests").path(0)).put("org.example.more", "kept");
        FallbackRegistry fallback = new FallbackRegistry(others);
        registry.server().setDispatcher(fallback);

        registry.store().putManifest(note.manifest());

        ObjectNode written =
                StrictJson.parseObject(fallback.tagged, "written", 10_000).node();
        assertThat(written.path("org.example.unknown").intValue()).isEqualTo(7);
        assertThat(written.path("manifests").path(0).path("org.example.more").textValue())
                .isEqualTo("kept");
        assertThat(written.path("manifests").path(1).path("digest").textValue())
                .isEqualTo(note.manifest().digest().toString());
        assertThat(written.path("manifests").path(1).path("artifactType").textValue())
                .isEqualTo("application/vnd.example.note");
    }

    @Test
    void anEntryThatAnotherWriterDroppedIsPutBack() throws Exception {
        FallbackRegistry fallback = holding(entry("first"));
        fallback.overwriteOnceWith = bytes(entry("late"));

        registry.store().putManifest(note.manifest());

        assertThat(new String(fallback.tagged, StandardCharsets.UTF_8))
                .contains(
                        entry("first").digest().hex(),
                        entry("late").digest().hex(),
                        note.manifest().digest().hex());
    }

    @Test
    void writersThatNeverAgreeEnd() throws Exception {
        FallbackRegistry fallback = holding();
        fallback.forgetful = true;

        assertThatThrownBy(() -> registry.store().putManifest(note.manifest()))
                .hasMessageContaining("other writers changed the tag");
    }

    /** cosign reads the list once, and writes it back whatever has happened meanwhile. */
    @Test
    void anEntryThatASlowWriterDropsAfterOurFirstLookIsPutBack() throws Exception {
        FallbackRegistry fallback = holding(entry("first"));
        fallback.other = Optional.of((look, tagged) -> switch (look) {
            case 1 -> bytes(entry("first"), note.manifest().descriptor(), entry("quick"));
            case 4 -> bytes(entry("first"), entry("slow"));
            default -> tagged;
        });

        registry.store().putManifest(note.manifest());

        assertThat(fallback.listed())
                .contains(
                        ours,
                        entry("first").digest().hex(),
                        entry("quick").digest().hex(),
                        entry("slow").digest().hex());
    }

    @Test
    void anEntryIsPutBackAsOftenAsItIsDropped() throws Exception {
        FallbackRegistry fallback = holding();
        fallback.other =
                Optional.of((look, tagged) -> look % 2 == 1 && look < 10 ? bytes(entry("slow " + look)) : tagged);

        registry.store().putManifest(note.manifest());

        assertThat(fallback.listed())
                .contains(ours)
                .contains(
                        entry("slow 1").digest().hex(), entry("slow 9").digest().hex());
    }

    /** oras deletes the list that it replaced, and with it the tag when that came back meanwhile. */
    @Test
    void aListThatIsGoneAltogetherIsWrittenAnew() throws Exception {
        FallbackRegistry fallback = holding(entry("first"));
        fallback.other = Optional.of((look, tagged) -> look == 1 ? new byte[0] : tagged);

        registry.store().putManifest(note.manifest());

        assertThat(fallback.listed()).contains(ours, entry("first").digest().hex());
    }

    /** Sent again as it was, the list would take away what was written between the two tries. */
    @Test
    void aListThatCouldNotBeWrittenIsReadAgainBeforeTheNextTry() throws Exception {
        FallbackRegistry fallback = holding(entry("first"));
        fallback.failAtWrite = 1;
        fallback.other = Optional.of((look, tagged) -> look == 0 ? bytes(entry("first"), entry("between")) : tagged);

        registry.store().putManifest(note.manifest());

        assertThat(fallback.listed()).contains(ours, entry("between").digest().hex());
        assertThat(fallback.writes.get()).isEqualTo(2);
    }

    @Test
    void aWriterThatIsAloneLooksTwice() throws Exception {
        FallbackRegistry fallback = holding(entry("first"));

        registry.store().putManifest(note.manifest());

        assertThat(fallback.writes.get()).isEqualTo(1);
        assertThat(fallback.looks.get()).isBetween(1, 3);
    }

    /** A promotion brings all of an image's evidence at once. */
    @Test
    void severalManifestsOfOneSubjectAreListedTogether() throws Exception {
        FallbackRegistry fallback = holding(entry("first"));
        SampleImage another = SampleImage.attachedTo(entry("subject"), "another note");

        registry.store().putManifests(List.of(note.manifest(), another.manifest()));

        assertThat(fallback.listed())
                .contains(
                        ours,
                        another.manifest().digest().hex(),
                        entry("first").digest().hex());
        assertThat(fallback.writes.get()).isEqualTo(1);
        assertThat(fallback.looks.get()).isBetween(1, 3);
    }

    @Test
    void aWriterBesideOthersLooksLonger() throws Exception {
        FallbackRegistry fallback = holding();
        fallback.other = Optional.of(
                (look, tagged) -> look == 1 ? bytes(note.manifest().descriptor(), entry("theirs")) : tagged);

        registry.store().putManifest(note.manifest());

        assertThat(fallback.looks.get()).isGreaterThan(3);
    }

    @Test
    void waitingForOthersEndsWhenItsThreadIsInterrupted() throws Exception {
        FallbackRegistry fallback = holding();
        AtomicReference<Exception> end = new AtomicReference<>();
        AtomicReference<Thread> writer = new AtomicReference<>();
        fallback.other = Optional.of((look, tagged) -> {
            if (look == 5) {
                writer.get().interrupt();
            }
            return bytes(); // no one can ever be done
        });
        writer.set(new Thread(() -> {
            try {
                registry.store().putManifest(note.manifest());
            } catch (Exception e) {
                end.set(e);
            }
        }));
        writer.get().start();
        writer.get().join();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void threadsOfOneProcessAreNoStrangersToEachOther() throws Exception {
        FallbackRegistry fallback = holding();
        RegistryStores stores = registry.stores();

        AttachingProcess.attach(
                stores, registry.open(stores).location(), entry("subject"), "thread", 4, AttachedPiece.REFERRER);

        assertThat(StrictJson.parseObject(fallback.tagged, "list", 100_000).objects("manifests"))
                .hasSize(4 * AttachingProcess.NOTES);
        assertThat(fallback.writes.get()).isLessThanOrEqualTo(4 * AttachingProcess.NOTES);
    }

    /** Keeps the one tag of a registry without the API, and lets other writers come in between. */
    private static final class FallbackRegistry extends Dispatcher {
        private volatile byte[] tagged;
        private volatile byte[] overwriteOnceWith = new byte[0];
        private volatile boolean forgetful;
        private volatile Optional<Other> other = Optional.empty();
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicInteger writes = new AtomicInteger();
        private volatile int failAtWrite;

        FallbackRegistry(ObjectNode index) {
            tagged = StrictJson.write(index);
        }

        /** The entries that are listed now. */
        String listed() {
            return new String(tagged, StandardCharsets.UTF_8);
        }

        @Override
        public synchronized MockResponse dispatch(RecordedRequest request) {
            boolean tag = request.getTarget().contains("/manifests/sha256-");
            if (request.getMethod().equals("GET")) {
                if (tag && writes.get() > 0) {
                    looks.incrementAndGet();
                    other.ifPresent(writer -> tagged = writer.after(looks.get(), tagged));
                }
                if (tagged.length == 0) {
                    return FakeRegistry.error(404, "MANIFEST_UNKNOWN").build();
                }
                return FakeRegistry.body(tagged)
                        .setHeader("Content-Type", MediaTypes.OCI_INDEX)
                        .build();
            }
            if (!tag) {
                return FakeRegistry.response(request.getMethod().equals("HEAD") ? 200 : 201)
                        .build();
            }
            if (writes.incrementAndGet() == failAtWrite) {
                other.ifPresent(writer -> tagged = writer.after(0, tagged));
                return FakeRegistry.response(503).build();
            }
            if (overwriteOnceWith.length > 0) {
                tagged = overwriteOnceWith;
                overwriteOnceWith = new byte[0];
            } else if (!forgetful) {
                tagged = request.getBody().toByteArray();
            }
            return FakeRegistry.response(201).build();
        }
    }

    /** What another writer makes of the list before our look with this number, counted from 1 after our first write. */
    @FunctionalInterface
    private interface Other {
        byte[] after(int look, byte[] tagged);
    }
}
