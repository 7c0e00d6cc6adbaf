package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a registry tells those whom it does not know is not the last word while there is a credential for it. */
class StrangerTest {
    private static final Credential.Password PASSWORD = new Credential.Password("alice", "secret");

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

    private RegistryStore store() throws AirworthyException {
        return registry.store(registry.settings().withCredentials(host -> Optional.of(PASSWORD)));
    }

    private void demandAPassword() {
        registry.answer(
                FakeRegistry.error(401, "UNAUTHORIZED").setHeader("WWW-Authenticate", "Basic realm=\"registry\""));
    }

    private String[] asked() throws InterruptedException {
        var request = registry.next();
        return new String[] {request.getTarget(), request.getHeaders().get("Authorization")};
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void sendsThePasswordThatOnlyTheFirstAddressDemands(int status) throws Exception {
        registry.answer(FakeRegistry.error(status, "DENIED"));
        demandAPassword();
        registry.answer(FakeRegistry.manifest(image));
        registry.answer(404);
        RegistryStore store = store();

        assertThat(store.manifest("1")).isPresent();
        assertThat(store.manifest("2")).isEmpty();

        assertThat(asked()).containsExactly("/v2/team/app/manifests/1", null);
        assertThat(asked()).containsExactly("/v2/", null);
        assertThat(asked()).containsExactly("/v2/team/app/manifests/1", PASSWORD.basic());
        assertThat(asked()).containsExactly("/v2/team/app/manifests/2", PASSWORD.basic());
    }

    @Test
    void sendsThePasswordAfterALoginPage() throws Exception {
        registry.answer(FakeRegistry.response(200).body("<html>").setHeader("Content-Type", "text/html"));
        demandAPassword();
        registry.answer(FakeRegistry.manifest(image));

        assertThat(store().manifest("1")).isPresent();
    }

    @Test
    void getsATokenOfTheNeededScope() throws Exception {
        registry.answer(404);
        registry.answer(FakeRegistry.response(401)
                .setHeader("WWW-Authenticate", "Bearer realm=\"http://" + registry.host() + "/token\""));
        registry.answer(FakeRegistry.response(200).body("{\"token\":\"abc\"}"));
        registry.answer(FakeRegistry.manifest(image));

        assertThat(store().manifest("1")).isPresent();

        asked();
        asked();
        assertThat(asked()[0]).contains("scope=repository%3Ateam%2Fapp%3Apull");
        assertThat(asked()[1]).isEqualTo("Bearer abc");
    }

    @Test
    void believesAbsenceAfterTheCredentialWasSent() throws Exception {
        registry.answer(404);
        demandAPassword();
        registry.answer(404);

        assertThat(store().manifest("1")).isEmpty();
        assertThat(registry.requests()).isEqualTo(3);
    }

    @Test
    void asksARegistryWithoutUsersOnlyOnceForAChallenge() throws Exception {
        registry.answer(404);
        registry.answer(FakeRegistry.response(200).body("{}"));
        registry.answer(404);
        RegistryStore store = store();

        assertThat(store.manifest("1")).isEmpty();
        assertThat(store.manifest("2")).isEmpty();
        assertThat(registry.requests()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void aCredentialThatCannotBeSentIsUndecided(int status) throws Exception {
        registry.answer(404);
        registry.answer(status);

        assertThatThrownBy(() -> store().manifest("1"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("to a request without a credential");
    }

    @Test
    void reportsACredentialThatCannotBeRead() throws Exception {
        registry.answer(404);
        RegistrySettings settings = registry.settings().withCredentials(host -> {
            throw new InvalidInputException("config.json: auths: is broken");
        });

        assertThatThrownBy(() -> registry.store(settings).manifest("1")).hasMessageContaining("is broken");
    }

    @Test
    void asksNothingMoreWithoutACredential() throws Exception {
        registry.answer(404);

        assertThat(registry.store().manifest("1")).isEmpty();
        assertThat(registry.requests()).isEqualTo(1);
    }

    @Test
    void sendsATokenForTheRegistryWhenItIsDemanded() throws Exception {
        registry.answer(FakeRegistry.response(401)
                .setHeader("WWW-Authenticate", "Bearer realm=\"http://" + registry.host() + "/token\""));
        registry.answer(FakeRegistry.manifest(image));
        RegistrySettings settings =
                registry.settings().withCredentials(host -> Optional.of(new Credential.RegistryToken("given")));

        assertThat(registry.store(settings).manifest("1")).isPresent();

        asked();
        assertThat(asked()).containsExactly("/v2/team/app/manifests/1", "Bearer given");
    }

    @Test
    void requestsTheScopeThatTheRegistryNamesToo() throws Exception {
        registry.answer(FakeRegistry.response(401)
                .setHeader(
                        "WWW-Authenticate",
                        "Bearer realm=\"http://" + registry.host() + "/token\",scope=\"repository:app:pull,delete\""));
        registry.answer(FakeRegistry.response(200).body("{\"token\":\"abc\"}"));
        registry.answer(FakeRegistry.manifest(image));
        registry.answer(FakeRegistry.manifest(image));
        RegistryStore store = store();

        assertThat(store.manifest("1")).isPresent();
        assertThat(store.manifest("1")).isPresent();

        asked();
        assertThat(asked()[0])
                .contains("scope=repository%3Ateam%2Fapp%3Apull", "scope=repository%3Aapp%3Apull")
                .doesNotContain("delete");
        assertThat(asked()[1]).isEqualTo("Bearer abc");
        assertThat(registry.requests()).isEqualTo(4);
    }

    /** What another place says is not there may well be at the registry. */
    @Test
    void aRedirectToNothingDoesNotMeanThatNothingIsThere() throws Exception {
        try (FakeRegistry elsewhere = new FakeRegistry()) {
            registry.answer(FakeRegistry.response(307).setHeader("Location", "http://" + elsewhere.host() + "/x"));
            elsewhere.answer(404);

            assertThatThrownBy(() -> registry.store().manifest("1"))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("by way of localhost");
        }
    }
}
