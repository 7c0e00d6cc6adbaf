package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.evidence.PredicateTypes;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Short words for predicate types, as other tools use them too. */
final class PredicateNames {
    static final String WORDS = "cyclonedx, spdx, vuln, slsaprovenance, vsa, test-result, signature";

    private static final Map<String, String> TYPES = Map.of(
            "cyclonedx", PredicateTypes.CYCLONEDX,
            "spdx", PredicateTypes.SPDX,
            "spdxjson", PredicateTypes.SPDX,
            "vuln", PredicateTypes.VULNERABILITIES,
            "slsaprovenance", PredicateTypes.PROVENANCE,
            "vsa", PredicateTypes.VERIFICATION_SUMMARY,
            "test-result", PredicateTypes.TEST_RESULT,
            "signature", PredicateTypes.COSIGN_SIGNATURE);

    private PredicateNames() {}

    /** The shortest word for a predicate type. */
    static Optional<String> word(String type) {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(type))
                .map(Map.Entry::getKey)
                .min(Comparator.comparing(String::length));
    }

    /** The predicate type that a word stands for; another text is a type itself. */
    static String type(String word) {
        return TYPES.getOrDefault(word, word);
    }
}
