package io.jenkins.plugins.airworthy.evidence;

import java.util.Set;

/** Who signed, as a verifier found it. */
public sealed interface Signer permits Signer.Key {
    /** Short text for reasons and reports. */
    String label();

    /**
     * A public key that the verifier was given.
     *
     * @param fingerprint hexadecimal SHA-256 of the key's SubjectPublicKeyInfo; two names of one key are one signer
     * @param names under which the verifier was given this key
     */
    record Key(String fingerprint, Set<String> names) implements Signer {
        public Key {
            names = Set.copyOf(names);
        }

        @Override
        public String label() {
            return "key " + String.join(", ", names.stream().sorted().toList());
        }
    }
}
