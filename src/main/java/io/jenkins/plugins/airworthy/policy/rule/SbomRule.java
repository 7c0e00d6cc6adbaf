package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.util.List;
import java.util.Optional;

/**
 * Demands an SBOM of the image, in <a href="https://cyclonedx.org/specification/overview/">CycloneDX</a> or
 * <a href="https://spdx.github.io/spdx-spec/v2.3/">SPDX</a>. Refuses a document whose format differs from its predicate type, and an
 * empty one unless the policy allows it by name.
 */
public record SbomRule(Format format, boolean emptyAllowed, Trust trust) implements EvidenceRule {
    public static final String KIND = "sbom";

    /** The supported formats. */
    public enum Format {
        CYCLONEDX("cyclonedx", "CycloneDX", PredicateTypes.CYCLONEDX, "component", "components"),
        SPDX("spdx", "SPDX", PredicateTypes.SPDX, "package", "packages");

        private final String word;
        private final String title;
        private final String predicateType;
        private final String content;
        private final String contents;

        Format(String word, String title, String predicateType, String content, String contents) {
            this.word = word;
            this.title = title;
            this.predicateType = predicateType;
            this.content = content;
            this.contents = contents;
        }

        /** Returns the format for a keyword in a policy. */
        public static Optional<Format> of(String word) {
            for (Format format : values()) {
                if (format.word.equals(word)) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }

        private boolean isFormatOf(JsonObject document) throws InvalidInputException {
            return this == CYCLONEDX
                    ? document.optionalString("bomFormat").equals(Optional.of("CycloneDX"))
                    : document.optionalString("spdxVersion")
                            .filter(v -> v.startsWith("SPDX-"))
                            .isPresent();
        }

        @Override
        public String toString() {
            return word;
        }
    }

    @Override
    public String id() {
        return KIND + ":" + format;
    }

    @Override
    public ConsultedEvidence asks() {
        return new ConsultedEvidence.Newest(format.predicateType, trust);
    }

    @Override
    public Outcome judge(RuleInput image) {
        return LatestEvidence.judge(
                image, image.digest(), format.predicateType, format.title + " document", trust, this::check);
    }

    private Outcome check(VerifiedEvidence evidence) throws InvalidInputException {
        JsonObject document = evidence.statement().predicateObject();
        List<VerifiedEvidence> one = List.of(evidence);
        if (!format.isFormatOf(document)) {
            return Outcome.failed("the statement contains no " + format.title + " document", one);
        }
        int listed = document.objects(format.contents).size();
        return listed == 0 && !emptyAllowed
                ? Outcome.failed("the " + format.title + " document lists nothing", one)
                : Outcome.passed(
                        "a " + format.title + " document lists " + Count.of(listed, format.content, format.contents),
                        one);
    }
}
