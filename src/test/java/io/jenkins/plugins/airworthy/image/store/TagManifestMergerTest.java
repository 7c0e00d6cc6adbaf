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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Several writers at one tag of signatures. */
class TagManifestMergerTest {
    private static final Digest SUBJECT = Digest.of("an image".getBytes(StandardCharsets.UTF_8));
    private static final String TAG = "sha256-" + SUBJECT.hex() + ".sig";

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

    private ImageManifest manifest(String... texts) throws Exception {
        List<Descriptor> layers = new ArrayList<>();
        for (String text : texts) {
            layers.add(layer(text, Map.of("note", text)));
        }
        return TagManifestMerger.of(store, layers);
    }

    private List<String> notes() throws Exception {
        return ((ImageManifest) store.manifest(TAG).orElseThrow())
                .layers().stream().map(layer -> layer.annotations().get("note")).toList();
    }

    @Test
    void theFirstManifestStaysAsItIs() throws Exception {
        ImageManifest first = manifest("a", "b");
        assertThat(TagManifestMerger.add(store, TAG, first)).isEqualTo(first);
        assertThat(store.manifest(TAG)).contains(first);
    }

    @Test
    void addsBehindWhatIsThereAndNothingTwice() throws Exception {
        TagManifestMerger.add(store, TAG, manifest("a", "b"));
        TagManifestMerger.add(store, TAG, manifest("b", "c"));
        assertThat(notes()).containsExactly("a", "b", "c");
    }

    /** One payload signed twice is one blob with two annotations. */
    @Test
    void layersThatDifferInAnAnnotationOnlyAreTwo() throws Exception {
        TagManifestMerger.add(store, TAG, TagManifestMerger.of(store, List.of(layer("a", Map.of("note", "x")))));
        TagManifestMerger.add(store, TAG, TagManifestMerger.of(store, List.of(layer("a", Map.of("note", "y")))));
        assertThat(notes()).containsExactly("x", "y");
    }

    @Test
    void whatIsUnknownInTheManifestIsKept() throws Exception {
        ImageManifest theirs = manifest("theirs");
        String text = new String(theirs.content().bytes(), StandardCharsets.UTF_8)
                .replace("\"schemaVersion\":2", "\"schemaVersion\":2,\"org.example\":{\"a\":1}");
        store.tag(TAG, put(text));
        TagManifestMerger.add(store, TAG, manifest("ours"));
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
        TagManifestMerger.add(store, TAG, manifest("first"));
        Manifest others = manifest("first", "other");
        store.putManifest(others);
        ImageStore contended = new PassingStore(store) {
            private boolean dropped;

            @Override
            public void tag(String tag, Manifest manifest) throws AirworthyException, InterruptedException {
                super.tag(tag, manifest);
                if (!dropped) {
                    // Somebody read before we wrote, and writes now.
                    dropped = true;
                    super.tag(tag, others);
                }
            }
        };
        TagManifestMerger.add(contended, TAG, manifest("ours"));
        assertThat(notes()).containsExactly("first", "other", "ours");
    }

    @Test
    void aTagThatOthersNeverLeaveAloneIsGivenUp() throws Exception {
        Manifest others = manifest("other");
        store.putManifest(others);
        ImageStore contended = new PassingStore(store) {
            @Override
            public void tag(String tag, Manifest manifest) throws AirworthyException, InterruptedException {
                super.tag(tag, others);
            }
        };
        ImageManifest ours = manifest("ours");
        assertThatThrownBy(() -> TagManifestMerger.add(contended, TAG, ours))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("try again");
    }

    @Test
    void refusesMoreLayersThanReadersTake() throws Exception {
        String[] many = new String[TagManifestMerger.MAX_LAYERS];
        for (int i = 0; i < many.length; i++) {
            many[i] = "" + i;
        }
        Manifest full = manifest(many);
        store.putManifest(full);
        store.tag(TAG, full);
        ImageManifest one = manifest("one more");
        assertThatThrownBy(() -> TagManifestMerger.add(store, TAG, one))
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
