package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.gate.PruneRequest;
import io.jenkins.plugins.airworthy.gate.PrunedStatements;
import io.jenkins.plugins.airworthy.gate.Pruner;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Genuine bundles in a stranger's manifest, which is not signed: it must not stop a promotion, bring content into
 * production, or hide the bundle in it.
 */
class RewrappedEvidenceTest extends Attack {
    private static final String CREATED = "org.opencontainers.image.created";
    private static final String TYPE = "dev.sigstore.bundle.predicateType";
    private static final byte[] FOREIGN = Forge.bytes("anything at all");

    /** What a stranger puts around a bundle. */
    enum Wrapping {
        CONFIG_THAT_MAY_NOT_BE_DISTRIBUTED(json -> config(json).put("mediaType", "application/x.foreign.y")),
        CONFIG_THAT_IS_NOT_THERE(json -> config(json).put("digest", "sha256:" + "0".repeat(64))),
        CONFIG_OF_ANOTHER_SIZE(json -> config(json).put("size", 3)),
        CONFIG_OF_TWO_TEBIBYTES(json -> config(json).put("size", 2L << 40).put("digest", "sha256:" + "0".repeat(64))),
        CONFIG_OF_HIS_OWN(json -> json.set("config", foreign().toJson())),
        CONFIG_WITH_DATA(json -> config(json).put("data", Forge.base64(FOREIGN))),
        LAYER_WITH_DATA(json -> layer(json).put("data", Forge.base64(FOREIGN))),
        LAYER_WITH_AN_ANNOTATION(json -> layer(json).putObject("annotations").put("anything", "at all")),
        LAYER_OF_ANOTHER_SIZE(json -> layer(json).put("size", 7)),
        TITLE_OF_A_MEBIBYTE(json ->
                layer(json).putObject("annotations").put("org.opencontainers.image.title", "x".repeat(1 << 20))),
        ANNOTATION_OF_HIS_OWN(json -> annotations(json).put("anything", "at all")),
        ANNOTATION_THAT_IS_LONG(json -> annotations(json).put(CREATED, "x".repeat(6_000))),
        MEMBER_OF_HIS_OWN(json -> json.put("anything", "at all")),
        SUBJECT_WITH_ANNOTATIONS(json ->
                ((ObjectNode) json.get("subject")).putObject("annotations").put("a", "b")),
        TYPE_OF_HIS_OWN(json -> json.put("artifactType", "application/vnd.dev.sigstore.bundle.anything"));

        @SuppressWarnings("ImmutableEnumChecker") // a lambda of this file, without state
        private final Consumer<ObjectNode> change;

        Wrapping(Consumer<ObjectNode> change) {
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource
    void promotesImageWithoutWrappingThatNoHonestWriterMakes(Wrapping wrapping) throws Exception {
        staging.putBlob(foreign(), () -> new ByteArrayInputStream(FOREIGN));
        for (Descriptor genuine : staging.referrers(image.digest())) {
            Digest wrapped = rewrap(genuine, wrapping.change);
            assertPromotedWithout(wrapped);
        }
        assertThat(production.hasBlob(foreign().digest())).isFalse();
    }

    @Test
    void promotesOnlyOneOfThirtyWrappingsOfABundle() throws Exception {
        List<Descriptor> honest = staging.referrers(image.digest());
        for (int i = 0; i < 30; i++) {
            String time = "2026-04-30T00:00:%02dZ".formatted(i);
            rewrap(honest.get(0), json -> annotations(json).put(CREATED, time));
        }
        Digest bundle = ((ImageManifest)
                        staging.manifest(honest.get(0).digest()).orElseThrow())
                .layers()
                .get(0)
                .digest();
        AtomicInteger fetched = new AtomicInteger();
        stores = reference -> new PassingStore(open(reference)) {
            @Override
            public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
                fetched.addAndGet(blob.digest().equals(bundle) ? 1 : 0);
                return super.openBlob(blob);
            }
        };
        assertPromoted();
        assertThat(production.referrers(image.digest())).hasSize(honest.size() + 1); // and the summary
        assertThat(fetched).hasValue(2); // to be judged, and to be copied
    }

    /** The other content of a bundle is not signed by its key either. */
    @Test
    void promotesOnlyOneOfThirtyBundlesAroundASignature() throws Exception {
        int honest = staging.referrers(image.digest()).size();
        ObjectNode bundle = Forge.bundle(signature(image).toBytes(), release);
        for (int i = 0; i < 30; i++) {
            Forge.signature(bundle).put("keyid", "number " + i);
            attach(image, bundle);
        }
        assertPromoted();
        assertThat(production.referrers(image.digest())).hasSize(honest + 1); // and the summary
    }

    @Test
    void promotesImageWithoutBundleWithAMebibyteBesideItsStatement() throws Exception {
        ObjectNode bundle =
                Forge.bundle(tests(image, TestResult.Outcome.FAILED, NOW).toBytes(), release);
        Forge.signature(bundle).put("keyid", "x".repeat(1 << 20));
        assertPromotedWithout(attach(image, bundle));
    }

    /** A stranger's bundle, which is not believed, with a wrong size. */
    @Test
    void promotesImageWithoutBundleOfAnotherSizeThanItsManifestSays() throws Exception {
        byte[] bundle = StrictJson.write(Forge.bundle(signature(image).toBytes(), stranger));
        Descriptor layer = Forge.put(staging, bundle);
        assertPromotedWithout(Forge.put(
                staging,
                Forge.manifest(
                        image.descriptor(), new Descriptor(layer.mediaType(), layer.digest(), layer.size() + 1))));
    }

    @Test
    void refusesImageWhoseFailedTestIsCalledSomethingElse() throws Exception {
        Descriptor failed = attach(image, tests(image, TestResult.Outcome.FAILED, NOW), release);
        rewrap(failed, json -> annotations(json).put(TYPE, "https://example.com/nothing/v1"));
        assertRefused("tests", "failed");
    }

    /** The genuine manifest says when it was attached, whatever another one says. */
    @Test
    void refusesImageWhoseNewestScanIsInAManifestThatCallsItOld() throws Exception {
        Descriptor dirty = attachAt(
                NOW, Scan.of(image).finding("CVE-2026-1", "CRITICAL", "2.0", "").observedAt(NOW));
        rewrap(dirty, json -> annotations(json).put(CREATED, "2020-01-01T00:00:00Z"));
        assertRefused("vulnerabilities", "CVE-2026-1");
    }

    @Test
    void refusesImageWhoseOldScanIsInAManifestThatCallsItNew() throws Exception {
        stageWithout(Piece.SCAN);
        Descriptor old = attachAt(NOW.minusSeconds(7_200), Scan.of(image).observedAt(NOW.minusSeconds(7_200)));
        attachAt(
                NOW, Scan.of(image).finding("CVE-2026-1", "CRITICAL", "2.0", "").observedAt(NOW));
        rewrap(old, json -> annotations(json).put(CREATED, "2036-01-01T00:00:00Z"));
        assertRefused("vulnerabilities", "CVE-2026-1");
    }

    /** The same claim only in the list: the signed content counts. */
    @Test
    void refusesImageWhoseOldScanIsListedAsNew() throws Exception {
        stageWithout(Piece.SCAN);
        Descriptor old = attachAt(NOW.minusSeconds(7_200), Scan.of(image).observedAt(NOW.minusSeconds(7_200)));
        attachAt(
                NOW, Scan.of(image).finding("CVE-2026-1", "CRITICAL", "2.0", "").observedAt(NOW));
        Lying lying = Lying.about(staging).relabelling(old.digest(), CREATED, "2036-01-01T00:00:00Z");
        stores = reference -> reference.repository().equals(candidate.repository()) ? lying : open(reference);
        assertRefused("vulnerabilities", "CVE-2026-1");
    }

    /** All manifests that claim the type are read first; still the manifest with the true type is copied. */
    @Test
    void promotesImageWithoutWrappingThatCallsTheNewestScanATest() throws Exception {
        stageWithout(Piece.SCAN);
        for (int second = 0; second < 8; second++) {
            Descriptor scan = attachAt(NOW, Scan.of(image).observedAt(NOW.plusSeconds(second)));
            Digest wrapped = rewrap(scan, json -> annotations(json).put(TYPE, PredicateTypes.TEST_RESULT));
            assertPromotedWithout(wrapped);
        }
    }

    /** Copies go when an image is pruned, and which one stays decides whether a verdict reads it. */
    @Test
    void refusesPrunedImageWhoseFailedTestHadMislabelledCopies() throws Exception {
        Descriptor failed = attach(image, tests(image, TestResult.Outcome.FAILED, NOW), release);
        List<Digest> copies = copies(failed, json -> annotations(json).put(TYPE, "https://example.com/nothing/v1"));
        prune();
        assertThat(staging.referrers(image.digest()).stream().map(Descriptor::digest))
                .contains(failed.digest())
                .doesNotContainAnyElementsOf(copies);
        assertRefused("tests", "failed");
    }

    @Test
    void refusesPrunedImageWhoseNewestScanHadBackdatedCopies() throws Exception {
        Descriptor dirty = attachAt(
                NOW, Scan.of(image).finding("CVE-2026-1", "CRITICAL", "2.0", "").observedAt(NOW));
        copies(dirty, json -> annotations(json).put(CREATED, "2020-01-01T00:00:00Z"));
        prune();
        assertThat(staging.referrers(image.digest()).stream().map(Descriptor::digest))
                .contains(dirty.digest());
        assertRefused("vulnerabilities", "CVE-2026-1");
    }

    /** At the older tags the last writer determines the manifest around the layers. */
    @Test
    void promotesOlderTagWithoutTheConfigOfAStranger() throws Exception {
        stageWithout(Piece.SIGNATURE);
        EvidenceWriter.attach(
                staging, image.descriptor(), signature(image), new KeySigner(release, EvidenceFormat.LEGACY), clock);
        String tag = "sha256-" + image.digest().hex() + ".sig";
        staging.putBlob(foreign(), () -> new ByteArrayInputStream(FOREIGN));
        ObjectNode json = document(staging.manifest(tag).orElseThrow());
        json.set("config", foreign().toJson());
        json.put("anything", "at all").putObject("annotations").put("anything", "at all");
        ((ObjectNode) layer(json).get("annotations")).put("anything", "at all");
        Manifest manifest = Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(json));
        staging.putManifest(manifest);
        staging.tag(tag, manifest);

        assertPromoted();

        String carried =
                new String(production.manifest(tag).orElseThrow().content().bytes(), StandardCharsets.UTF_8);
        assertThat(carried).doesNotContain("anything").contains("dev.cosignproject.cosign/signature");
        assertThat(production.hasBlob(foreign().digest())).isFalse();
    }

    /** Attached again with the same content by a stranger without a key. */
    private Digest rewrap(Descriptor genuine, Consumer<ObjectNode> change) throws Exception {
        ObjectNode json = document(staging.manifest(genuine.digest()).orElseThrow());
        change.accept(json);
        return Forge.put(staging, json);
    }

    /**
     * The same statement by the same signature in other bundles, so many that one comes before the genuine one by its digest
     * as well as by its bundle's: it would be the one that stays if nothing else counted.
     */
    private List<Digest> copies(Descriptor genuine, Consumer<ObjectNode> change) throws Exception {
        Descriptor bundle = ((ImageManifest) staging.manifest(genuine.digest()).orElseThrow())
                .layers()
                .get(0);
        ObjectNode content;
        try (InputStream bytes = staging.openBlob(bundle)) {
            content = StrictJson.parseObject(bytes.readAllBytes(), "bundle", 1 << 20)
                    .node();
        }
        List<Digest> copies = new ArrayList<>();
        boolean first = false;
        for (int i = 0; i < 12 || !first; i++) {
            Forge.signature(content).put("keyid", "number " + i);
            Descriptor other = Forge.put(staging, StrictJson.write(content));
            copies.add(rewrap(genuine, json -> {
                layer(json).put("digest", other.digest().toString()).put("size", other.size());
                change.accept(json);
            }));
            first |= other.digest().compareTo(bundle.digest()) < 0
                    && copies.get(i).compareTo(genuine.digest()) < 0;
        }
        return copies;
    }

    private void prune() throws Exception {
        Pruner pruner = new Pruner(stores, clock, PrunedStatements.UNRECORDED);
        TrustedSigners signers = TrustedSigners.of(keys);
        PruneRequest request = new PruneRequest(candidate, signers, List.of());
        pruner.remove(candidate, pruner.plan(request, Progress.SILENT), Progress.SILENT);
    }

    private Descriptor attachAt(Instant time, Scan scan) throws Exception {
        return EvidenceWriter.attach(
                staging,
                image.descriptor(),
                scan.statement(),
                new KeySigner(release),
                Clock.fixed(time, ZoneOffset.UTC));
    }

    private void assertPromotedWithout(Digest manifest) throws Exception {
        assertPromoted();
        assertThat(production.manifest(manifest)).isEmpty();
    }

    private static ObjectNode document(Manifest manifest) throws Exception {
        return StrictJson.parseObject(manifest.content().bytes(), "manifest", Manifest.MAX_BYTES)
                .node();
    }

    private static Descriptor foreign() {
        return Descriptor.of("application/x-anything", FOREIGN);
    }

    private static ObjectNode config(ObjectNode json) {
        return (ObjectNode) json.get("config");
    }

    private static ObjectNode layer(ObjectNode json) {
        return (ObjectNode) json.get("layers").get(0);
    }

    private static ObjectNode annotations(ObjectNode json) {
        return (ObjectNode) json.get("annotations");
    }
}
