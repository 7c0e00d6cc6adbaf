package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.InvalidInputException;
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
 * rule that needs the signer fails. Only a missing trusted root for log entries and timestamps, without which nothing can pass, is.
 *
 * @param keys the names of the missing keys, sorted
 * @param root whether the policy trusts identities and the trusted root is missing
 * @param proof whether the policy asks for log entries or timestamps and the trusted root is missing
 */
public record MissingTrust(List<String> keys, boolean root, boolean proof) {
    public MissingTrust {
        keys = List.copyOf(keys);
    }

    static MissingTrust of(Policy policy, List<TrustedKey> given, Optional<CertificateTrust> certificates) {
        Set<String> missing = new TreeSet<>(policy.keys());
        given.forEach(key -> missing.remove(key.name()));
        return new MissingTrust(
                List.copyOf(missing),
                !policy.identities().isEmpty() && certificates.isEmpty(),
                policy.asksForProof() && certificates.isEmpty());
    }

    /**
     * Returns one line of text for each missing key, and one for a missing root.
     *
     * @param keyAdvice the end of the line about the key with a name
     * @param rootAdvice the end of the line about identities, and of the refusal
     * @throws InvalidInputException if the policy asks for log entries or timestamps that nobody can verify
     */
    public void tell(UnaryOperator<String> keyAdvice, String rootAdvice, Progress progress)
            throws InvalidInputException {
        if (proof) {
            throw new InvalidInputException(
                    "the policy asks for a log entry or a timestamp of signatures" + rootAdvice);
        }
        keys.forEach(name -> progress.say("the policy trusts the key '" + name + "'" + keyAdvice.apply(name)));
        if (root) {
            progress.say("the policy trusts identities" + rootAdvice);
        }
    }
}
