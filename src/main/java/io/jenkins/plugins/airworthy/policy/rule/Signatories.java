package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.Signer;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The signers that a rule trusts.
 *
 * @param keys names of trusted keys; any of them is enough
 * @param identities patterns of trusted identities, for signatures with certificates; any match is enough
 * @param proof what must be proven of their signatures
 */
public record Signatories(Set<String> keys, List<IdentityPattern> identities, RequiredProof proof) {
    /** No signers, for rules that look at no evidence. */
    static final Signatories NOBODY = new Signatories(Set.of(), List.of());

    public Signatories {
        keys = Set.copyOf(keys);
        identities = List.copyOf(identities);
    }

    /** Creates signers whose signatures are enough. */
    public Signatories(Set<String> keys, List<IdentityPattern> identities) {
        this(keys, identities, RequiredProof.NONE);
    }

    /** Returns these signers, with what must be proven of their signatures. */
    public Signatories proven(RequiredProof asked) {
        return new Signatories(keys, identities, asked);
    }

    boolean include(Signer signer) {
        if (signer instanceof Signer.Key key) {
            return !Collections.disjoint(keys, key.names());
        }
        return signer instanceof Signer.Identity identity
                && identities.stream().anyMatch(pattern -> pattern.matches(identity));
    }

    /** Whether a recorded signer could be trusted. The record does not say which identity signed, only that one did. */
    boolean mayInclude(RecordedStatement signed) {
        return signed.keyless() ? !identities.isEmpty() : !Collections.disjoint(keys, signed.keys());
    }

    boolean isEmpty() {
        return keys.isEmpty() && identities.isEmpty();
    }

    /** Returns the maximum number of different signers; empty if a pattern matches any number. */
    public OptionalLong most() {
        return identities.stream().allMatch(IdentityPattern::isExact)
                ? OptionalLong.of(keys.size() + (long) identities.size())
                : OptionalLong.empty();
    }

    /** Describes the signers for people. */
    String label() {
        return Stream.concat(
                        keys.stream().sorted(),
                        identities.stream().map(IdentityPattern::toString).sorted())
                .collect(Collectors.joining(", "));
    }
}
