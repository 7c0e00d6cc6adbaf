package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.policy.Verdict;

import java.util.List;
import java.util.Optional;

/** What was decided of one image, for reports that other programs read. */
sealed interface CheckedImage {
    /** How the image is called. */
    String name();

    /** A verdict. */
    record Decided(Verdict verdict, List<Check> checks) implements CheckedImage {
        /** @param refusal why the command refuses although the verdict may have passed */
        static Decided of(VerdictReport report, Optional<String> refusal) {
            Verdict verdict = report.judged().verdict();
            Optional<String> refused = verdict.passed()
                    ? refusal
                    : Optional.of("policy '" + verdict.policyName() + "' " + verdict.policyDigest() + " refused it");
            return new Decided(verdict, Check.of(verdict, refused));
        }

        @Override
        public String name() {
            return SarifPlace.of(verdict.image(), verdict.digest()).name();
        }
    }

    /** No verdict, and why. */
    record Undecided(String name, ExitStatus status, String reason) implements CheckedImage {}
}
