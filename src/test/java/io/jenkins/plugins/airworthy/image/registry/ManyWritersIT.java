package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thirty-two writers at once: threads of this process, threads of other Java processes, and real cosign processes, which
 * read the list once and write it back without another look. Property {@code airworthy.rounds} repeats it.
 */
class ManyWritersIT {
    private static final int THREADS = 8;
    private static final int PROCESSES = 2;
    private static final int THREADS_OF_A_PROCESS = 4;
    private static final int COSIGNS = 16;
    private static final int ROUNDS = Integer.getInteger("airworthy.rounds", 1);

    @TempDir
    private static Path folder;

    private static RegistryServer distribution;
    private static RegistryServer withReferrers;
    private static Tool cosign;

    private final RegistryStores stores;

    ManyWritersIT() throws Exception {
        stores = RegistryStores.any(List.of(), CredentialSource.ANONYMOUS, RequestListener.NONE);
    }

    @BeforeAll
    static void start() throws Exception {
        cosign = Tool.require("cosign");
        distribution = RegistryServer.distribution(Files.createDirectory(folder.resolve("distribution")));
        withReferrers = RegistryServer.withReferrersApi(Files.createDirectory(folder.resolve("referrers")));
        cosign.run(folder, environment(), "generate-key-pair").succeeded();
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

    private static Map<String, String> environment() {
        return Map.of("COSIGN_PASSWORD", "pw", "HOME", folder.toString());
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void thirtyTwoWritersOfManyProcessesAndCosignLoseNothingOfOurs(String host) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String repository = host + "/team/round" + round;
            RegistryStore store = stores.open(ImageReference.parse(repository));
            SampleImage image = SampleImage.of("attached to in round " + round);
            image.writeTo(store);
            Descriptor subject = image.manifest().descriptor();

            List<Digest> ours = attachFromEverywhere(repository, subject, AttachedPiece.REFERRER);

            assertThat(store.referrers(subject.digest()))
                    .extracting(Descriptor::digest)
                    .containsAll(ours);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void asManyWritersOfOlderSignaturesLoseNothingOfOurs(String host) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String repository = host + "/team/older" + round;
            RegistryStore store = stores.open(ImageReference.parse(repository));
            SampleImage image = SampleImage.of("signed in round " + round);
            image.writeTo(store);
            Descriptor subject = image.manifest().descriptor();

            List<Digest> ours = attachFromEverywhere(repository, subject, AttachedPiece.LAYER);

            ImageManifest signatures = (ImageManifest)
                    store.manifest(AttachedPiece.signatures(subject.digest())).orElseThrow();
            assertThat(signatures.layers()).extracting(Descriptor::digest).containsAll(ours);
        }
    }

    private List<Digest> attachFromEverywhere(String repository, Descriptor subject, AttachedPiece piece)
            throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<AttachingProcess> processes = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(AttachingProcess.start(repository, subject, "process " + i, THREADS_OF_A_PROCESS, piece));
            }
            for (AttachingProcess process : processes) {
                process.awaitReady();
            }
            List<Callable<List<Digest>>> writers = new ArrayList<>();
            for (int i = 0; i < COSIGNS; i++) {
                String number = "number=" + i;
                writers.add(() -> sign(repository + "@" + subject.digest(), number, piece));
            }
            ImageReference place = ImageReference.parse(repository);
            writers.add(() -> AttachingProcess.attach(stores, place, subject, "thread", THREADS, piece));
            for (AttachingProcess process : processes) {
                writers.add(() -> {
                    process.go();
                    return process.attached();
                });
            }
            List<Digest> ours = new ArrayList<>();
            for (Future<List<Digest>> writer : threads.invokeAll(writers)) {
                ours.addAll(writer.get());
            }
            assertThat(ours).hasSize((THREADS + PROCESSES * THREADS_OF_A_PROCESS) * AttachingProcess.NOTES);
            return ours;
        } finally {
            processes.forEach(AttachingProcess::close);
            threads.shutdownNow();
        }
    }

    /** What cosign attaches it may lose; only ours is counted. */
    private static List<Digest> sign(String image, String annotation, AttachedPiece piece) throws InterruptedException {
        String[] arguments = {
            "sign",
            "--key",
            "cosign.key",
            "--use-signing-config=false",
            "--tlog-upload=false",
            "--new-bundle-format=" + (piece == AttachedPiece.REFERRER),
            "-a",
            annotation,
            "-y",
            image
        };
        cosign.run(folder, environment(), arguments).succeeded();
        return List.of();
    }
}
