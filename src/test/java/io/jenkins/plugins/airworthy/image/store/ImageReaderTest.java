package io.jenkins.plugins.airworthy.image.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImageReaderTest {
    @TempDir
    private Path folder;

    private LayoutReference repository;
    private LayoutStore store;

    @BeforeEach
    void open() {
        repository = new LayoutReference(folder, Optional.empty(), Optional.empty());
        store = LayoutStore.open(repository);
    }

    @Test
    void readsAnImageByTagByDigestAndByBoth() throws Exception {
        Manifest image = Samples.image(store, "linux/amd64", "x");
        store.tag("1.0", image);
        ImageReference both = new LayoutReference(repository.folder(), Optional.of("1.0"), Optional.of(image.digest()));
        for (ImageReference asked :
                new ImageReference[] {repository.tagged("1.0"), repository.at(image.digest()), both}) {
            ResolvedImage read = ImageReader.read(store, asked);
            assertThat(read.digest()).isEqualTo(image.digest());
            assertThat(read.pinned()).isEqualTo(repository.at(image.digest()));
            assertThat(read.problems()).isEmpty();
            assertThat(read.platforms()).singleElement().satisfies(p -> assertThat(p.platform())
                    .hasToString("linux/amd64"));
            assertThat(read.platforms().get(0).config().user()).isEqualTo("1000");
        }
    }

    @Test
    void refusesATagAndADigestThatDisagree() throws Exception {
        Manifest first = Samples.image(store, "linux/amd64", "first");
        Manifest second = Samples.image(store, "linux/amd64", "second");
        store.tag("1.0", second);
        ImageReference asked =
                new LayoutReference(repository.folder(), Optional.of("1.0"), Optional.of(first.digest()));
        assertThatThrownBy(() -> ImageReader.read(store, asked))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the tag points at " + second.digest());
    }

    @Test
    void staysWithTheDigestWhenTheTagMovesBetweenCheckAndUse() throws Exception {
        Manifest judged = Samples.image(store, "linux/amd64", "judged");
        store.tag("1.0", judged);
        ResolvedImage read = ImageReader.read(store, repository.tagged("1.0"));
        store.tag("1.0", Samples.image(store, "linux/amd64", "swapped in"));
        assertThat(ImageReader.read(store, read.pinned()).manifest()).isEqualTo(judged);
    }

    @Test
    void cannotDecideAboutWhatIsNotThere() {
        assertThatThrownBy(() -> ImageReader.read(store, repository.tagged("1.0")))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("was not found");
    }

    @Test
    void guessesNoDefaultTag() {
        assertThatThrownBy(() -> ImageReader.read(store, repository))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no default");
    }

    @Test
    void readsEveryPlatformOfAnIndex() throws Exception {
        Descriptor amd64 = child("linux/amd64");
        Descriptor arm64 = child("linux/arm64/v8");
        ResolvedImage read = read(Samples.index(amd64, arm64));
        assertThat(read.problems()).isEmpty();
        assertThat(read.platforms())
                .extracting(p -> p.platform().toString())
                .containsExactly("linux/amd64", "linux/arm64/v8");
    }

    @Test
    void exemptsTheAttestationsThatBuildKitAddsToAnIndex() throws Exception {
        Descriptor image = child("linux/amd64");
        ResolvedImage read =
                read(Samples.index(image, attestation(image.digest().toString())));
        assertThat(read.problems()).isEmpty();
        assertThat(read.platforms()).extracting(PlatformImage::digest).containsExactly(image.digest());
    }

    @Test
    void refusesAnImageThatCallsItselfAnAttestation() throws Exception {
        Descriptor image = child("linux/amd64");
        Descriptor hidden = annotated(child("linux/arm64"), image.digest().toString());
        ResolvedImage read = read(Samples.index(image, hidden));
        assertThat(read.platforms()).extracting(PlatformImage::digest).contains(hidden.digest());
    }

    /** Nobody scans an attestation, and an engine that overlooks the types of layers would run this one. */
    @Test
    void refusesAnAttestationThatAnEngineCouldChooseToRun() throws Exception {
        Descriptor image = child("linux/amd64");
        Descriptor attestation = attestation(image.digest().toString());
        Descriptor unlisted = annotated(
                new Descriptor(attestation.mediaType(), attestation.digest(), attestation.size()),
                image.digest().toString());
        for (Descriptor hidden : List.of(attestation.with(Platform.parse("linux/arm64")), unlisted)) {
            assertThat(read(Samples.index(image, hidden)).problems())
                    .singleElement()
                    .asString()
                    .contains(hidden.digest().toString(), "an engine could choose it to run");
        }
    }

    @Test
    void refusesAnAttestationThatRefersToNoImageOfTheIndex() throws Exception {
        Descriptor image = child("linux/amd64");
        for (String about : new String[] {"sha256:" + "0".repeat(64), "nonsense", ""}) {
            assertThat(read(Samples.index(image, attestation(about))).problems())
                    .singleElement()
                    .asString()
                    .contains("refers to no image of this index");
        }
    }

    @Test
    void refusesAnIndexInAnIndex() throws Exception {
        Manifest inner = Samples.put(store, Samples.index(child("linux/arm64")));
        assertThat(read(Samples.index(child("linux/amd64"), inner.descriptor())).problems())
                .singleElement()
                .asString()
                .contains(inner.digest().toString(), "is an index in an index");
    }

    @Test
    void refusesChildrenOfUnknownTypes() throws Exception {
        Descriptor unknown = Samples.blob(store, "application/vnd.example.vm-image", "x".getBytes(UTF_8));
        Manifest artefact = Samples.evidence(store, Samples.image(store, "linux/amd64", "x"), "{}");
        ResolvedImage read = read(Samples.index(unknown, artefact.descriptor()));
        assertThat(read.platforms()).isEmpty();
        assertThat(read.problems()).hasSize(2);
        assertThat(read.problems().get(0)).contains("unknown media type 'application/vnd.example.vm-image'");
        assertThat(read.problems().get(1)).contains("is not an image");
    }

    @Test
    void refusesAnEmptyIndex() throws Exception {
        assertThat(read(Samples.index()).problems()).containsExactly("the index names no image");
    }

    @Test
    void refusesAChildThatIsListedForAnotherPlatform() throws Exception {
        Descriptor amd64 = child("linux/amd64");
        assertThat(read(Samples.index(amd64.with(Platform.parse("linux/arm64"))))
                        .problems())
                .singleElement()
                .asString()
                .contains("is listed for linux/arm64 but made for linux/amd64");
        Descriptor v7 = child("linux/arm/v7");
        assertThat(read(Samples.index(v7.with(Platform.parse("linux/arm/v6")))).problems())
                .hasSize(1);
        assertThat(read(Samples.index(v7.with(Platform.parse("linux/arm")))).problems())
                .isEmpty();
    }

    @Test
    void refusesAChildThatIsNotThere() throws Exception {
        Descriptor gone = child("linux/amd64");
        Manifest index = Samples.put(store, Samples.index(gone));
        Files.delete(folder.resolve("blobs/sha256/" + gone.digest().hex()));
        assertThat(ImageReader.read(store, repository.at(index.digest())).problems())
                .singleElement()
                .asString()
                .contains("is listed but not there");
    }

    @Test
    void refusesAChildOfAnotherSizeThanTheIndexSays() throws Exception {
        Descriptor child = child("linux/amd64");
        assertThat(read(Samples.index(new Descriptor(child.mediaType(), child.digest(), child.size() + 1)))
                        .problems())
                .singleElement()
                .asString()
                .contains("another media type or size");
    }

    @Test
    void refusesAnIndexOfMoreChildrenThanAllowed() throws Exception {
        Descriptor[] many = new Descriptor[PlatformReader.MAX_PLATFORMS + 1];
        for (int i = 0; i < many.length; i++) {
            many[i] = Descriptor.of(MediaTypes.OCI_MANIFEST, ("" + i).getBytes(UTF_8));
        }
        assertThat(read(Samples.index(many)).problems())
                .singleElement()
                .asString()
                .contains("more than the allowed 200 children");
    }

    @Test
    void readsAConfigThatSeveralPlatformsHaveOnce() throws Exception {
        ImageManifest one = Samples.image(store, "linux/amd64", "one");
        ObjectNode other = Samples.manifest(one.config(), one.layers().get(0));
        other.putObject("annotations").put("the", "other");
        Manifest index = Samples.put(
                store, Samples.index(one.descriptor(), Samples.put(store, other).descriptor()));
        AtomicInteger asked = new AtomicInteger();
        ImageStore counted = new PassingStore(store) {
            @Override
            public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
                asked.incrementAndGet();
                return super.openBlob(blob);
            }
        };

        ResolvedImage read = ImageReader.read(counted, repository.at(index.digest()));

        assertThat(read.problems()).isEmpty();
        assertThat(read.platforms()).hasSize(2);
        assertThat(asked).hasValue(1);
    }

    @Test
    void refusesAConfigThatCannotBeUnderstood() throws Exception {
        Descriptor config = Samples.blob(store, MediaTypes.OCI_CONFIG, "{\"os\":\"linux\"}".getBytes(UTF_8));
        assertThat(read(Samples.manifest(config)).problems())
                .singleElement()
                .asString()
                .contains(
                        "config that cannot be understood",
                        "architecture: is missing or empty, so the image's platform is unknown");
    }

    @Test
    void refusesAConfigLargerThanAllowedWithoutReadingIt() throws Exception {
        Descriptor config = new Descriptor(MediaTypes.OCI_CONFIG, Digest.of(new byte[1]), ImageConfig.MAX_BYTES + 1L);
        assertThat(read(Samples.manifest(config)).problems())
                .singleElement()
                .asString()
                .contains("more than the allowed");
    }

    @Test
    void refusesAnImageWhoseConfigNamesOtherLayers() throws Exception {
        Descriptor config = Samples.blob(
                store, MediaTypes.OCI_CONFIG, Samples.config(Platform.parse("linux/amd64"), Digest.of(new byte[0])));
        assertThat(read(Samples.manifest(config)).problems())
                .singleElement()
                .asString()
                .contains("has 0 layers but its config names 1");
    }

    @Test
    void cannotDecideWhenAConfigWasTamperedWith() throws Exception {
        ImageManifest image = Samples.image(store, "linux/amd64", "x");
        Path config = folder.resolve("blobs/sha256/" + image.config().digest().hex());
        Files.writeString(config, Files.readString(config).replace("1000", "0000"));
        assertThatThrownBy(() -> ImageReader.read(store, repository.at(image.digest())))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("has the digest");
    }

    private ResolvedImage read(ObjectNode manifest) throws Exception {
        return ImageReader.read(
                store, repository.at(Samples.put(store, manifest).digest()));
    }

    private Descriptor child(String platform) throws Exception {
        return Samples.image(store, platform, "for " + platform).descriptor().with(Platform.parse(platform));
    }

    private Descriptor attestation(String about) throws Exception {
        Platform unknown = Platform.parse("unknown/unknown");
        byte[] statement = "{}".getBytes(UTF_8);
        Descriptor config = Samples.blob(store, MediaTypes.OCI_CONFIG, Samples.config(unknown, Digest.of(statement)));
        Descriptor layer = Samples.blob(store, MediaTypes.IN_TOTO, statement);
        return annotated(
                Samples.put(store, Samples.manifest(config, layer)).descriptor().with(unknown), about);
    }

    private static Descriptor annotated(Descriptor child, String about) {
        return new Descriptor(
                child.mediaType(),
                child.digest(),
                child.size(),
                Optional.empty(),
                Map.of("vnd.docker.reference.type", "attestation-manifest", "vnd.docker.reference.digest", about),
                child.platform());
    }
}
