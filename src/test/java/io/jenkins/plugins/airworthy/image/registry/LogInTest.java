package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A credential is tried at the registry before it is kept. */
class LogInTest {
    private static final String SECRET = "s3cr3t";

    private FakeRegistry registry;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private boolean logsIn() throws Exception {
        return registry.stores(registry.settings()
                        .withCredentials(host -> Optional.of(new Credential.Password("alice", SECRET))))
                .logsIn(registry.host());
    }

    private void demand(String challenge) {
        registry.answer(FakeRegistry.response(401).setHeader("WWW-Authenticate", challenge));
    }

    private List<Optional<String>> authorizations() throws Exception {
        List<Optional<String>> sent = new java.util.ArrayList<>();
        for (int i = registry.server().getRequestCount(); i > 0; i--) {
            RecordedRequest request = registry.server().takeRequest();
            sent.add(Optional.ofNullable(request.getHeaders().get("Authorization")));
        }
        return sent;
    }

    @Test
    void aPasswordThatIsAcceptedIsSentOnlyAfterTheRegistryAskedForIt() throws Exception {
        demand("Basic realm=\"registry\"");
        registry.answer(200);

        assertThat(logsIn()).isTrue();

        assertThat(authorizations())
                .containsExactly(Optional.empty(), Optional.of(new Credential.Password("alice", SECRET).basic()));
    }

    @Test
    void aPasswordIsExchangedForATokenThatTheRegistryAccepts() throws Exception {
        demand("Bearer realm=\"http://" + registry.host() + "/token\",service=\"here\"");
        registry.answer(FakeRegistry.response(200).body("{\"token\":\"given\"}"));
        registry.answer(200);

        assertThat(logsIn()).isTrue();

        assertThat(authorizations())
                .containsExactly(
                        Optional.empty(),
                        Optional.of(new Credential.Password("alice", SECRET).basic()),
                        Optional.of("Bearer given"));
    }

    @Test
    void aRegistryThatLetsEverybodyInGetsNoPasswordAndSaysNothingAboutIt() throws Exception {
        registry.answer(200);

        assertThat(logsIn()).isFalse();
        assertThat(authorizations()).containsExactly(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aPasswordThatTheRegistryRefusesIsWrongInput(int status) {
        demand("Basic realm=\"registry\"");
        registry.answer(FakeRegistry.error(status, "DENIED").setHeader("WWW-Authenticate", "Basic realm=\"registry\""));

        assertThatThrownBy(this::logsIn)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("registry " + registry.host() + " does not accept this user and password")
                .hasMessageContaining("it answered " + status)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aPasswordThatTheTokenServiceRefusesIsWrongInput() {
        demand("Bearer realm=\"http://" + registry.host() + "/token\"");
        registry.answer(FakeRegistry.error(401, "UNAUTHORIZED"));

        assertThatThrownBy(this::logsIn)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("its token service answered 401")
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer realm=\"http://127.0.0.1/token\"", "Bearer realm=\"https://tokens.example.com/t\""})
    void aTokenServiceOfAStrangerGetsNothing(String challenge) throws Exception {
        demand(challenge);

        assertThatThrownBy(this::logsIn)
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("which is another host; nothing was sent")
                .hasMessageNotContaining(SECRET);
        assertThat(authorizations()).containsExactly(Optional.empty());
    }

    @Test
    void aRedirectToAStrangerGetsNoPassword() throws Exception {
        try (FakeRegistry stranger = new FakeRegistry()) {
            demand("Basic realm=\"registry\"");
            registry.answer(FakeRegistry.response(307)
                    .setHeader(
                            "Location", "http://127.0.0.1:" + stranger.server().getPort() + "/v2/"));
            stranger.answer(200);

            assertThatThrownBy(this::logsIn).hasMessageContaining("does not answer at /v2/ like a registry");
            assertThat(stranger.server().takeRequest().getHeaders().get("Authorization"))
                    .isNull();
        }
    }

    @Test
    void anAnswerThatIsNoneOfARegistryIsUndecided() {
        registry.answer(404);
        assertThatThrownBy(this::logsIn).isInstanceOf(UndecidedException.class).hasMessageContaining("answered 404");

        registry.answer(FakeRegistry.response(200)
                .setHeader("Content-Type", "text/html")
                .body("<html>Log in</html>"));
        assertThatThrownBy(this::logsIn).hasMessageContaining("does not answer at /v2/ like a registry");

        registry.answer(401);
        assertThatThrownBy(this::logsIn).hasMessageContaining("does not say at /v2/ how to log in with a password");
    }
}
