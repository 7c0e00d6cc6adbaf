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
 * Whom a policy trusts and nobody gave a key or a root for. Often a slip, and never fatal by itself: the rule that needs it says so
 * too.
 *
 * @param keys the names without a key, sorted
 * @param root whether the policy trusts identities, and there is no trusted root by which to believe them
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
     * Says it, a line for each.
     *
     * @param keyAdvice ends the sentence about the key of this name
     * @param rootAdvice ends the sentence about identities
     */
    public void tell(UnaryOperator<String> keyAdvice, String rootAdvice, Progress progress) {
        keys.forEach(name -> progress.say("the policy trusts the key '" + name + "'" + keyAdvice.apply(name)));
        if (root) {
            progress.say("the policy trusts identities" + rootAdvice);
        }
    }
}
