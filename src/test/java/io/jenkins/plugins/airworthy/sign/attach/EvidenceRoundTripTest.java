package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.SignatureProof;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.sign.MemoryStore;
import io.jenkins.plugins.airworthy.sign.bundle.DsseEnvelope;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.SignedStatement;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.OTHER_IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.bytes;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is attached is found again, at the price that was promised. */
class EvidenceRoundTripTest {
    private static final SoftwareKey KEY = SoftwareKey.generate();
    private static final List<TrustedKey> TRUSTED = List.of(new TrustedKey("release", KEY.publicKey()));
    private static final Clock CLOCK = Clock.fixed(Forge.NOW.plusMillis(7), ZoneOffset.UTC);

    private final MemoryStore store = new MemoryStore();

    @Test
    void whatIsAttachedToAnImageInALayoutIsFoundAgain(@TempDir Path folder) throws Exception {
        LayoutStore layout =
                LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve("layout") + ":v1"));
        Descriptor written = EvidenceWriter.attach(layout, IMAGE, statement(IMAGE), new KeySigner(KEY), CLOCK);
        EvidenceFound found = EvidenceReader.read(layout, IMAGE.digest(), TRUSTED);
        assertThat(found.rejected()).isEmpty();
        assertThat(found.verified())
                .containsExactly(new VerifiedEvidence(
                        statement(IMAGE),
                        new Signer.Key(KEY.fingerprint(), Set.of("release")),
                        Optional.empty(),
                        written.digest(),
                        Digest.of(statement(IMAGE).toBytes()),
                        SignatureProof.NONE));
    }

    @Test
    void theManifestIsTheOneThatCosignWrites() throws Exception {
        Descriptor written = EvidenceWriter.attach(store, IMAGE, statement(IMAGE), new KeySigner(KEY), CLOCK);
        Manifest manifest = store.manifest(written.digest()).orElseThrow();
        String layer = manifest.children().get(0).digest().toString();
        assertThat(new String(manifest.content().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("""
                        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                        "artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json",\
                        "config":{"mediaType":"application/vnd.oci.empty.v1+json",\
                        "digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2,\
                        "artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json"},\
                        "layers":[{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",\
                        "digest":"%s","size":%d}],\
                        "subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":8},\
                        "annotations":{"org.opencontainers.image.created":"2026-05-01T12:00:00Z",\
                        "dev.sigstore.bundle.content":"dsse-envelope",\
                        "dev.sigstore.bundle.predicateType":"https://slsa.dev/provenance/v1"}}""".formatted(layer, manifest.children().get(0).size(), IMAGE.digest()));
        assertThat(store.blobs).hasSize(2);
    }

    @Test
    void theSignatureOfAnImageIsCosignsStatement() throws Exception {
        Statement signature =
                EvidenceWriter.signatureOf(new Subject(Optional.empty(), IMAGE.digest()), Optional.empty());
        assertThat(new String(signature.toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\""
                        + IMAGE.digest().hex() + "\"}}],\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\","
                        + "\"predicate\":{}}");
        EvidenceWriter.attach(store, IMAGE, signature, new KeySigner(KEY), CLOCK);
        assertThat(EvidenceReader.read(store, IMAGE.digest(), TRUSTED).verified())
                .extracting(VerifiedEvidence::predicateType)
                .containsExactly(PredicateTypes.COSIGN_SIGNATURE);
    }

    @Test
    void lengthsInTheSignedBytesCountBytes() {
        assertThat(new String(DsseEnvelope.signedBytes(bytes("ü")), StandardCharsets.UTF_8))
                .isEqualTo("DSSEv1 28 application/vnd.in-toto+json 2 ü");
    }

    @Test
    void refusesToAttachAStatementToAnotherImage() {
        StatementSigner unasked = statement -> {
            throw new AssertionError("asked to sign");
        };
        assertThatThrownBy(() -> EvidenceWriter.attach(store, OTHER_IMAGE, statement(IMAGE), unasked, CLOCK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(IMAGE.digest().toString())
                .hasMessageContaining(OTHER_IMAGE.digest().toString());
        assertThat(store.blobs).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusesToAttachASignedStatementToAnotherImage(EvidenceFormat format) throws Exception {
        SignedStatement signed = new KeySigner(KEY, format).sign(statement(IMAGE));
        assertThatThrownBy(() -> EvidenceWriter.attach(store, OTHER_IMAGE, signed, CLOCK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be attached to " + OTHER_IMAGE.digest());
        assertThat(store.blobs).isEmpty();
        assertThat(store.tags).isEmpty();
    }

    @Test
    void publishesNothingThatAFaultyKeySigned() {
        SigningKey faulty = new SigningKey() {
            @Override
            public VerificationKey publicKey() {
                return KEY.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                return SoftwareKey.generate().sign(message);
            }
        };
        assertThatThrownBy(() -> EvidenceWriter.attach(store, IMAGE, statement(IMAGE), new KeySigner(faulty), CLOCK))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("nothing was written");
        assertThat(store.blobs).isEmpty();
        assertThat(store.manifests).isEmpty();
    }

    @Test
    void eachBundleCostsTwoRequestsTheListOneAndEachOlderTagOne() throws Exception {
        for (int i = 0; i < 20; i++) {
            EvidenceWriter.attach(store, IMAGE, statement(IMAGE), new KeySigner(KEY), CLOCK);
        }
        store.requests.set(0);
        EvidenceFound found = EvidenceReader.read(store, IMAGE.digest(), TRUSTED);
        assertThat(found.verified()).hasSize(20);
        assertThat(found.verified())
                .extracting(VerifiedEvidence::manifest)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(store.requests).hasValue(3 + 2 * 20);
    }

    @Test
    void foreignReferrersAreSkippedWithoutARequest() throws Exception {
        EvidenceWriter.attach(store, IMAGE, statement(IMAGE), new KeySigner(KEY), CLOCK);
        store.listed.add(new Descriptor(
                MediaTypes.OCI_MANIFEST,
                Digest.of(bytes("a chart")),
                7,
                Optional.of("application/vnd.cncf.helm.config.v1+json"),
                Map.of(),
                Optional.empty()));
        store.listed.add(Descriptor.of(MediaTypes.OCI_INDEX, bytes("an index")));
        store.requests.set(0);
        EvidenceFound found = EvidenceReader.read(store, IMAGE.digest(), TRUSTED);
        assertThat(found.verified()).hasSize(1);
        assertThat(found.rejected()).isEmpty();
        assertThat(store.requests).hasValue(5);
    }

    @Test
    void foreignReferrersThatTheListDoesNotDistinguishAreNeitherBelievedNorRejected() throws Exception {
        ObjectNode manifest = Forge.manifest(IMAGE, Descriptor.of("text/plain", bytes("notes")));
        manifest.put("artifactType", "application/vnd.example.notes");
        Forge.put(store, manifest);
        EvidenceFound found = EvidenceReader.read(store, IMAGE.digest(), TRUSTED);
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected()).isEmpty();
    }

    @Test
    void aRegistryThatListsTheConfigsTypeHidesNothing() throws Exception {
        Descriptor written = EvidenceWriter.attach(store, IMAGE, statement(IMAGE), new KeySigner(KEY), CLOCK);
        store.listed.clear();
        store.listed.add(new Descriptor(
                MediaTypes.OCI_MANIFEST,
                written.digest(),
                written.size(),
                Optional.of(MediaTypes.OCI_EMPTY),
                Map.of(),
                Optional.empty()));
        assertThat(EvidenceReader.read(store, IMAGE.digest(), TRUSTED).verified())
                .hasSize(1);
    }

    /** Whoever may attach could otherwise fill the memory with copies of one good statement. */
    @Test
    void keepsAStatementThatIsAttachedManyTimesOnlyOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            Clock later = Clock.offset(CLOCK, Duration.ofSeconds(i));
            EvidenceWriter.attach(store, IMAGE, statement(IMAGE), new KeySigner(KEY), later);
        }

        List<VerifiedEvidence> verified =
                EvidenceReader.read(store, IMAGE.digest(), TRUSTED).verified();

        assertThat(verified).hasSize(3);
        assertThat(verified).allSatisfy(copy -> assertThat(copy.statement())
                .isSameAs(verified.get(0).statement()));
    }

    @Test
    void anInterruptEndsTheReading() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        MemoryStore stalled = new MemoryStore() {
            @Override
            public InputStream openBlob(Descriptor blob) {
                asked.countDown();
                try {
                    new CountDownLatch(1).await();
                    throw new AssertionError();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        EvidenceWriter.attach(stalled, IMAGE, statement(IMAGE), new KeySigner(KEY), CLOCK);
        EvidenceWriter.attach(stalled, IMAGE, statement(IMAGE), new KeySigner(KEY), CLOCK);
        Thread reader = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            try {
                asked.await();
                reader.interrupt();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        interrupter.start();
        assertThatThrownBy(() -> EvidenceReader.read(stalled, IMAGE.digest(), TRUSTED))
                .isInstanceOf(InterruptedException.class);
        interrupter.join();
    }
}
