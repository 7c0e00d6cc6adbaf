package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/** The client against real registries, one without and one with the referrers API, and beside other clients. */
class RegistryStoreIT {
    private static final int WRITERS = 32;
    private static final int PROCESSES = 8;

    @TempDir
    private static Path folder;

    private static RegistryServer distribution;
    private static RegistryServer withReferrers;

    @BeforeAll
    static void start() throws Exception {
        distribution = RegistryServer.distribution(Files.createDirectory(folder.resolve("distribution")));
        withReferrers = RegistryServer.withReferrersApi(Files.createDirectory(folder.resolve("referrers")));
    }

    @AfterAll
    static void stop() {
        if (distribution != null) {
            distribution.close();
        }
        if (withReferrers != null) {
            withReferrers.close();
        }
    }

    static List<String> hosts() {
        return List.of(distribution.host(), withReferrers.host());
    }

    private static RegistryStore open(String reference) throws Exception {
        return RegistryStores.any(List.of(), CredentialSource.ANONYMOUS, RequestListener.NONE)
                .open(ImageReference.parse(reference));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void readsWhatItWrote(String host) throws Exception {
        RegistryStore store = open(host + "/team/app");
        SampleImage image = SampleImage.of("the layer");

        image.writeTo(store);
        store.tag("1.0", image.manifest());

        assertThat(store.resolve("1.0").orElseThrow())
                .isEqualTo(image.manifest().descriptor());
        assertThat(store.manifest("1.0")).contains(image.manifest());
        assertThat(store.manifest(image.manifest().digest())).contains(image.manifest());
        try (InputStream layer = store.openBlob(image.layerDescriptor())) {
            assertThat(layer.readAllBytes()).isEqualTo(image.layer());
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void reportsAbsence(String host) throws Exception {
        RegistryStore store = open(host + "/team/nothing");
        Digest absent = Digest.of(new byte[] {1});

        assertThat(store.resolve("1.0")).isEmpty();
        assertThat(store.manifest("1.0")).isEmpty();
        assertThat(store.manifest(absent)).isEmpty();
        assertThat(store.hasBlob(absent)).isFalse();
        assertThat(store.referrers(absent)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void craneReadsAndValidatesWhatWasWritten(String host) throws Exception {
        Tool crane = Tool.require("crane");
        RegistryStore store = open(host + "/team/for-crane");
        SampleImage image = SampleImage.of("for crane");

        image.writeTo(store);
        store.tag("latest", image.manifest());

        String digest = crane.run(folder, Map.of(), "digest", host + "/team/for-crane:latest")
                .succeeded()
                .out();
        assertThat(digest.strip()).isEqualTo(image.manifest().digest().toString());
        String blob = host + "/team/for-crane@" + image.layerDescriptor().digest();
        assertThat(crane.run(folder, Map.of(), "blob", blob).succeeded().out()).isEqualTo("for crane");
    }

    @Test
    void mountsABlobWithoutMovingItsBytes() throws Exception {
        String host = distribution.host();
        SampleImage image = SampleImage.of("to be mounted");
        RegistryStore from = open(host + "/team/mount-source");
        image.writeTo(from);
        List<String> requests = new ArrayList<>();
        RegistryStore to = RegistryStores.any(
                        List.of(), CredentialSource.ANONYMOUS, (method, where, path) -> requests.add(method))
                .open(ImageReference.parse(host + "/team/mount-target"));

        assertThat(to.mountBlob(image.layerDescriptor(), from)).isTrue();

        assertThat(to.hasBlob(image.layerDescriptor().digest())).isTrue();
        assertThat(requests).containsExactly("POST", "HEAD");
    }

    @Test
    void reportsThatTheRegistryMountsNothing() throws Exception {
        String host = withReferrers.host(); // it answers every mount with an upload session
        SampleImage image = SampleImage.of("not to be mounted");
        RegistryStore from = open(host + "/team/mount-source");
        image.writeTo(from);

        assertThat(open(host + "/team/mount-target").mountBlob(image.layerDescriptor(), from))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void writesLargeBlobsAsAStream(String host) throws Exception {
        RegistryStore store = open(host + "/team/large");
        byte[] large = new byte[(int) BlobUpload.SINGLE_REQUEST_BYTES * 3 + 17];
        new Random(7).nextBytes(large);
        SampleImage image = SampleImage.of(large);

        image.writeTo(store);

        try (InputStream layer = store.openBlob(image.layerDescriptor())) {
            assertThat(Digest.of(layer.readAllBytes()))
                    .isEqualTo(image.layerDescriptor().digest());
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void thirtyTwoWritersAttachAtOnceAndNoneIsLost(String host) throws Exception {
        RegistryStore store = open(host + "/team/attached");
        SampleImage image = SampleImage.of("attached to");
        image.writeTo(store);
        List<SampleImage> notes = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            notes.add(SampleImage.attachedTo(image.manifest().descriptor(), "note " + i));
        }

        allAtOnce(notes, note -> note.writeTo(open(host + "/team/attached")));

        assertThat(store.referrers(image.manifest().digest()))
                .extracting(Descriptor::digest)
                .containsExactlyInAnyOrderElementsOf(
                        notes.stream().map(note -> note.manifest().digest()).toList());
    }

    /** Another process knows nothing of what this one's writers share: here each writer calls the repository by another name. */
    @Test
    void writersOfOtherProcessesLoseNothing() throws Exception {
        RegistryStores stores = RegistryStores.any(List.of(), CredentialSource.ANONYMOUS, RequestListener.NONE);
        ImageReference place = ImageReference.parse(distribution.host() + "/team/unlocked");
        SampleImage image = SampleImage.of("attached to by many");
        image.writeTo(stores.open(place));
        List<SampleImage> notes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            notes.add(SampleImage.attachedTo(image.manifest().descriptor(), "note " + i));
        }

        allAtOnce(notes, note -> {
            RegistryStore store = stores.open(place);
            note.writeBlobsTo(store);
            store.manifests().put(note.manifest().digest().toString(), note.manifest());
            String name =
                    distribution.host() + "/process/" + note.manifest().digest().hex();
            Repository unknown = new Repository((RegistryReference) ImageReference.parse(name));
            new ReferrersTag(unknown, store.manifests(), image.manifest().digest()).add(List.of(note.manifest()));
        });

        assertThat(stores.open(place).referrers(image.manifest().digest()))
                .extracting(Descriptor::digest)
                .containsExactlyInAnyOrderElementsOf(
                        notes.stream().map(note -> note.manifest().digest()).toList());
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void cosignAttachesAtTheSameTimeAndVerifies(String host) throws Exception {
        Tool cosign = Tool.require("cosign");
        Path keys = Files.createTempDirectory(folder, "keys");
        Map<String, String> environment = Map.of("COSIGN_PASSWORD", "pw", "HOME", keys.toString());
        RegistryStore store = open(host + "/team/beside-cosign");
        SampleImage image = SampleImage.of("signed by cosign");
        image.writeTo(store);
        SampleImage before = SampleImage.attachedTo(image.manifest().descriptor(), "before");
        SampleImage after = SampleImage.attachedTo(image.manifest().descriptor(), "after");
        String reference = host + "/team/beside-cosign@" + image.manifest().digest();

        before.writeTo(store);
        cosign.run(keys, environment, "generate-key-pair").succeeded();
        cosign.run(
                        keys,
                        environment,
                        "sign",
                        "--key",
                        "cosign.key",
                        "--use-signing-config=false",
                        "--tlog-upload=false",
                        "-y",
                        reference)
                .succeeded();
        after.writeTo(store);

        cosign.run(keys, environment, "verify", "--key", "cosign.pub", "--insecure-ignore-tlog=true", reference)
                .succeeded();
        assertThat(store.referrers(image.manifest().digest()))
                .hasSize(3)
                .extracting(Descriptor::digest)
                .contains(before.manifest().digest(), after.manifest().digest());
    }

    @Test
    void skopeoReadsTheSameBytesThatWereWritten() throws Exception {
        Tool skopeo = Tool.require("skopeo");
        RegistryStore store = open(distribution.host() + "/team/for-skopeo");
        SampleImage image = SampleImage.of("for skopeo");
        image.writeTo(store);
        store.tag("1", image.manifest());

        String raw = skopeo.run(
                        folder,
                        Map.of(),
                        "inspect",
                        "--raw",
                        "--tls-verify=false",
                        "docker://" + distribution.host() + "/team/for-skopeo:1")
                .succeeded()
                .out();

        assertThat(Digest.of(raw.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(image.manifest().digest());
    }

    private interface Action {
        void run(SampleImage note) throws Exception;
    }

    private static void allAtOnce(List<SampleImage> notes, Action action) throws Exception {
        List<Callable<Void>> writers = new ArrayList<>();
        for (SampleImage note : notes) {
            writers.add(() -> {
                action.run(note);
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(notes.size());
        try {
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
