package io.jenkins.plugins.airworthy.build.adopt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What of a builder's output the store confirms, and what it contradicts. */
class AdoptionTest {
    @TempDir
    Path folder;

    private ImageReference asked;
    private LayoutStore store;
    private ImageManifest image;

    @BeforeEach
    void push() throws Exception {
        asked = ImageReference.parse("oci:" + folder.resolve("app") + ":1");
        store = LayoutStore.open((LayoutReference) asked);
        image = Samples.image(store, "linux/amd64", "an app");
        store.tag("1", image);
    }

    private AdoptedImage adopt(ImageReference reference, Digest digest) throws Exception {
        return Adoption.of(store, reference, BuilderOutput.of(digest));
    }

    @Test
    void adoptsWhatIsThere() throws Exception {
        AdoptedImage adopted = adopt(asked, image.digest());

        assertThat(adopted.digest()).isEqualTo(image.digest());
        assertThat(adopted.byproducts()).isEmpty();
        assertThat(adopted.parameters("digest").toString())
                .isEqualTo("{\"adopted\":{\"reference\":\"" + asked + "\",\"from\":\"digest\",\"file\":\"digest\"}}");
    }

    @Test
    void tellsTheIdOfAnImageFromItsDigest() {
        assertThatThrownBy(() -> adopt(asked, image.config().digest()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is the id of an image (the digest of its config)")
                .hasMessageContaining("--digestfile")
                .message()
                .doesNotContain("trouble");
        BuilderOutput same =
                new BuilderOutput(OutputForm.DIGEST, Optional.of(image.digest()), List.of(), List.of(image.digest()));
        assertThatThrownBy(() -> Adoption.of(store, asked, same)).hasMessageContaining("is the id of an image");
    }

    @Test
    void refusesImageThatWasNotPushed() {
        assertThatThrownBy(() -> adopt(asked, Digest.of("nothing".getBytes(UTF_8))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the builder did not push it there");
    }

    /** A layer is no config: that it is there does not make its digest an image's id. */
    @Test
    void refusesDigestOfALayerWithoutCallingItAnId() {
        assertThatThrownBy(() -> adopt(asked, image.layers().get(0).digest()))
                .message()
                .doesNotContain("is the id of an image");
    }

    @Test
    void refusesTagThatWasMovedAfterThePush() throws Exception {
        ImageManifest other = Samples.image(store, "linux/amd64", "another app");
        store.tag("1", other);

        assertThatThrownBy(() -> adopt(asked, image.digest()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is " + other.digest() + " now")
                .hasMessageContaining("says " + image.digest());
        assertThat(adopt(ImageReference.parse("oci:" + folder.resolve("app") + "@" + image.digest()), image.digest())
                        .digest())
                .isEqualTo(image.digest());
    }

    @Test
    void refusesTagThatIsNotThereAndOtherDigest() {
        assertThatThrownBy(() -> adopt(asked.tagged("2"), image.digest())).hasMessageContaining("has no tag '2'");
        Digest other = Digest.of("other".getBytes(UTF_8));
        assertThatThrownBy(() -> adopt(asked.at(other), image.digest()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("leave the digest out of its name");
    }

    @Test
    void namesStatementsOfTheBuilderAsByproducts() throws Exception {
        Manifest statements = statements();
        Descriptor child = image.descriptor().with(Platform.parse("linux/amd64"));
        Manifest index = Samples.put(store, Samples.index(child, listed(statements)));

        AdoptedImage adopted = adopt(asked.at(index.digest()), index.digest());

        assertThat(adopted.byproducts())
                .extracting(Provenance.Dependency::value)
                .containsExactly(Optional.of(statements.digest().hex()));
        assertThat(adopted.image().platforms()).hasSize(1);
    }

    @Test
    void refusesIndexWithAPartThatCannotBeJudged() throws Exception {
        Descriptor missing = new Descriptor(MediaTypes.OCI_MANIFEST, Digest.of("gone".getBytes(UTF_8)), 4);
        ObjectNode json = Samples.index(image.descriptor().with(Platform.parse("linux/amd64")), missing);
        Manifest index = Samples.put(store, json);

        assertThatThrownBy(() -> adopt(asked.at(index.digest()), index.digest()))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("cannot be adopted as a whole");
    }

    private Manifest statements() throws Exception {
        Descriptor config = Samples.blob(store, MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
        Descriptor layer = Samples.blob(store, MediaTypes.IN_TOTO, "{\"predicateType\":\"x\"}".getBytes(UTF_8));
        return Samples.put(store, Samples.manifest(config, layer));
    }

    private Descriptor listed(Manifest statements) throws InvalidInputException {
        return new Descriptor(
                MediaTypes.OCI_MANIFEST,
                statements.digest(),
                statements.content().size(),
                Optional.empty(),
                Map.of(
                        "vnd.docker.reference.type",
                        "attestation-manifest",
                        "vnd.docker.reference.digest",
                        image.digest().toString()),
                Optional.of(Platform.parse("unknown/unknown")));
    }
}
