package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Every case of the sigstore-conformance suite's bundle verification, judged as the suite judges it, and refused for the
 * reason that the case is about.
 */
class ConformanceTest {
    private static final int CASES = 70;

    /** A reason, for the cases that must be refused; their names end in {@code _fail}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "bundle-empty-certificate-chain_fail | certificates: expected 1 to 8, found 0",
                "bundle-from-wrong-instance_fail | is not one that the trusted root names",
                "bundle-invalid-base64-signature_fail | messageSignature.signature: is not base64",
                "bundle-malformed-json_fail | is not valid JSON",
                "bundle-negative-log-index_fail | logIndex: expected a whole number that is not negative",
                "bundle-unknown-version_fail | is not a Sigstore bundle of a known version",
                "bundle-with-root-cert_fail | must not contain a root",
                "bundle-with-sct-with-extensions |",
                "checkpoint-bad-keyhint_fail | checkpoint: has no signature of the log rekor.sigstore.dev",
                "checkpoint-wrong-roothash_fail | checkpoint: names a different size or root hash",
                "dsse-invalid-sig_fail | the log recorded another signature",
                "dsse-mismatch-envelope_fail | the log recorded another artefact",
                "dsse-mismatch-sig_fail | the log recorded another signature",
                "happy-path-intoto-in-dsse-v3 |",
                "happy-path-v0.1 |",
                "happy-path-v0.2 |",
                "happy-path-v0.3 |",
                "happy-path-v0.3-new-mediaType |",
                "inclusion-proof-corrupted-hash_fail | its inclusion proof does not lead to the root hash",
                "incorrect-public-key_fail | the log recorded another signer",
                "integrated-time-in-future_fail | certificate: is valid from 2026-05-07T15:18:10Z to 2026-05-07T15:28:10Z",
                "intoto-expired-certificate_fail | certificate: is valid from 2030-01-01T00:00:00Z",
                "intoto-log-entry-mismatch_fail | the log recorded another signature",
                "intoto-missing-inclusion-proof_fail | has no inclusion proof",
                "intoto-set-outside-signing-cert-validity_fail | not at 2023-02-02T00:00:00Z",
                "intoto-tsa-timestamp-outside-cert-validity_fail | not at 2023-02-02T00:00:00Z",
                "intoto-with-custom-trust-root |",
                "invalid-checkpoint-signature_fail | checkpoint: the signature of the log rekor.sigstore.dev does not verify",
                "invalid-ct-key_fail | signed certificate timestamp: none verifies",
                "invalid-inclusion-proof_fail | checkpoint: is missing",
                "managed-key-and-trusted-root |",
                "managed-key-happy-path |",
                "managed-key-no-key_fail | signed with a key, but",
                "managed-key-wrong-key_fail | not a point on its curve",
                "message-digest-mismatch_fail | message digest: is not that of the artefact",
                "rekor2-checkpoint-cosigned |",
                "rekor2-checkpoint-missing-log-signature_fail | checkpoint: has no signature",
                "rekor2-checkpoint-missing-origin_fail | checkpoint: expected its origin",
                "rekor2-checkpoint-missing-root-hash_fail | checkpoint: expected its origin",
                "rekor2-checkpoint-missing-size_fail | checkpoint: expected its origin",
                "rekor2-checkpoint-multiple-cosigs |",
                "rekor2-checkpoint-no-matching-signature_fail | checkpoint: its origin is 'log2025-alpha1.rekor.github.dev'",
                "rekor2-checkpoint-origin-not-first |",
                "rekor2-checkpoint-two-sigs-cosigned |",
                "rekor2-checkpoint-two-sigs-from-origin |",
                "rekor2-dsse-happy-path |",
                "rekor2-dsse-invalid-sig_fail | the log recorded another signature",
                "rekor2-dsse-mismatch-envelope_fail | the log recorded another artefact",
                "rekor2-dsse-mismatch-sig_fail | the log recorded another signature",
                "rekor2-happy-path |",
                "rekor2-no-inclusion-proof_fail | has no inclusion proof",
                "rekor2-no-timestamp_fail | timestamp: no authority and no log says when it was signed",
                "rekor2-timestamp-outside-trust-root-tsa-validity_fail | trusted from 2025-04-09T00:00:00Z to 2025-06-01T00:00:00Z",
                "rekor2-timestamp-outside-tsa-cert-validity_fail | the root of its chain is not valid at 2025-08-07T15:38:32Z",
                "rekor2-timestamp-payload-mismatch_fail | timestamp: is not about the bundle's signature",
                "rekor2-timestamp-untrusted-tsa-with-embedded-cert_fail | timestamp: was signed by no authority that the trusted root names",
                "rekor2-timestamp-untrusted-tsa-without-embedded-cert_fail | timestamp: was signed by no authority that the trusted root names",
                "rekor2-timestamp-with-embedded-cert |",
                "rekor2-timestamp-with-expired-cert-chain |",
                "rekor2-timestamp-with-incorrect-time_fail | signedTimestamp: is not base64",
                "rekor2-timestamp-without-embedded-cert |",
                "set-invalid-signature_fail | its signed entry timestamp does not verify",
                "signature-mismatch_fail | the log recorded another signature",
                "trust-root-tlog-missing-validity-start_fail | tlogs[1].publicKey.validFor.start: is missing",
                "trust-root-tlog-validity-end-inclusive |",
                "trust-root-tsa-validity-end-inclusive |",
                "wrong-hashedrekord-artifact_fail | the log recorded another artefact",
                "wrong-hashedrekord-cert-and-sig_fail | the log recorded another signature",
                "wrong-hashedrekord-entry_fail | the log recorded another artefact",
                "wrong-material_fail | message digest: is not that of the artefact"
            })
    void judgesTheCaseAsExpected(String name, String reason) throws Exception {
        SigstoreCase one = SigstoreCase.ofSuite(name);
        assertThat(name.endsWith("_fail")).isEqualTo(reason != null);
        if (reason == null) {
            one.verify();
        } else {
            assertThatThrownBy(one::verify)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void theListAboveIsTheWholeSuite() throws IOException {
        assertThat(SigstoreCase.conformance()).hasSize(CASES);
    }
}
