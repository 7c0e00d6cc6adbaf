package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The verified signer of a statement. */
public sealed interface Signer permits Signer.Key, Signer.Identity {
    /** Short text for reasons and reports. */
    String label();

    /** Identifies the signer: by the key, whatever its names, or by the identity, whatever its certificates. */
    String sameness();

    /** Identifies the signer and what else was certified of it: two runs of one workflow for two repositories are told apart. */
    default String certified() {
        return sameness();
    }

    /** For programs: {@code {"type": "key", "name": …, "fingerprint": …}} or {@code {"type": "identity", "name": …, "issuer": …}}. */
    ObjectNode toJson();

    /**
     * A public key that the verifier was given.
     *
     * @param fingerprint hexadecimal SHA-256 of the key's SubjectPublicKeyInfo; two names of one key are one signer
     * @param names under which the verifier was given this key
     * @param revoked since when the key is revoked, if it is: then a record has the signature from before
     */
    record Key(String fingerprint, Set<String> names, Optional<Instant> revoked) implements Signer {
        public Key {
            names = Set.copyOf(names);
        }

        /** A key that is not revoked. */
        public Key(String fingerprint, Set<String> names) {
            this(fingerprint, names, Optional.empty());
        }

        @Override
        public String label() {
            return "key " + name()
                    + revoked.map(since -> " (revoked since " + since + "; recorded before)")
                            .orElse("");
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode json =
                    StrictJson.object().put("type", "key").put("name", name()).put("fingerprint", fingerprint);
            revoked.ifPresent(since -> json.put("revoked", since.toString()));
            return json;
        }

        private String name() {
            return String.join(", ", names.stream().sorted().toList());
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
     * @param extensions what else the authority wrote of the build into the certificate
     */
    record Identity(String issuer, String subject, Map<CertificateExtension, String> extensions) implements Signer {
        public Identity {
            extensions = Map.copyOf(extensions);
        }

        /** An identity of whose certificate no more is known. */
        public Identity(String issuer, String subject) {
            this(issuer, subject, Map.of());
        }

        /** The value of an extension; empty if the certificate does not have it. */
        public Optional<String> extension(CertificateExtension extension) {
            return Optional.ofNullable(extensions.get(extension));
        }

        @Override
        public String label() {
            return "identity " + subject + " (issuer " + issuer + ")";
        }

        @Override
        public ObjectNode toJson() {
            return StrictJson.object()
                    .put("type", "identity")
                    .put("name", subject)
                    .put("issuer", issuer);
        }

        @Override
        public String sameness() {
            return "identity " + issuer + " " + subject;
        }

        @Override
        public String certified() {
            return sameness() + " " + new TreeMap<>(extensions);
        }
    }
}
