package io.jenkins.plugins.airworthy.image.registry.credential;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A credential for a registry. It is never printed, neither in messages nor by {@code toString}. */
public sealed interface Credential permits Credential.Password, Credential.IdentityToken, Credential.RegistryToken {

    /** A user's name and password, or an access token in the password's place. */
    record Password(String user, String password) implements Credential {
        public String basic() {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "password of a user";
        }
    }

    /** A refresh token that a token service gave at log-in; only token services take it. */
    record IdentityToken(String token) implements Credential {
        @Override
        public String toString() {
            return "identity token";
        }
    }

    /** A token of a token service, sent to the registry itself when it demands one. */
    record RegistryToken(String token) implements Credential {
        public String bearer() {
            return "Bearer " + token;
        }

        @Override
        public String toString() {
            return "registry token";
        }
    }
}
