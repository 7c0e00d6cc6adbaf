package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.recall.version.VersionRange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The verified statements about an image: who signed them, and which scanner made them. */
final class StatementFacts {
    /**
     * One statement.
     *
     * @param scan what a scanner found; empty for other statements, and for a scan that cannot be read
     */
    private record Made(VerifiedEvidence evidence, boolean isScan, Optional<ScanResult> scan) {}

    private final List<Made> all = new ArrayList<>();

    private StatementFacts(Collection<VerifiedEvidence> evidence) {
        for (VerifiedEvidence each : evidence) {
            boolean scan = PredicateTypes.judgedAs(each.predicateType()).equals(PredicateTypes.VULNERABILITIES);
            all.add(new Made(each, scan, scan ? scan(each) : Optional.empty()));
        }
    }

    static StatementFacts of(Collection<VerifiedEvidence> evidence) {
        return new StatementFacts(evidence);
    }

    private static Optional<ScanResult> scan(VerifiedEvidence evidence) {
        try {
            return Optional.of(ScanResult.parse(evidence.statement()));
        } catch (InvalidInputException e) {
            return Optional.empty(); // no rule believes it either
        }
    }

    /** The statements that an entry is about. */
    List<VerifiedEvidence> find(RecallTarget.Evidence recalled) {
        return all.stream()
                .filter(made -> recalled.scanner().isPresent() ? isScan(made, recalled) : isType(made, recalled))
                .map(Made::evidence)
                .toList();
    }

    /** The statements of a signer. */
    List<VerifiedEvidence> find(RecallTarget.Signer recalled) {
        return all.stream()
                .map(Made::evidence)
                .filter(evidence -> isOf(recalled, evidence))
                .toList();
    }

    private static boolean isOf(RecallTarget.Signer recalled, VerifiedEvidence evidence) {
        if (evidence.signer() instanceof Signer.Key key) {
            return recalled.key().equals(Optional.of(key.fingerprint()));
        }
        return evidence.signer() instanceof Signer.Identity identity
                && recalled.issuer().equals(Optional.of(identity.issuer()))
                && recalled.subject().equals(Optional.of(identity.subject()))
                && recalled.window().mayTouch(evidence.signedAt(), evidence.signedAt());
    }

    private static boolean isType(Made made, RecallTarget.Evidence recalled) {
        String type = recalled.type().orElse("");
        Optional<Instant> at = made.evidence().statement().observation().map(Observation::at);
        return (made.evidence().predicateType().equals(type)
                        || PredicateTypes.judgedAs(made.evidence().predicateType())
                                .equals(type))
                && recalled.window().mayTouch(at, at);
    }

    private static boolean isScan(Made made, RecallTarget.Evidence recalled) {
        if (made.scan().isEmpty()) {
            return made.isScan();
        }
        ScanResult scan = made.scan().get();
        Optional<Instant> database = scan.database().map(ScanResult.Database::updatedAt);
        return scan.scanner().toLowerCase(Locale.ROOT).equals(recalled.scanner().orElse(""))
                && recalled.versions()
                        .filter(range -> range.contains(scan.scannerVersion()) == VersionRange.Answer.NO)
                        .isEmpty()
                && recalled.database().mayTouch(database, database)
                && recalled.window().mayTouch(Optional.of(scan.startedAt()), Optional.of(scan.finishedAt()));
    }
}
