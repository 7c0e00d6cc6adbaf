package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Signers that a policy trusts but the request provides no key or trusted root for. Often a mistake, but not fatal by itself: the
 * rule that needs the signer fails.
 *
 * @param keys the names of the missing keys, sorted
 * @param root whether the policy trusts identities and the trusted root is missing
 */
public record MissingTrust(List<String> keys, boolean root) {
    public MissingTrust {
        keys = List.copyOf(keys);
    }

    static MissingTrust of(Policy policy, List<TrustedKey> given, Optional<CertificateTrust> certificates) {
        Set<String> missing = new TreeSet<>(policy.keys());
        given.forEach(key -> missing.remove(key.name()));
        return new MissingTrust(List.copyOf(missing), !policy.identities().isEmpty() && certificates.isEmpty());
    }

    /**
     * Returns one line of text for each missing key, and one for a missing root.
     *
     * @param keyAdvice the end of the line about the key with a name
     * @param rootAdvice the end of the line about identities
     */
    public void tell(UnaryOperator<String> keyAdvice, String rootAdvice, Progress progress) {
        keys.forEach(name -> progress.say("the policy trusts the key '" + name + "'" + keyAdvice.apply(name)));
        if (root) {
            progress.say("the policy trusts identities" + rootAdvice);
        }
    }
}
