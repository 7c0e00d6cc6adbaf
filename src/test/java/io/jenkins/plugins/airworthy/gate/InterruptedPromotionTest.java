package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.TestResult.Outcome;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Ends a promotion at each of its writes in turn: the tag is the old one or the complete new one, never anything else. */
class InterruptedPromotionTest {
    private static final int MORE_WRITES_THAN_A_PROMOTION_HAS = 100;

    @TempDir
    Path folder;

    @Test
    void leavesTheOldTagOrTheCompleteNewImageWhereverItEnds() throws Exception {
        Staging staging = new Staging(folder);
        Manifest old = good(staging, "old");
        staging.promote("v1");
        Manifest next = good(staging, "next");

        int ended = 0;
        boolean complete = false;
        while (!complete && ended < MORE_WRITES_THAN_A_PROMOTION_HAS) {
            complete = promoteUntil(staging, ended++);
            Manifest tagged = staging.productionStore().manifest("v1").orElseThrow();
            assertThat(tagged).isEqualTo(complete ? next : old);
        }

        assertThat(complete).isTrue();
        assertThat(ended).as("writes of a promotion").isGreaterThan(6);
        assertThat(staging.productionStore().referrers(next.digest())).hasSizeGreaterThanOrEqualTo(3);
    }

    private static Manifest good(Staging staging, String content) throws Exception {
        Manifest image = staging.image("v1", content);
        staging.sign(image, staging.release);
        staging.tests(image, Outcome.PASSED, Staging.NOW, staging.release);
        return image;
    }

    /** Whether the promotion was complete before its write of this number. */
    private static boolean promoteUntil(Staging staging, int lastWrite) throws Exception {
        AtomicInteger writes = new AtomicInteger();
        ImageStores ending = reference -> new EndingStore(Staging.STORES.open(reference), writes, lastWrite);
        PromoteRequest request = staging.request("v1", staging.policy());
        try {
            staging.promote(ending, request);
            return true;
        } catch (UndecidedException e) {
            assertThatThrownBy(() -> {
                        throw e;
                    })
                    .hasMessageContaining("ended here");
            return false;
        }
    }

    /** Fails at its n-th write, and at every later one. */
    private static final class EndingStore extends PassingStore {
        private final AtomicInteger writes;
        private final int last;

        EndingStore(ImageStore store, AtomicInteger writes, int last) {
            super(store);
            this.writes = writes;
            this.last = last;
        }

        private void write() throws AirworthyException {
            if (writes.incrementAndGet() > last) {
                throw new UndecidedException("ended here");
            }
        }

        @Override
        public void putBlob(Descriptor blob, BlobSource source) throws AirworthyException, InterruptedException {
            write();
            super.putBlob(blob, source);
        }

        @Override
        public void putManifest(Manifest manifest) throws AirworthyException, InterruptedException {
            write();
            super.putManifest(manifest);
        }

        @Override
        public void tag(String tag, Manifest manifest) throws AirworthyException, InterruptedException {
            write();
            super.tag(tag, manifest);
        }

        @Override
        public Optional<UndecidedException> tagOnce(String tag, Optional<Digest> before, Manifest manifest)
                throws AirworthyException, InterruptedException {
            write();
            return super.tagOnce(tag, before, manifest);
        }

        @Override
        public Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException {
            return super.manifest(tag);
        }
    }
}
