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
 * Whose signatures count.
 *
 * @param keys names of keys; a signer who has any of them is believed
 * @param identities those who sign with certificates; one that any of these matches is believed
 */
public record Signatories(Set<String> keys, List<IdentityPattern> identities) {
    /** For rules that look at no evidence. */
    static final Signatories NOBODY = new Signatories(Set.of(), List.of());

    public Signatories {
        keys = Set.copyOf(keys);
        identities = List.copyOf(identities);
    }

    boolean include(Signer signer) {
        if (signer instanceof Signer.Key key) {
            return !Collections.disjoint(keys, key.names());
        }
        return signer instanceof Signer.Identity identity
                && identities.stream().anyMatch(pattern -> pattern.matches(identity));
    }

    /** The same of who a record says has signed. Of an identity it says no more than that it was one. */
    boolean mayInclude(RecordedStatement signed) {
        return signed.keyless() ? !identities.isEmpty() : !Collections.disjoint(keys, signed.keys());
    }

    boolean isEmpty() {
        return keys.isEmpty() && identities.isEmpty();
    }

    /** How many different signers there can be at most; unknown where a pattern stands for any number. */
    public OptionalLong most() {
        return identities.stream().allMatch(IdentityPattern::isExact)
                ? OptionalLong.of(keys.size() + (long) identities.size())
                : OptionalLong.empty();
    }

    /** For people. */
    String label() {
        return Stream.concat(
                        keys.stream().sorted(),
                        identities.stream().map(IdentityPattern::toString).sorted())
                .collect(Collectors.joining(", "));
    }
}
