package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CachingStoreTest {
    @TempDir
    private Path folder;

    private final DigestCache cache = new DigestCache(DigestCache.USUAL_BYTES);
    private LayoutReference location;
    private LayoutStore layout;
    private AskedStore asked;
    private ImageStore store;

    @BeforeEach
    void open() {
        location = new LayoutReference(folder, Optional.empty(), Optional.empty());
        layout = LayoutStore.open(location);
        asked = new AskedStore(layout);
        store = new CachingStore(asked, cache, "robot");
    }

    @Test
    void asksForTheTagAndTheReferrersOnlyWhenEverythingElseIsKnown() throws Exception {
        Manifest image = Samples.image(layout, "linux/amd64", "judged");
        Samples.evidence(layout, image, "one");
        Samples.evidence(layout, image, "two");
        layout.tag("1.0", image);
        readAll();
        assertThat(asked.questions)
                .hasSize(3 + 2 * 2)
                .startsWith("manifest 1.0")
                .doesNotHaveDuplicates();
        asked.questions.clear();
        readAll();
        assertThat(asked.questions).containsExactly("resolve 1.0", "referrers " + image.digest());
    }

    @Test
    void seesAtOnceThatATagMoved() throws Exception {
        Manifest first = Samples.image(layout, "linux/amd64", "first");
        layout.tag("1.0", first);
        assertThat(store.manifest("1.0")).contains(first);
        Manifest second = Samples.image(layout, "linux/amd64", "second");
        layout.tag("1.0", second);
        assertThat(store.manifest("1.0")).contains(second);
        assertThat(store.resolve("1.0").map(Descriptor::digest)).contains(second.digest());
    }

    @Test
    void seesEvidenceThatWasAddedSince() throws Exception {
        Manifest image = Samples.image(layout, "linux/amd64", "x");
        assertThat(store.referrers(image.digest())).isEmpty();
        Samples.evidence(layout, image, "late");
        assertThat(store.referrers(image.digest())).hasSize(1);
    }

    @Test
    void remembersNothingForAnotherReaderOrRepository() throws Exception {
        ImageManifest image = Samples.image(layout, "linux/amd64", "x");
        store.manifest(image.digest());
        store.readBlob(image.config(), 1000);
        ImageStore barred = new PassingStore(layout) {
            @Override
            public Optional<Manifest> manifest(Digest digest) throws AirworthyException {
                throw new UndecidedException("403");
            }

            @Override
            public InputStream openBlob(Descriptor blob) throws AirworthyException {
                throw new UndecidedException("403");
            }
        };
        ImageStore stranger = new CachingStore(barred, cache, "stranger");
        assertThatThrownBy(() -> stranger.manifest(image.digest())).hasMessage("403");
        assertThatThrownBy(() -> stranger.openBlob(image.config())).hasMessage("403");
        ImageStore elsewhere = new CachingStore(
                new PassingStore(barred) {
                    @Override
                    public ImageReference location() {
                        return new LayoutReference(folder.resolve("other"), Optional.empty(), Optional.empty());
                    }
                },
                cache,
                "robot");
        assertThatThrownBy(() -> elsewhere.manifest(image.digest())).hasMessage("403");
    }

    @Test
    void remembersNeitherAbsenceNorContentThatIsNotWhatItsNameSays() throws Exception {
        ImageManifest image = Samples.image(layout, "linux/amd64", "x");
        Path config = folder.resolve("blobs/sha256/" + image.config().digest().hex());
        byte[] right = Files.readAllBytes(config);
        Files.write(config, Arrays.copyOf(right, right.length - 1));
        assertThatThrownBy(() -> store.readBlob(image.config(), 1000)).isInstanceOf(UndecidedException.class);
        Files.delete(config);
        assertThatThrownBy(() -> store.readBlob(image.config(), 1000)).isInstanceOf(UndecidedException.class);
        Files.write(config, right);
        assertThat(store.readBlob(image.config(), 1000)).isEqualTo(right);
        Digest absent = Digest.of(new byte[0]);
        assertThat(store.manifest(absent)).isEmpty();
        assertThat(cache.manifest(new DigestCache.Scope(location.repository(), "robot"), absent))
                .isEmpty();
    }

    @Test
    void doesNotGiveAKnownBlobToADescriptorOfAnotherSize() throws Exception {
        Descriptor blob = Samples.blob(layout, "text/plain", "known".getBytes(UTF_8));
        assertThat(store.readBlob(blob, 100)).hasSize(5);
        assertThatThrownBy(() -> store.openBlob(new Descriptor("text/plain", blob.digest(), 4)))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("has 5 bytes instead of 4");
    }

    @Test
    void forgetsTheLeastRecentlyUsedToStayWithinItsBytes() {
        DigestCache small = new DigestCache(10_000);
        DigestCache.Scope scope = new DigestCache.Scope("oci:x", "");
        byte[] first = "first".getBytes(UTF_8);
        small.put(scope, Digest.of(first), first);
        for (int i = 0; i < 100; i++) {
            byte[] content = (i + " ".repeat(1000)).getBytes(UTF_8);
            small.put(scope, Digest.of(content), content);
            small.put(scope, Digest.of(content), content);
            assertThat(small.blob(scope, Digest.of(first))).isPresent();
            assertThat(small.bytes()).isLessThanOrEqualTo(10_000);
        }
        byte[] old = ("0" + " ".repeat(1000)).getBytes(UTF_8);
        assertThat(small.blob(scope, Digest.of(old))).isEmpty();
    }

    @Test
    void doesNotRememberLargeContent() throws Exception {
        byte[] large = new byte[DigestCache.MAX_ENTRY_BYTES + 1];
        Descriptor blob = Samples.blob(layout, "text/plain", large);
        for (int i = 0; i < 2; i++) {
            try (InputStream in = store.openBlob(blob)) {
                assertThat(in.readAllBytes()).isEqualTo(large);
            }
        }
        assertThat(cache.bytes()).isZero();
        assertThat(asked.questions).hasSize(2);
    }

    @Test
    void keepsItsCountWhenManyThreadsUseIt() throws Exception {
        DigestCache small = new DigestCache(50_000);
        DigestCache.Scope scope = new DigestCache.Scope("oci:x", "");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            work.add(() -> {
                boolean whole = true;
                for (int i = 0; i < 2_000; i++) {
                    byte[] content = ("content " + i % 200).getBytes(UTF_8);
                    small.put(scope, Digest.of(content), content);
                    whole &= small.blob(scope, Digest.of(content))
                            .map(b -> Arrays.equals(b, content))
                            .orElse(true);
                }
                return whole;
            });
        }
        for (Future<Boolean> done : threads.invokeAll(work)) {
            assertThat(done.get()).isTrue();
        }
        threads.shutdown();
        assertThat(small.bytes()).isPositive().isLessThanOrEqualTo(50_000);
    }

    private void readAll() throws Exception {
        ResolvedImage image = ImageReader.read(store, location.tagged("1.0"));
        for (Descriptor listed : store.referrers(image.digest())) {
            ImageManifest evidence =
                    (ImageManifest) store.manifest(listed.digest()).orElseThrow();
            store.readBlob(evidence.layers().get(0), 1000);
        }
    }

    private static final class AskedStore extends PassingStore {
        private final List<String> questions = new ArrayList<>();

        AskedStore(ImageStore store) {
            super(store);
        }

        @Override
        public Optional<Descriptor> resolve(String tag) throws AirworthyException, InterruptedException {
            questions.add("resolve " + tag);
            return super.resolve(tag);
        }

        @Override
        public Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException {
            questions.add("manifest " + tag);
            return super.manifest(tag);
        }

        @Override
        public Optional<Manifest> manifest(Digest digest) throws AirworthyException, InterruptedException {
            questions.add("manifest " + digest);
            return super.manifest(digest);
        }

        @Override
        public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
            questions.add("blob " + blob.digest());
            return super.openBlob(blob);
        }

        @Override
        public List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException {
            questions.add("referrers " + subject);
            return super.referrers(subject);
        }
    }
}
