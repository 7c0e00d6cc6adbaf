package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.jenkins.run.record.PendingStatement;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownDigest;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownTime;

import java.util.List;

/**
 * A run's statement about an image, as its page shows it.
 *
 * @param kind what it is, in words
 * @param observer where it was observed
 * @param file the name of the full statement among the run's
 * @param signers names of the keys by which it was signed
 */
public record ShownStatement(
        String kind,
        String summary,
        String observer,
        ShownTime at,
        ShownDigest subject,
        String file,
        List<String> signers) {
    public ShownStatement {
        signers = List.copyOf(signers);
    }

    static ShownStatement of(PendingStatement statement, RecordedImage image) {
        return new ShownStatement(
                kind(statement.predicateType()),
                statement.summary(),
                statement.observer().toString(),
                ShownTime.of(statement.at()),
                ShownDigest.of(statement.subject()),
                statement.payload().hex() + ".json",
                image.signatures().stream()
                        .filter(made -> made.payload().equals(statement.payload()))
                        .map(made -> "key " + made.keyName())
                        .distinct()
                        .toList());
    }

    /** A predicate type in words; other tools' types unchanged. */
    static String kind(String predicateType) {
        return switch (predicateType) {
            case PredicateTypes.COSIGN_SIGNATURE -> "Signature";
            case PredicateTypes.PROVENANCE -> "Provenance";
            case PredicateTypes.VERIFICATION_SUMMARY -> "Verification summary";
            case PredicateTypes.VULNERABILITIES -> "Vulnerabilities";
            case PredicateTypes.CYCLONEDX -> "Bill of materials (CycloneDX)";
            case PredicateTypes.SPDX -> "Bill of materials (SPDX)";
            case PredicateTypes.TEST_RESULT -> "Tests";
            default -> predicateType;
        };
    }

    public boolean signed() {
        return !signers.isEmpty();
    }

    public String signerText() {
        return signed() ? String.join(", ", signers) : "not signed";
    }
}
