package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.util.List;

/**
 * Demands that at least {@code threshold} of the trusted signers signed the requested digest. Counts public keys and identities, not
 * signatures, names of keys or certificates, and only statements that say "I sign this image": any other verified statement is not
 * a signature. One of which too little is proven is not counted. The place of signing does not matter, so the rule has no
 * {@code observed}.
 */
public record SignatureRule(Signatories signatories, long threshold) implements Rule {
    public static final String KIND = "signature";

    public SignatureRule {
        if (threshold < 1) {
            throw new IllegalArgumentException("a threshold below 1");
        }
    }

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public Scope scope() {
        return Scope.ASKED;
    }

    @Override
    public ConsultedEvidence asks() {
        return new ConsultedEvidence.Every(PredicateTypes.COSIGN_SIGNATURE);
    }

    @Override
    public Outcome judge(RuleInput image) {
        Trust trust = new Trust(signatories, Observer.IMPORTED);
        List<VerifiedEvidence> found =
                LatestEvidence.believed(image, image.asked(), PredicateTypes.COSIGN_SIGNATURE, trust);
        if (found.isEmpty()) {
            String none =
                    MissingEvidence.reason(image, image.asked(), PredicateTypes.COSIGN_SIGNATURE, "signature", trust);
            return Outcome.failed(none, List.of());
        }
        List<VerifiedEvidence> signatures =
                found.stream().filter(signatories.proof()::isMetBy).toList();
        long signers =
                signatures.stream().map(e -> e.signer().sameness()).distinct().count();
        String by = String.join(
                "; ",
                signatures.stream()
                        .map(e -> e.signer().label())
                        .distinct()
                        .sorted()
                        .toList());
        if (signers < threshold) {
            return Outcome.failed(
                    "signed by " + signers + " of the " + threshold + " different signers that are asked for"
                            + (by.isEmpty() ? "" : " (" + by + ")")
                            + signatories
                                    .proof()
                                    .refusal(found, "a signature")
                                    .map(why -> "; " + why)
                                    .orElse(""),
                    found);
        }
        return Outcome.passed("signed by " + by, signatures);
    }
}
