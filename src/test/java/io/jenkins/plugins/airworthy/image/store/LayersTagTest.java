package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Several writers at one tag of signatures. */
class LayersTagTest {
    private static final Digest SUBJECT = Digest.of("an image".getBytes(StandardCharsets.UTF_8));
    private static final String TAG = "sha256-" + SUBJECT.hex() + ".sig";

    private static final int WRITERS = 8;

    @TempDir
    private Path folder;

    private LayoutStore store;

    @BeforeEach
    void open() throws Exception {
        store = LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve("images")));
    }

    private Descriptor layer(String text, Map<String, String> annotations) throws Exception {
        Descriptor blob = Samples.blob(store, "text/plain", text.getBytes(StandardCharsets.UTF_8));
        return new Descriptor(
                blob.mediaType(), blob.digest(), blob.size(), Optional.empty(), annotations, Optional.empty());
    }

    private List<Descriptor> layers(String... texts) throws Exception {
        List<Descriptor> layers = new ArrayList<>();
        for (String text : texts) {
            layers.add(layer(text, Map.of("note", text)));
        }
        return layers;
    }

    /** A manifest that the tag does not stand for, as another writer makes it. */
    private ImageManifest manifest(String... texts) throws Exception {
        return (ImageManifest) LayersTag.add(store, "others" + List.of(texts).hashCode(), layers(texts));
    }

    private List<String> notes() throws Exception {
        return ((ImageManifest) store.manifest(TAG).orElseThrow())
                .layers().stream().map(layer -> layer.annotations().get("note")).toList();
    }

    @Test
    void theSameLayersMakeTheSameFirstManifest() throws Exception {
        Manifest first = LayersTag.add(store, TAG, layers("a", "b"));
        assertThat(first).isEqualTo(manifest("a", "b"));
        assertThat(store.manifest(TAG)).contains(first);
    }

    @Test
    void addsBehindWhatIsThereAndNothingTwice() throws Exception {
        LayersTag.add(store, TAG, layers("a", "b"));
        LayersTag.add(store, TAG, layers("b", "c"));
        assertThat(notes()).containsExactly("a", "b", "c");
    }

    /** One payload signed twice is one blob with two annotations. */
    @Test
    void layersThatDifferInAnAnnotationOnlyAreTwo() throws Exception {
        LayersTag.add(store, TAG, List.of(layer("a", Map.of("note", "x"))));
        LayersTag.add(store, TAG, List.of(layer("a", Map.of("note", "y"))));
        assertThat(notes()).containsExactly("x", "y");
    }

    @Test
    void whatIsUnknownInTheManifestIsKept() throws Exception {
        ImageManifest theirs = manifest("theirs");
        String text = new String(theirs.content().bytes(), StandardCharsets.UTF_8)
                .replace("\"schemaVersion\":2", "\"schemaVersion\":2,\"org.example\":{\"a\":1}");
        store.tag(TAG, put(text));
        LayersTag.add(store, TAG, layers("ours"));
        Manifest merged = store.manifest(TAG).orElseThrow();
        assertThat(new String(merged.content().bytes(), StandardCharsets.UTF_8)).contains("\"org.example\":{\"a\":1}");
        assertThat(notes()).containsExactly("theirs", "ours");
    }

    private Manifest put(String text) throws Exception {
        Manifest manifest = Manifest.parse(MediaTypes.OCI_MANIFEST, text.getBytes(StandardCharsets.UTF_8));
        store.putManifest(manifest);
        return manifest;
    }

    @Test
    void theConfigNamesTheLayersSoThatCosignCanAddToThem() throws Exception {
        ImageManifest made = manifest("a", "b");
        byte[] config = store.readBlob(made.config(), 10_000);
        assertThat(new String(config, StandardCharsets.UTF_8))
                .contains("\"diff_ids\":[\"" + made.layers().get(0).digest() + "\",\""
                        + made.layers().get(1).digest() + "\"]");
        assertThat(made.config().mediaType()).isEqualTo(MediaTypes.OCI_CONFIG);
        assertThat(manifest("a", "b")).isEqualTo(made);
    }

    @Test
    void layersThatAnotherWriterDroppedArePutBack() throws Exception {
        LayersTag.add(store, TAG, layers("first"));
        Manifest others = manifest("other");
        ContendedStore contended =
                new ContendedStore(store, look -> look == 1 ? Optional.of(others) : Optional.empty());
        LayersTag.add(contended, TAG, layers("ours"));
        assertThat(notes()).containsExactlyInAnyOrder("first", "other", "ours");
    }

    /** cosign reads the layers once, uploads its own, and writes the manifest whatever has happened meanwhile. */
    @Test
    void layersThatASlowWriterDropsAfterOurFirstLookArePutBack() throws Exception {
        Manifest quick = manifest("quick", "ours");
        Manifest slow = manifest("slow");
        ContendedStore contended = new ContendedStore(store, look -> switch (look) {
            case 1 -> Optional.of(quick);
            case 4 -> Optional.of(slow);
            default -> Optional.empty();
        });
        LayersTag.add(contended, TAG, layers("ours"));
        assertThat(notes()).containsExactlyInAnyOrder("slow", "ours", "quick");
    }

    /** Sent again as it was, the manifest would take away what was written between the two tries. */
    @Test
    void aManifestThatCouldNotBeWrittenIsMadeAnewBeforeTheNextTry() throws Exception {
        Manifest between = manifest("between");
        ContendedStore contended = new ContendedStore(store, look -> Optional.empty());
        contended.insteadOfFirstWrite = Optional.of(between);
        LayersTag.add(contended, TAG, layers("ours"));
        assertThat(notes()).containsExactly("between", "ours");
        assertThat(contended.writes).isEqualTo(2);
    }

    /** The registry has written it, and its answer got lost. */
    @Test
    void aWriteThatFailedAndYetPassedIsNotRepeated() throws Exception {
        ImageManifest ours = manifest("ours");
        ContendedStore contended = new ContendedStore(store, look -> Optional.empty());
        contended.insteadOfFirstWrite = Optional.of(ours);
        assertThat(LayersTag.add(contended, TAG, layers("ours"))).isEqualTo(ours);
        assertThat(contended.writes).isEqualTo(1);
    }

    @Test
    void aTagThatOthersNeverLeaveAloneIsGivenUp() throws Exception {
        Manifest others = manifest("other");
        ContendedStore contended = new ContendedStore(store, look -> Optional.of(others));
        List<Descriptor> ours = layers("ours");
        assertThatThrownBy(() -> LayersTag.add(contended, TAG, ours))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("other writers changed the tag")
                .hasMessageContaining("try again");
    }

    @Test
    void aWriterThatIsAloneWritesOnceAndLooksTwice() throws Exception {
        ContendedStore contended = new ContendedStore(store, look -> Optional.empty());
        LayersTag.add(contended, TAG, layers("ours"));
        assertThat(contended.writes).isEqualTo(1);
        assertThat(contended.looks).isBetween(1, 3);
    }

    /** A folder compares what its tag stands for under a lock: nobody can have written between, and nobody waits. */
    @Test
    void writersOfAFolderThatShareNothingLoseNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<Manifest>> work = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                List<Descriptor> one = layers("writer " + i);
                ImageStore own = stranger(i);
                work.add(() -> LayersTag.add(own, TAG, one));
            }
            for (Future<Manifest> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(notes()).hasSize(WRITERS);
    }

    /** The same folder by another name, under which no writer of this process knows of the others. */
    private ImageStore stranger(int number) throws Exception {
        ImageReference elsewhere = ImageReference.parse("oci:" + folder.resolve("other process " + number));
        return new PassingStore(store) {
            @Override
            public ImageReference location() {
                return elsewhere;
            }
        };
    }

    @Test
    void aFolderMovesNoTagThatStandsForSomethingElseMeanwhile() throws Exception {
        ImageManifest first = manifest("first");
        store.tagOnce(TAG, Optional.empty(), first);
        assertThat(store.tagOnce(TAG, Optional.empty(), manifest("second"))).isPresent();
        assertThat(store.manifest(TAG)).contains(first);
    }

    /** A store in which the last writer wins, another of whom comes between our looks. */
    private static final class ContendedStore extends PassingStore {
        private final Others others;
        private Optional<Manifest> insteadOfFirstWrite = Optional.empty();
        private int writes;
        private int looks;

        ContendedStore(ImageStore store, Others others) {
            super(store);
            this.others = others;
        }

        @Override
        public Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException {
            if (writes > 0) {
                Optional<Manifest> theirs = others.before(++looks);
                if (theirs.isPresent()) {
                    move(tag, theirs.get());
                }
            }
            return super.manifest(tag);
        }

        @Override
        public Optional<UndecidedException> tagOnce(String tag, Optional<Digest> before, Manifest manifest)
                throws AirworthyException, InterruptedException {
            if (++writes == 1 && insteadOfFirstWrite.isPresent()) {
                move(tag, insteadOfFirstWrite.get());
                return Optional.of(new UndecidedException("no answer"));
            }
            move(tag, manifest);
            return Optional.empty();
        }

        private void move(String tag, Manifest manifest) throws AirworthyException, InterruptedException {
            putManifest(manifest);
            tag(tag, manifest);
        }

        @Override
        public TagWritePolicy tagWrites() {
            return new TagWritePolicy(
                    Duration.ofMillis(1), 0, Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofSeconds(4), 3);
        }
    }

    /** What somebody else writes before our look with this number, counted from 1 after our first write. */
    @FunctionalInterface
    private interface Others {
        Optional<Manifest> before(int look);
    }

    @Test
    void refusesMoreLayersThanReadersTake() throws Exception {
        String[] many = new String[LayersTag.MAX_LAYERS];
        for (int i = 0; i < many.length; i++) {
            many[i] = "" + i;
        }
        Manifest full = manifest(many);
        store.putManifest(full);
        store.tag(TAG, full);
        List<Descriptor> one = layers("one more");
        assertThatThrownBy(() -> LayersTag.add(store, TAG, one))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("would have 1001 layers, more than the allowed 1000");
        assertThat(store.manifest(TAG)).contains(full);
    }

    @Test
    void aTagNamedAfterSomethingElseIsNoPlaceForEvidence() throws Exception {
        Descriptor layer = layer("a", Map.of());
        for (String tag : List.of("sha256-" + "0".repeat(64) + ".sig", "latest", "sha256-" + SUBJECT.hex())) {
            assertThatThrownBy(() -> new EvidenceTag(tag, SUBJECT, SUBJECT, layer))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
