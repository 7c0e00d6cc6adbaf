package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceFound;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.PasswordSource;
import io.jenkins.plugins.airworthy.sign.key.Pem;
import io.jenkins.plugins.airworthy.sign.key.SignatureAlgorithm;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** What we write cosign verifies, and what cosign writes we verify, on both kinds of registries. */
class CosignIT {
    private static final PasswordSource PASSWORD = what -> Cosign.PASSWORD.toCharArray();

    @TempDir
    private static Path servers;

    private static RegistryServer distribution;
    private static RegistryServer withReferrers;
    private static int images;

    @TempDir
    private Path folder;

    private final AtomicInteger requests = new AtomicInteger();

    private Cosign cosign;
    private ImageStore store;
    private Descriptor image;
    private String reference;

    @BeforeAll
    static void start() throws Exception {
        distribution = RegistryServer.distribution(Files.createDirectory(servers.resolve("distribution")));
        withReferrers = RegistryServer.withReferrersApi(Files.createDirectory(servers.resolve("referrers")));
    }

    @AfterAll
    static void stop() {
        // Where a registry is missing the class is skipped, and this still runs.
        for (RegistryServer server : new RegistryServer[] {distribution, withReferrers}) {
            if (server != null) {
                server.close();
            }
        }
    }

    static List<String> registries() {
        return List.of(distribution.host(), withReferrers.host());
    }

    @BeforeEach
    void findCosign() {
        cosign = Cosign.in(folder);
    }

    private void push(String registry) throws Exception {
        String repository = registry + "/team/app" + images++;
        store = RegistryStores.any(
                        List.of(), CredentialSource.ANONYMOUS, (method, host, path) -> requests.incrementAndGet())
                .open(ImageReference.parse(repository));
        byte[] config = Forge.bytes("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
        Descriptor blob = Descriptor.of(MediaTypes.OCI_CONFIG, config);
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        json.set("config", blob.toJson());
        json.putArray("layers");
        json.putObject("annotations").put("org.opencontainers.image.title", repository);
        Manifest manifest = Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(json));
        store.putBlob(blob, () -> new ByteArrayInputStream(config));
        store.putManifest(manifest);
        image = manifest.descriptor();
        reference = repository + "@" + image.digest();
    }

    private Subject subject() {
        return new Subject(Optional.of("team/app"), image.digest());
    }

    private Optional<Observation> observed() {
        return Optional.of(
                new Observation(Observer.CONTROLLER, Clock.systemUTC().instant()));
    }

    private static ObjectNode provenance() {
        ObjectNode json = StrictJson.object();
        json.putObject("buildDefinition")
                .put("buildType", "https://example.com/grüße")
                .putObject("externalParameters");
        json.putObject("runDetails").putObject("builder").put("id", "https://jenkins.example.com/");
        return json;
    }

    private void attach(Statement statement, SigningKey key) throws Exception {
        EvidenceWriter.attach(store, image, statement, new KeySigner(key), Clock.systemUTC());
    }

    private void attachSignatureAndProvenance(SigningKey key) throws Exception {
        attach(EvidenceWriter.signatureOf(subject(), observed()), key);
        attach(new Statement(subject(), observed(), PredicateTypes.PROVENANCE, provenance()), key);
    }

    private String publicKey(SigningKey key) throws Exception {
        return Files.writeString(folder.resolve("our.pub"), key.publicKey().pem())
                .toString();
    }

    @ParameterizedTest
    @MethodSource("registries")
    void cosignVerifiesWhatWeSigned(String registry) throws Exception {
        push(registry);
        SoftwareKey key = SoftwareKey.generate();
        attachSignatureAndProvenance(key);
        String trusted = publicKey(key);

        assertThat(cosign.verify(trusted, SignatureAlgorithm.ECDSA_P256, reference)
                        .succeeded()
                        .out())
                .contains("\"docker-manifest-digest\":\"" + image.digest())
                .contains(PredicateTypes.COSIGN_SIGNATURE)
                .contains("\"io.jenkins.plugins.airworthy/observer\":\"controller\"");
        String attestations = cosign.verifyAttestation(
                        trusted, SignatureAlgorithm.ECDSA_P256, "slsaprovenance1", reference)
                .succeeded()
                .out();
        assertThat(attestations.strip().lines()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("registries")
    void cosignRefusesAnUntrustedSignatureAsWeDo(String registry) throws Exception {
        push(registry);
        SoftwareKey key = SoftwareKey.generate();
        attachSignatureAndProvenance(SoftwareKey.generate());
        assertThat(cosign.verify(publicKey(key), SignatureAlgorithm.ECDSA_P256, reference)
                        .exit())
                .isNotZero();
        EvidenceFound found =
                EvidenceReader.read(store, image.digest(), List.of(new TrustedKey("release", key.publicKey())));
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("registries")
    void weVerifyWhatCosignSigned(String registry) throws Exception {
        push(registry);
        cosign.run("generate-key-pair").succeeded();
        cosign.sign("cosign.key", reference);
        Path predicate = Files.write(folder.resolve("provenance.json"), StrictJson.write(provenance()));
        cosign.attest("cosign.key", "slsaprovenance1", predicate, reference);
        Path note = Files.writeString(folder.resolve("note.json"), "{\"note\":\"ü\"}");
        cosign.attest("cosign.key", "https://example.com/note", note, reference);

        VerificationKey key = KeyFiles.readPublic(folder.resolve("cosign.pub"));
        EvidenceFound found = EvidenceReader.read(store, image.digest(), List.of(new TrustedKey("cosign", key)));
        assertThat(found.rejected()).isEmpty();
        assertThat(found.verified())
                .extracting(VerifiedEvidence::predicateType)
                .containsExactlyInAnyOrder(
                        PredicateTypes.COSIGN_SIGNATURE, PredicateTypes.PROVENANCE, "https://example.com/note");
        assertThat(found.verified())
                .extracting(VerifiedEvidence::signer)
                .containsOnly(new Signer.Key(key.fingerprint(), Set.of("cosign")));
        assertThat(found.verified())
                .allSatisfy(evidence ->
                        assertThat(evidence.statement().observation()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("registries")
    void evidenceOfBothStandsSideBySide(String registry) throws Exception {
        push(registry);
        cosign.run("generate-key-pair").succeeded();
        SoftwareKey key = KeyFiles.readPrivate(folder.resolve("cosign.key"), PASSWORD);
        cosign.sign("cosign.key", reference);
        attachSignatureAndProvenance(key);
        cosign.sign("cosign.key", reference);
        EvidenceFound found =
                EvidenceReader.read(store, image.digest(), List.of(new TrustedKey("both", key.publicKey())));
        assertThat(found.verified()).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("registries")
    void readingCostsTwoRequestsForEachBundleTheListAndTheOlderTags(String registry) throws Exception {
        push(registry);
        SoftwareKey key = SoftwareKey.generate();
        for (int i = 0; i < 3; i++) {
            attachSignatureAndProvenance(key);
        }
        requests.set(0);
        EvidenceFound found =
                EvidenceReader.read(store, image.digest(), List.of(new TrustedKey("release", key.publicKey())));
        assertThat(found.verified()).hasSize(6);
        assertThat(requests.get()).isBetween(3 + 2 * 6, 4 + 2 * 6); // the list may take a second request, by its tag
    }

    @Test
    void cosignSignsWithAKeyThatWeMade() throws Exception {
        push(distribution.host());
        SoftwareKey key = SoftwareKey.generate();
        KeyFiles.writePair(key, folder.resolve("our.key"), folder.resolve("our.pub"), PASSWORD);
        cosign.sign("our.key", reference);
        assertThat(cosign.run("public-key", "--key", "our.key").succeeded().out())
                .isEqualTo(Files.readString(folder.resolve("our.pub")));
        EvidenceFound found =
                EvidenceReader.read(store, image.digest(), List.of(new TrustedKey("ours", key.publicKey())));
        assertThat(found.verified()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void bothDirectionsWorkWithEveryKindOfKey(SignatureAlgorithm algorithm) throws Exception {
        push(withReferrers.host());
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.isElliptic() ? "EC" : "RSA");
        if (algorithm.isElliptic()) {
            generator.initialize(algorithm.parameters());
        } else {
            generator.initialize(3072);
        }
        SoftwareKey key = SoftwareKey.of(generator.generateKeyPair(), "key");
        Files.writeString(folder.resolve("plain.pem"), Pem.write("PRIVATE KEY", key.encoded()));
        cosign.run("import-key-pair", "--key", "plain.pem", "-o", "imported").succeeded();

        SoftwareKey imported = KeyFiles.readPrivate(folder.resolve("imported.key"), PASSWORD);
        assertThat(imported.publicKey()).isEqualTo(key.publicKey());
        assertThat(KeyFiles.readPublic(folder.resolve("imported.pub"))).isEqualTo(key.publicKey());

        cosign.sign("imported.key", reference);
        List<TrustedKey> trusted = List.of(new TrustedKey("imported", key.publicKey()));
        assertThat(EvidenceReader.read(store, image.digest(), trusted).verified())
                .hasSize(1);
        attach(new Statement(subject(), observed(), PredicateTypes.PROVENANCE, provenance()), imported);
        cosign.verifyAttestation("imported.pub", algorithm, "slsaprovenance1", reference)
                .succeeded();
        assertThat(cosign.verify("imported.pub", algorithm, reference)
                        .succeeded()
                        .out())
                .contains(PredicateTypes.COSIGN_SIGNATURE, PredicateTypes.PROVENANCE);
    }
}
