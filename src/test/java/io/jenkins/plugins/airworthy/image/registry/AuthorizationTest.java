package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who is told what: credentials and tokens. */
class AuthorizationTest {
    private static final String SECRET = "correct-horse";

    private FakeRegistry registry;
    private SampleImage image;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        image = SampleImage.of("content");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private RegistrySettings withPassword() throws AirworthyException {
        return registry.settings().withCredentials(host -> Optional.of(new Credential.Password("alice", SECRET)));
    }

    private void demandToken(String realm) {
        registry.answer(FakeRegistry.response(401)
                .setHeader("WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"here\",scope=\"ignored\""));
    }

    private String ownRealm() {
        return "http://" + registry.host() + "/token";
    }

    private void giveToken(String token) {
        registry.answer(FakeRegistry.response(200).body("{\"token\":\"" + token + "\",\"expires_in\":300}"));
    }

    @Test
    void sendsNoCredentialUnasked() throws Exception {
        registry.answer(FakeRegistry.manifest(image));

        assertThat(registry.store(withPassword()).manifest("1")).isPresent();

        assertThat(registry.next().getHeaders().get("Authorization")).isNull();
    }

    @Test
    void answersADemandForAPassword() throws Exception {
        registry.answer(FakeRegistry.response(401).setHeader("WWW-Authenticate", "Basic realm=\"registry\""));
        registry.answer(FakeRegistry.manifest(image));

        assertThat(registry.store(withPassword()).manifest("1")).isPresent();

        assertThat(registry.next().getHeaders().get("Authorization")).isNull();
        assertThat(registry.next().getHeaders().get("Authorization"))
                .isEqualTo(new Credential.Password("alice", SECRET).basic());
    }

    @Test
    void asksForATokenOfOnlyTheNeededScopeAndKeepsIt() throws Exception {
        RegistryStores stores = registry.stores(withPassword());
        demandToken(ownRealm());
        giveToken("abc");
        registry.answer(FakeRegistry.manifest(image));
        registry.answer(FakeRegistry.manifest(image));

        registry.open(stores).manifest("1");
        registry.open(stores).manifest("1");

        registry.next();
        RecordedRequest token = registry.next();
        assertThat(token.getTarget()).contains("service=here", "scope=repository%3Ateam%2Fapp%3Apull");
        assertThat(token.getTarget()).doesNotContain("push", "ignored");
        assertThat(token.getHeaders().get("Authorization")).startsWith("Basic ");
        assertThat(registry.next().getHeaders().get("Authorization")).isEqualTo("Bearer abc");
        assertThat(registry.next().getHeaders().get("Authorization")).isEqualTo("Bearer abc");
        assertThat(registry.requests()).isEqualTo(4);
    }

    @Test
    void aTokenMeantForOneUserIsNeverUsedForAnother() throws Exception {
        String[] user = {"alice"};
        RegistryStores stores = registry.stores(
                registry.settings().withCredentials(host -> Optional.of(new Credential.Password(user[0], SECRET))));
        demandToken(ownRealm());
        giveToken("for-alice");
        registry.answer(FakeRegistry.manifest(image));
        registry.open(stores).manifest("1");

        user[0] = "bob";
        giveToken("for-bob");
        registry.answer(FakeRegistry.manifest(image));
        registry.open(stores).manifest("1");

        for (int i = 0; i < 4; i++) {
            registry.next();
        }
        assertThat(registry.next().getHeaders().get("Authorization")).isEqualTo("Bearer for-bob");
    }

    @Test
    void aTokenForOneRepositoryIsNotUsedForAnother() throws Exception {
        RegistryStores stores = registry.stores(withPassword());
        demandToken(ownRealm());
        giveToken("for-app");
        registry.answer(FakeRegistry.manifest(image));
        registry.open(stores).manifest("1");

        giveToken("for-other");
        registry.answer(FakeRegistry.manifest(image));
        stores.open(ImageReference.parse(registry.host() + "/team/other")).manifest("1");

        for (int i = 0; i < 4; i++) {
            registry.next();
        }
        assertThat(registry.next().getHeaders().get("Authorization")).isEqualTo("Bearer for-other");
    }

    @Test
    void getsANewTokenWhenTheOldOneIsNoLongerTaken() throws Exception {
        RegistryStores stores = registry.stores(withPassword());
        demandToken(ownRealm());
        giveToken("old");
        registry.answer(FakeRegistry.manifest(image));
        registry.open(stores).manifest("1");
        demandToken(ownRealm());
        giveToken("new");
        registry.answer(FakeRegistry.manifest(image));

        assertThat(registry.open(stores).manifest("1")).isPresent();

        for (int i = 0; i < 5; i++) {
            registry.next();
        }
        assertThat(registry.next().getHeaders().get("Authorization")).isEqualTo("Bearer new");
    }

    @Test
    void sendsNothingToATokenRealmOnAnotherHost() throws Exception {
        demandToken("http://127.0.0.1:" + registry.server().getPort() + "/token");

        assertThatThrownBy(() -> registry.store(withPassword()).manifest("1"))
                .hasMessageContaining("which is another host")
                .hasMessageContaining("token realms")
                .hasMessageNotContaining(SECRET);
        assertThat(registry.requests()).isEqualTo(1);
    }

    @Test
    void aTokenRealmThatTheSettingsListIsUsed() throws Exception {
        demandToken("http://127.0.0.1:" + registry.server().getPort() + "/token");
        giveToken("abc");
        registry.answer(FakeRegistry.manifest(image));

        assertThat(registry.store(withPassword().withTokenRealms(Set.of("127.0.0.1")))
                        .manifest("1"))
                .isPresent();
    }

    @Test
    void anIdentityTokenIsSentInABody() throws Exception {
        demandToken(ownRealm());
        registry.answer(FakeRegistry.response(200).body("{\"access_token\":\"abc\"}"));
        registry.answer(FakeRegistry.manifest(image));
        RegistrySettings settings =
                registry.settings().withCredentials(host -> Optional.of(new Credential.IdentityToken(SECRET)));

        assertThat(registry.store(settings).manifest("1")).isPresent();

        registry.next();
        RecordedRequest token = registry.next();
        assertThat(token.getMethod()).isEqualTo("POST");
        assertThat(token.getTarget()).doesNotContain(SECRET);
        assertThat(token.getBody().utf8()).contains("grant_type=refresh_token", "refresh_token=" + SECRET);
    }

    @Test
    void refusesAnEndlessTokenAnswer() throws Exception {
        demandToken(ownRealm());
        registry.answer(FakeRegistry.body(new byte[TokenRequest.MAX_ANSWER_BYTES + 1]));

        assertThatThrownBy(() -> registry.store(withPassword()).manifest("1"))
                .hasMessageContaining("more than " + TokenRequest.MAX_ANSWER_BYTES + " bytes");
    }

    @Test
    void anOddAnswerOfATokenServiceIsTheRegistrysFault() throws Exception {
        demandToken(ownRealm());
        registry.answer(FakeRegistry.response(200).body("{\"token\":\"t\",\"expires_in\":\"300\"}"));

        assertThatThrownBy(() -> registry.store(withPassword()).manifest("1"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(registry.host())
                .hasMessageContaining("expires_in");
    }

    @Test
    void refusesATokenThatWouldForgeAHeader() throws Exception {
        demandToken(ownRealm());
        giveToken("abc\\r\\nX-Forged: yes");

        assertThatThrownBy(() -> registry.store(withPassword()).manifest("1"))
                .hasMessageContaining("without a usable token");
    }

    @Test
    void saysHowToLogIn() throws Exception {
        registry.answer(FakeRegistry.error(401, "UNAUTHORIZED"));

        assertThatThrownBy(() -> registry.store().manifest("1"))
                .hasMessage("could not read the manifest of %1$s/team/app:1: registry %1$s answered 401 (UNAUTHORIZED)."
                                .formatted(registry.host())
                        + " There was no user and password, or the registry does not accept them: log in with"
                        + " 'airworthy login %1$s --username NAME' or 'docker login %1$s".formatted(registry.host())
                        + "', or in Jenkins check the credentials of this registry");
    }

    @Test
    void neverShowsASecret() throws Exception {
        registry.answer(FakeRegistry.response(401).setHeader("WWW-Authenticate", "Basic realm=\"registry\""));
        registry.answer(FakeRegistry.error(401, SECRET).setHeader("WWW-Authenticate", "Basic realm=\"registry\""));

        assertThatThrownBy(() -> registry.store(withPassword()).manifest("1"))
                .hasMessageContaining("401")
                .hasMessageNotContaining(SECRET)
                .hasMessageNotContaining("alice");
        assertThat(new Credential.Password("alice", SECRET).toString()).doesNotContain(SECRET);
        assertThat(new Credential.IdentityToken(SECRET).toString()).doesNotContain(SECRET);
        assertThat(withPassword().toString()).doesNotContain(SECRET);
    }

    @Test
    void aRealmWithoutEncryptionIsRefusedWhereTheRegistryHasIt() throws Exception {
        RegistrySettings encrypted = RegistrySettings.of("registry.example.com");

        assertThatThrownBy(() -> TokenService.of(bearer("http://registry.example.com/token"), encrypted))
                .hasMessageContaining("unencrypted");
    }

    @Test
    void knowsWhichRealmsBelongToARegistry() throws Exception {
        assertThat(realm("registry.example.com", "https://registry.example.com:8443/t"))
                .isPresent();
        assertThat(realm("registry.example.com:5000", "https://registry.example.com/t"))
                .isPresent();
        assertThat(realm("registry.example.com", "https://example.com/jwt/auth"))
                .isPresent();
        assertThat(realm("docker.io", "https://auth.docker.io/token")).isPresent();

        assertThat(realm("registry.example.com", "https://auth.example.com/t")).isEmpty();
        assertThat(realm("registry.example.com", "https://com/t")).isEmpty();
        assertThat(realm("example.com", "https://registry.example.com/t")).isEmpty();
        assertThat(realm("registry.example.com", "https://evil-example.com/t")).isEmpty();
        assertThat(realm("registry.example.com", "https://registry.example.com@evil.test/t"))
                .isEmpty();
        assertThat(realm("registry.example.com", "https://registry.example.com.evil.test/t"))
                .isEmpty();
        assertThat(realm("registry.example.com", "https://auth.docker.io/token"))
                .isEmpty();
        assertThat(realm("registry.example.com", "https://registry.example.com/t#x"))
                .isEmpty();
        assertThat(realm("registry.example.com", "/t")).isEmpty();
        assertThat(realm("registry.example.com", "//registry.example.com/t")).isEmpty();
        assertThat(realm("registry.example.com", "file:///etc/passwd")).isEmpty();
        assertThat(realm("registry.example.com", "not an address")).isEmpty();
        assertThat(realm("registry.example.com", "")).isEmpty();
    }

    private static Optional<TokenService> realm(String registry, String realm) throws AirworthyException {
        RegistrySettings settings = RegistrySettings.of(registry);
        try {
            return Optional.of(TokenService.of(bearer(realm), settings));
        } catch (AirworthyException e) {
            return Optional.empty();
        }
    }

    private static Challenge bearer(String realm) {
        return new Challenge("bearer", Map.of("realm", realm));
    }
}
