package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.TestResult.Outcome;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.sign.key.SignatureRecord;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A verdict that passes by signatures of a revoked key says that their record decided. */
class RecordedBeforeRevocationTest {
    private static final Instant SINCE = Instant.parse("2026-11-29T12:00:00Z");

    /** Has every signature, from before the revocation. */
    private static final SignatureRecord RECORD = new SignatureRecord() {
        @Override
        public boolean holds(Digest subject, Digest payload) {
            return true;
        }

        @Override
        public Optional<Instant> revokedSince() {
            return Optional.of(SINCE);
        }
    };

    @TempDir
    Path folder;

    @Test
    void saysThatTheKeyIsRevokedAndTheSignatureWasRecordedBefore() throws Exception {
        Staging staging = new Staging(folder);
        Manifest image = staging.image("v1", "good");
        staging.sign(image, staging.release);
        staging.tests(image, Outcome.PASSED, Staging.NOW, staging.release);
        TrustedKey revoked = new TrustedKey("release", staging.release.publicKey(), Optional.of(RECORD));

        Verdict verdict = new Gate(Staging.STORES, Staging.CLOCK)
                .verify(
                        new VerifyRequest(
                                staging.staged("v1"),
                                Optional.empty(),
                                staging.policy(),
                                List.of(revoked),
                                Optional.empty()),
                        Progress.SILENT)
                .verdict();

        String words = "key release (revoked since 2026-11-29T12:00:00Z; recorded before)";
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.items())
                .filteredOn(item -> item.id().equals("signature"))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.status()).isEqualTo(Status.PASSED);
                    assertThat(item.reason()).isEqualTo("signed by " + words);
                });
        assertThat(verdict.items())
                .filteredOn(item -> item.id().equals("tests"))
                .singleElement()
                .extracting(item -> item.signer().orElseThrow())
                .isEqualTo(words);
        assertThat(verdict.toJson().toString()).contains("\"revoked\":\"2026-11-29T12:00:00Z\"");
    }
}
