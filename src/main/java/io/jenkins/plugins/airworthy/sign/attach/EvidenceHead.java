package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.SignatureProof;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.StatementHead;

import java.util.Optional;

/**
 * A verified statement without its predicate: enough to decide which of very many replace each other, but not to
 * judge an image.
 *
 * @param manifest the digest of the manifest that carries it
 * @param payload the digest of the signed bytes
 * @param tests the suite and its result, without the names of the tests; empty for other types and malformed results
 * @param atTag whether it is a layer at one of cosign's older tags
 * @param proof what log entries and timestamps prove of its signature
 * @param clear whether its manifest describes it correctly, so that every verdict that needs it reads it
 */
public record EvidenceHead(
        Digest subject,
        Digest manifest,
        Digest payload,
        String predicateType,
        Signer signer,
        Optional<Observation> seen,
        Optional<TestResult> tests,
        boolean atTag,
        SignatureProof proof,
        boolean clear) {
    static EvidenceHead of(AttachedStatement attached) {
        VerifiedEvidence evidence = attached.evidence();
        return new EvidenceHead(
                evidence.subject(),
                evidence.manifest(),
                evidence.payload(),
                evidence.predicateType(),
                evidence.signer(),
                evidence.statement().observation(),
                StatementHead.tests(evidence.statement()),
                attached.tag().isPresent(),
                evidence.proof(),
                attached.clear());
    }
}
