package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.image.store.CachingStore;
import io.jenkins.plugins.airworthy.image.store.DigestCache;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A verdict is about one moment: one process with one gate and the same stores judges an image anew each time. Each
 * test first promotes the image, so that there is something to remember.
 */
class NoVerdictIsKeptTest extends Attack {
    private final Map<String, ImageStore> open = new HashMap<>();
    private Instant now = NOW;
    private Gate gate;

    @BeforeEach
    void openOneGate() {
        DigestCache cache = new DigestCache(DigestCache.USUAL_BYTES);
        ImageStores same = reference -> {
            ImageStore store = open.get(reference.repository());
            if (store == null) {
                store = new CachingStore(open(reference), cache, "");
                open.put(reference.repository(), store);
            }
            return store;
        };
        gate = new Gate(same, new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
    }

    @Override
    Gate gate() {
        return gate;
    }

    @Test
    void refusesAfterTheTagMoved() throws Exception {
        promoteFirst();
        stageWithout(Piece.TESTS);
        assertRefused("tests", "no test result about " + image.digest().abbreviated());
    }

    @Test
    void refusesAfterThePolicyChanged() throws Exception {
        promoteFirst();
        changePolicy("minimum: 1", "minimum: 2");
        assertRefused("tests", "1 test passed, at least 2 must pass");
    }

    @Test
    void refusesAfterTheKeyWasRemoved() throws Exception {
        promoteFirst();
        keys.clear();
        keys.add(new TrustedKey("release", stranger.publicKey()));
        assertRefused("signature,provenance,tests,vulnerabilities,secrets", "not signed by any trusted key");
    }

    @Test
    void refusesAfterTheKeyWasRevoked() throws Exception {
        promoteFirst();
        keys.clear();
        keys.add(new TrustedKey("release", release.publicKey(), Optional.of((subject, payload) -> false)));
        assertRefused(
                "signature,provenance,tests,vulnerabilities,secrets",
                "signed with the key 'release', which is revoked");
    }

    @Test
    void refusesAfterTheWaiverExpired() throws Exception {
        stageWithout(Piece.SCAN);
        attach(
                image,
                Scan.of(image)
                        .finding("CVE-2026-0001", "HIGH", "1.1", "2026-01-01")
                        .statement(),
                release);
        changePolicy("  checklist:\n", """
                  waivers:
                    - {vulnerability: CVE-2026-0001, package: "pkg:maven/org.example/lib", images: ["PLACE/**"],
                       until: 2026-11-20, reason: not reachable, by: alice}
                  checklist:
                """.replace("PLACE", place("staging")));
        promoteFirst();
        now = Instant.parse("2026-11-21T00:00:00Z");
        assertRefused("vulnerabilities", "the waiver by alice expired on 2026-11-20");
    }

    @Test
    void refusesAfterTheScanGrewOld() throws Exception {
        promoteFirst();
        now = NOW.plus(Duration.ofDays(2));
        assertRefused("vulnerabilities", "the scan is of 2026-11-20T11:00:00Z, older than the allowed");
    }

    @Test
    void refusesAfterAFailedTestWasAttached() throws Exception {
        promoteFirst();
        attach(image, tests(image, TestResult.Outcome.FAILED, NOW), release);
        assertRefused("tests", "suite 'junit' failed");
    }

    private void promoteFirst() throws Exception {
        assertPromoted();
        running = image;
    }
}
