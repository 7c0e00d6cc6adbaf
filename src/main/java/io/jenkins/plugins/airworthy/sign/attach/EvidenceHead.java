package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.StatementHead;

import java.util.Optional;

/**
 * What a verified statement is, without what it says: enough to tell which of very many replace each other, and too little to
 * judge an image by.
 *
 * @param manifest that carries it
 * @param payload of the bytes that were signed
 * @param tests the suite and its result, without the names of the tests; absent for other types, and when it cannot be read
 * @param atTag whether it is a layer at one of the older tags
 * @param clear whether every verdict that it matters to reads it: its manifest calls it what it is
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
        boolean clear) {
    static EvidenceHead of(Attached attached) {
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
                attached.clear());
    }
}
