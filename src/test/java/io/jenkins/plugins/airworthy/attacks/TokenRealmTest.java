package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.cli.Session;
import io.jenkins.plugins.airworthy.image.registry.HastyStores;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Attack 13: a registry that sends clients with a password to a stranger's token service. */
class TokenRealmTest extends ServedAttack {
    @Test
    void sendsNoPasswordToATokenRealmOnAStrangersHost() throws Exception {
        try (ServedRegistry stranger = new ServedRegistry(folder).start()) {
            stores = HastyStores.of(settings().withCredentials(TokenRealmTest::password));
            demandTokensOf("http://127.0.0.1:" + stranger.server().getPort());
            assertUndecided(registry.host(), "127.0.0.1", "which is another host; nothing was sent");
            assertThat(stranger.asked).isEmpty();
        }
    }

    @Test
    void promotesImageThroughATokenRealmThatTheAdministratorListed() throws Exception {
        try (ServedRegistry service = new ServedRegistry(folder).start()) {
            stores = HastyStores.of(
                    settings().withCredentials(TokenRealmTest::password).withTokenRealms(Set.of("127.0.0.1")));
            service.before = (call, request) -> Optional.of(new mockwebserver3.MockResponse.Builder()
                    .code(200)
                    .body("{\"token\":\"given\",\"expires_in\":300}")
                    .build());
            demandTokensOf("http://127.0.0.1:" + service.server().getPort());
            assertPromoted();
            assertThat(service.authorizations).isNotEmpty().allMatch(given -> given.startsWith("Basic "));
        }
    }

    /** A person who logs in sends the password on purpose, and only to the registry that was named. */
    @Test
    void sendsNoPasswordOfALogInToATokenRealmOnAStrangersHost() throws Exception {
        try (ServedRegistry stranger = new ServedRegistry(folder).start()) {
            demandTokensOf("http://127.0.0.1:" + stranger.server().getPort());
            Session session = new Session();
            session.in = new ByteArrayInputStream("secret".getBytes(StandardCharsets.UTF_8));

            Session.Ended ended = session.run(
                    "login",
                    registry.host(),
                    "--username=alice",
                    "--password-stdin",
                    "--docker-config=" + folder.resolve("docker"));

            assertThat(ended.status()).isEqualTo(3);
            assertThat(ended.err())
                    .contains("127.0.0.1", "which is another host; nothing was sent")
                    .doesNotContain("secret");
            assertThat(stranger.asked).isEmpty();
            assertThat(registry.authorizations).allMatch(String::isEmpty);
            assertThat(folder.resolve("docker")).doesNotExist();
        }
    }

    private static Optional<Credential> password(String host) {
        return Optional.of(new Credential.Password("alice", "secret"));
    }

    private void demandTokensOf(String service) {
        registry.before = (call, request) -> "Bearer given"
                        .equals(request.getHeaders().get("Authorization"))
                ? Optional.empty()
                : Optional.of(ServedRegistry.status(401)
                        .newBuilder()
                        .setHeader("WWW-Authenticate", "Bearer realm=\"" + service + "/token\",service=\"here\"")
                        .build());
    }
}
