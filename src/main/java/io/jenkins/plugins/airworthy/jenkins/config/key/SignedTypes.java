package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;

import java.util.Map;
import java.util.Set;

/** The predicate types that each role of a key may sign. A role for free-form statements excludes the types that the product makes. */
public final class SignedTypes {
    /** The types that steps observe; all others come from the controller itself or from people. */
    public static final Set<KeyRole> OBSERVED = Set.of(KeyRole.TEST, KeyRole.SCAN, KeyRole.SBOM);

    private static final Map<KeyRole, Set<String>> TYPES = Map.of(
            KeyRole.IMAGE, Set.of(PredicateTypes.COSIGN_SIGNATURE),
            KeyRole.PROVENANCE, Set.of(PredicateTypes.PROVENANCE),
            KeyRole.TEST, Set.of(PredicateTypes.TEST_RESULT),
            KeyRole.SCAN, Set.of(PredicateTypes.VULNERABILITIES),
            KeyRole.SBOM, Set.of(PredicateTypes.CYCLONEDX, PredicateTypes.SPDX),
            KeyRole.VERDICT, Set.of(PredicateTypes.VERIFICATION_SUMMARY),
            KeyRole.RECALL, Set.of(PredicateTypes.RECALLS));

    private SignedTypes() {}

    public static boolean allows(KeyRole role, String predicateType) {
        return role == KeyRole.ATTESTATION
                ? !PredicateTypes.isKept(predicateType)
                : TYPES.getOrDefault(role, Set.of()).contains(predicateType);
    }

    public static void require(KeyRole role, String predicateType) throws InvalidInputException {
        if (!allows(role, predicateType)) {
            throw new InvalidInputException(
                    "a key that signs " + role.plural() + " does not sign statements of the type " + predicateType);
        }
    }
}
