package io.jenkins.plugins.airworthy.evidence;

import java.util.Set;

/** The verified signer of a statement. */
public sealed interface Signer permits Signer.Key, Signer.Identity {
    /** Short text for reasons and reports. */
    String label();

    /** Identifies the signer: by the key, whatever its names, or by the identity, whatever its certificates. */
    String sameness();

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

        @Override
        public String sameness() {
            return "key " + fingerprint;
        }
    }

    /**
     * An identity that a certificate authority verified before issuing a certificate for one signature.
     *
     * @param issuer URL of the identity provider that vouched for the subject
     * @param subject an e-mail address or a URI, such as that of a job
     */
    record Identity(String issuer, String subject) implements Signer {
        @Override
        public String label() {
            return "identity " + subject + " (issuer " + issuer + ")";
        }

        @Override
        public String sameness() {
            return "identity " + issuer + " " + subject;
        }
    }
}
