package io.jenkins.plugins.airworthy.image.layout;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LayoutStoreTest {
    @TempDir
    private Path temp;

    private Path folder;
    private LayoutStore store;

    @BeforeEach
    void open() {
        folder = temp.resolve("layout");
        store = LayoutStore.open(new LayoutReference(folder, Optional.of("1.0"), Optional.empty()));
    }

    @Test
    void isEmptyWithoutAFolderAndCreatesNoneByReading() throws Exception {
        Digest any = Digest.of(new byte[0]);
        assertThat(store.resolve("1.0")).isEmpty();
        assertThat(store.manifest("1.0")).isEmpty();
        assertThat(store.manifest(any)).isEmpty();
        assertThat(store.hasBlob(any)).isFalse();
        assertThat(store.referrers(any)).isEmpty();
        assertThatThrownBy(() -> store.openBlob(new Descriptor("text/plain", any, 0)))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("has no blob");
        assertThat(folder).doesNotExist();
    }

    @Test
    void givesBackByTagAndDigestTheBytesThatWereWritten() throws Exception {
        ImageManifest image = Samples.image(store, "linux/amd64", "first");
        assertThat(store.resolve("1.0")).isEmpty();
        store.tag("1.0", image);
        assertThat(store.resolve("1.0").map(Descriptor::digest)).contains(image.digest());
        assertThat(store.manifest("1.0")).contains(image);
        assertThat(store.manifest(image.digest())).contains(image);
        Descriptor layer = image.layers().get(0);
        try (InputStream in = store.openBlob(layer)) {
            assertThat(Digest.of(in.readAllBytes())).isEqualTo(layer.digest());
        }
        assertThat(store.location()).hasToString("oci:" + folder);
    }

    @Test
    void movesATagToOneImageOnly() throws Exception {
        Manifest first = Samples.image(store, "linux/amd64", "first");
        Manifest second = Samples.image(store, "linux/amd64", "second");
        store.tag("1.0", first);
        store.tag("latest", first);
        store.tag("1.0", second);
        assertThat(store.manifest("1.0")).contains(second);
        assertThat(store.manifest("latest")).contains(first);
        assertThat(Files.readString(folder.resolve("index.json"))).containsOnlyOnce("\"1.0\"");
    }

    @Test
    void refusesToTagAMissingManifest() throws Exception {
        Manifest elsewhere = Samples.image(
                LayoutStore.open(new LayoutReference(temp.resolve("other"), Optional.empty(), Optional.empty())),
                "linux/amd64",
                "x");
        assertThatThrownBy(() -> store.tag("1.0", elsewhere))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("is not in the folder");
        assertThatThrownBy(() -> store.tag("../1.0", elsewhere)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void findsEvidenceBySubjectOnly() throws Exception {
        Manifest image = Samples.image(store, "linux/amd64", "judged");
        Manifest other = Samples.image(store, "linux/amd64", "not judged");
        Manifest signature = Samples.evidence(store, image, "signature");
        Manifest scan = Samples.evidence(store, image, "scan");
        Samples.evidence(store, other, "of another image");
        store.tag("1.0", image);
        assertThat(store.referrers(image.digest()))
                .extracting(Descriptor::digest)
                .containsExactly(signature.digest(), scan.digest());
        assertThat(store.referrers(image.digest()).get(0).artifactType()).contains(Samples.BUNDLE);
    }

    @Test
    void listsEvidenceOnceHoweverOftenItIsWritten() throws Exception {
        Manifest image = Samples.image(store, "linux/amd64", "judged");
        Manifest signature = Samples.evidence(store, image, "signature");
        store.putManifest(signature);
        assertThat(store.referrers(image.digest())).hasSize(1);
        assertThat(Files.readString(folder.resolve("index.json")))
                .containsOnlyOnce(signature.digest().toString());
    }

    @Test
    void keepsEvidenceListedWhenATagOfItMovesAway() throws Exception {
        Manifest image = Samples.image(store, "linux/amd64", "judged");
        Manifest signature = Samples.evidence(store, image, "signature");
        store.tag("signature", signature);
        store.tag("signature", image);
        assertThat(store.referrers(image.digest()))
                .extracting(Descriptor::digest)
                .containsExactly(signature.digest());
    }

    @Test
    void listsTaggedImagesBeforeEvidence() throws Exception {
        Manifest image = Samples.image(store, "linux/amd64", "judged");
        Samples.evidence(store, image, "signature");
        store.tag("1.0", image);
        assertThat(index().entries().get(0).digest()).isEqualTo(image.digest());
    }

    @Test
    void findsEvidenceThatOtherToolsListUnderAFallbackTag() throws Exception {
        Manifest image = Samples.image(store, "linux/amd64", "judged");
        Manifest signature = Samples.evidence(store, image, "signature");
        Manifest list = Samples.put(store, Samples.index(signature.descriptor()));
        Files.delete(folder.resolve("index.json"));
        store.tag("sha256-" + image.digest().hex(), list);
        assertThat(store.referrers(image.digest()))
                .extracting(Descriptor::digest)
                .containsExactly(signature.digest());
    }

    @Test
    void refusesAListOfEvidenceThatCanOnlyBeReadInPart() throws Exception {
        Manifest image = Samples.image(store, "linux/amd64", "judged");
        Samples.evidence(store, image, "signature");
        Manifest scan = Samples.evidence(store, image, "a scan with findings");
        Files.delete(file(scan.digest()));
        assertThatThrownBy(() -> store.referrers(image.digest()))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(scan.digest().toString())
                .hasMessageContaining("its file is missing");
    }

    @Test
    void keepsWhatItDoesNotUnderstandInIndexJson() throws Exception {
        Manifest image = Samples.image(store, "linux/amd64", "first");
        String written = """
                {"schemaVersion":2,"annotations":{"a":"b"},"strange":[1,2.5],"manifests":[
                 {"mediaType":"application/xml","digest":"sha256:%s","size":3,"urls":["https://example.com/x"]}]}""".formatted("0".repeat(64));
        Files.writeString(folder.resolve("index.json"), written);
        store.tag("1.0", image);
        assertThat(Files.readString(folder.resolve("index.json")))
                .contains("\"strange\":[1,2.5]", "\"urls\":[\"https://example.com/x\"]", "{\"a\":\"b\"}");
        assertThat(store.referrers(image.digest())).isEmpty();
    }

    @Test
    void readsAManifestThatDoesNotNameItsOwnType() throws Exception {
        Descriptor config = Samples.blob(store, MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
        byte[] bytes = Samples.manifest(config)
                .toString()
                .replace("\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",", "")
                .getBytes(UTF_8);
        Descriptor named = Samples.blob(store, MediaTypes.OCI_MANIFEST, bytes);
        assertThat(store.manifest(named.digest()).orElseThrow()).isInstanceOf(ImageManifest.class);
    }

    @Test
    void repairsABlobThatWasLeftHalfWritten() throws Exception {
        byte[] layer = "a layer".repeat(100).getBytes(UTF_8);
        Descriptor blob = Samples.blob(store, MediaTypes.OCI_LAYER, layer);
        for (byte[] damaged : new byte[][] {new byte[0], "a lay".getBytes(UTF_8), new byte[layer.length]}) {
            Files.write(file(blob.digest()), damaged);
            assertThat(store.hasBlob(blob.digest())).isFalse();
            store.putBlob(blob, () -> new ByteArrayInputStream(layer));
            assertThat(file(blob.digest())).hasBinaryContent(layer);
        }
    }

    @Test
    void writesNothingWhenTheSourceIsNotWhatItsDescriptorSays() throws Exception {
        Descriptor blob = Descriptor.of(MediaTypes.OCI_LAYER, "the layer".getBytes(UTF_8));
        assertThatThrownBy(() -> store.putBlob(blob, () -> new ByteArrayInputStream("the liar!".getBytes(UTF_8))))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("has the digest");
        assertThat(store.hasBlob(blob.digest())).isFalse();
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void doesNotOpenTheSourceOfABlobThatIsThere() throws Exception {
        Descriptor blob = Samples.blob(store, MediaTypes.OCI_LAYER, "the layer".getBytes(UTF_8));
        store.putBlob(blob, () -> {
            throw new IOException("opened");
        });
        assertThat(store.hasBlob(blob.digest())).isTrue();
    }

    @Test
    void mountsNothingFromAnotherFolder() throws Exception {
        LayoutStore other =
                LayoutStore.open(new LayoutReference(temp.resolve("other"), Optional.empty(), Optional.empty()));
        Descriptor blob = Samples.blob(other, MediaTypes.OCI_LAYER, "the layer".getBytes(UTF_8));
        assertThat(store.mountBlob(blob, other)).isFalse();
        assertThat(other.mountBlob(blob, other)).isTrue();
    }

    @Test
    void endsWhenItsThreadIsInterrupted() throws Exception {
        Descriptor blob = Samples.blob(store, MediaTypes.OCI_LAYER, "the layer".getBytes(UTF_8));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> store.hasBlob(blob.digest())).isInstanceOf(InterruptedException.class);
        byte[] more = "more".getBytes(UTF_8);
        assertThatThrownBy(() -> store.putBlob(Descriptor.of("text/plain", more), () -> {
                    Thread.currentThread().interrupt();
                    return new ByteArrayInputStream(more);
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(unfinished()).isEmpty();
    }

    private LayoutIndex index() throws IOException, AirworthyException {
        return LayoutIndex.parse(Files.readAllBytes(folder.resolve("index.json")), "index.json");
    }

    private Path file(Digest digest) {
        return folder.resolve("blobs").resolve("sha256").resolve(digest.hex());
    }

    private List<Path> unfinished() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(IncomingFile.PREFIX))
                    .toList();
        }
    }
}
