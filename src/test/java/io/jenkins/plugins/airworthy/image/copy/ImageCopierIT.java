package io.jenkins.plugins.airworthy.image.copy;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.store.CachingStore;
import io.jenkins.plugins.airworthy.image.store.DigestCache;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Copies between folders and real registries, looked at by other tools. */
class ImageCopierIT {
    private static final ImageCopier COPIER = new ImageCopier(Progress.SILENT);

    @TempDir
    private static Path servers;

    private static RegistryServer distribution;
    private static RegistryServer withReferrers;

    @TempDir
    private Path temp;

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() throws Exception {
        distribution = RegistryServer.distribution(Files.createDirectory(servers.resolve("distribution")));
        withReferrers = RegistryServer.withReferrersApi(Files.createDirectory(servers.resolve("referrers")));
    }

    @AfterAll
    static void stop() {
        for (RegistryServer server : new RegistryServer[] {distribution, withReferrers}) {
            if (server != null) {
                server.close();
            }
        }
    }

    static List<String> hosts() {
        return List.of(distribution.host(), withReferrers.host());
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void takesAnIndexWithItsEvidenceThroughARegistryAndBackWithIdenticalDigests(String host) throws Exception {
        LayoutStore source = layout("source");
        ImageManifest amd64 = Samples.image(source, "linux/amd64", "a");
        ImageManifest arm64 = Samples.image(source, "linux/arm64", "b");
        Manifest index = Samples.put(
                source,
                Samples.index(
                        amd64.descriptor().with(Platform.parse("linux/amd64")),
                        arm64.descriptor().with(Platform.parse("linux/arm64"))));
        Manifest signature = Samples.evidence(source, index, "signature");
        Manifest scan = Samples.evidence(source, arm64, "scan");
        List<Digest> evidence = List.of(signature.digest(), scan.digest());

        ImageStore staging = registry(host + "/staging/app");
        staging.tag(
                "1.0", COPIER.copy(source, index.digest(), evidence, staging).manifest());
        ImageStore prod = registry(host + "/prod/app");
        prod.tag("1.0", COPIER.copy(staging, index.digest(), evidence, prod).manifest());
        LayoutStore target = layout("target");
        target.tag("1.0", COPIER.copy(prod, index.digest(), evidence, target).manifest());

        String reference = host + "/prod/app:1.0";
        assertThat(crane("digest", reference)).isEqualTo(index.digest().toString());
        crane("validate", "--remote", reference);
        assertThat(crane("digest", "--platform=linux/arm64", reference))
                .isEqualTo(arm64.digest().toString());
        Tool.require("skopeo")
                .run(
                        temp,
                        Map.of(),
                        "copy",
                        "--quiet",
                        "--all",
                        "--src-tls-verify=false",
                        "docker://" + reference,
                        "oci:" + temp.resolve("skopeo") + ":1.0")
                .succeeded();
        assertThat(layout("skopeo").manifest("1.0")).contains(index);
        for (ImageStore store : new ImageStore[] {staging, prod, target}) {
            assertThat(store.manifest("1.0")).contains(index);
            assertThat(store.referrers(index.digest()))
                    .extracting(Descriptor::digest)
                    .containsExactly(signature.digest());
            assertThat(store.referrers(arm64.digest()))
                    .extracting(Descriptor::digest)
                    .containsExactly(scan.digest());
        }
    }

    @Test
    void copiesBetweenTwoRegistriesOneWithTheReferrersApiAndOneWithout() throws Exception {
        ImageStore source = registry(withReferrers.host() + "/between/app");
        ImageManifest image = Samples.image(source, "linux/amd64", "between");
        Manifest signature = Samples.evidence(source, image, "signature");
        ImageStore target = registry(distribution.host() + "/between/app");
        CopyResult copied = COPIER.copy(source, image.digest(), List.of(signature.digest()), target);
        assertThat(copied.moved()).isEqualTo(4);
        target.tag("1.0", copied.manifest());
        assertThat(crane("digest", distribution.host() + "/between/app:1.0"))
                .isEqualTo(image.digest().toString());
        assertThat(target.referrers(image.digest()))
                .extracting(Descriptor::digest)
                .containsExactly(signature.digest());
    }

    @Test
    void movesNoBytesOfBlobsWithinOneRegistryAlsoWhenItReadsThroughACache() throws Exception {
        ImageStore source = registry(distribution.host() + "/mount/staging");
        ImageManifest image = Samples.image(source, "linux/amd64", "mounted");
        Manifest signature = Samples.evidence(source, image, "signature");
        ImageStore cached = new CachingStore(source, new DigestCache(DigestCache.USUAL_BYTES), "");
        ImageStore target = registry(distribution.host() + "/mount/prod");
        requests.clear();
        CopyResult copied = COPIER.copy(cached, image.digest(), List.of(signature.digest()), target);
        assertThat(copied).isEqualTo(new CopyResult(image, 2, 0, 4, 0, 0));
        assertThat(requests).noneMatch(r -> r.startsWith("PATCH") || (r.startsWith("PUT") && r.contains("/blobs/")));
        assertThat(requests).noneMatch(r -> r.startsWith("GET") && r.contains("/blobs/"));
    }

    @Test
    void mergesEvidenceWithWhatTheTargetListsAlready() throws Exception {
        ImageStore source = registry(distribution.host() + "/merge/staging");
        ImageManifest image = Samples.image(source, "linux/amd64", "merged");
        Manifest ours = Samples.evidence(source, image, "ours");
        ImageStore target = registry(distribution.host() + "/merge/prod");
        Samples.image(target, "linux/amd64", "merged");
        Manifest theirs = Samples.evidence(target, image, "theirs");
        COPIER.copy(source, image.digest(), List.of(ours.digest()), target);
        assertThat(target.referrers(image.digest()))
                .extracting(Descriptor::digest)
                .containsExactlyInAnyOrder(theirs.digest(), ours.digest());
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void takesTwoRequestsToReadAgainWhatIsKnown(String host) throws Exception {
        ImageStore source = registry(host + "/warm/app");
        ImageManifest image = Samples.image(source, "linux/amd64", "warm");
        for (int i = 0; i < 3; i++) {
            Samples.evidence(source, image, "statement " + i);
        }
        source.tag("1.0", image);
        ImageStore cached = new CachingStore(source, new DigestCache(DigestCache.USUAL_BYTES), "");
        ImageReference reference = ImageReference.parse(host + "/warm/app:1.0");
        requests.clear();
        readAll(cached, reference);
        assertThat(requests).hasSizeLessThanOrEqualTo(2 * 3 + 5);
        requests.clear();
        readAll(cached, reference);
        assertThat(requests).hasSize(2);
    }

    private static void readAll(ImageStore store, ImageReference reference) throws Exception {
        ResolvedImage image = ImageReader.read(store, reference);
        for (Descriptor listed : store.referrers(image.digest())) {
            ImageManifest evidence =
                    (ImageManifest) store.manifest(listed.digest()).orElseThrow();
            store.readBlob(evidence.layers().get(0), 1000);
        }
    }

    private String crane(String... arguments) throws InterruptedException {
        return Tool.require("crane")
                .run(temp, Map.of(), arguments)
                .succeeded()
                .out()
                .strip();
    }

    private ImageStore registry(String repository) throws Exception {
        return RegistryStores.any(
                        List.of(),
                        CredentialSource.ANONYMOUS,
                        (method, host, path) -> requests.add(method + " " + path))
                .open(ImageReference.parse(repository));
    }

    private LayoutStore layout(String name) {
        return LayoutStore.open(new LayoutReference(temp.resolve(name), Optional.empty(), Optional.empty()));
    }
}
