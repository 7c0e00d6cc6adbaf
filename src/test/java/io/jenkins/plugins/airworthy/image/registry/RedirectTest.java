package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where a registry may send us, and what goes along. */
class RedirectTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
    private static final Descriptor BLOB = Descriptor.of("x/y", CONTENT);

    private FakeRegistry registry;
    private FakeRegistry elsewhere;
    private RegistryStore store;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        elsewhere = new FakeRegistry();
        store = registry.store(
                registry.settings().withCredentials(host -> Optional.of(new Credential.Password("alice", "secret"))));
        registry.answer(FakeRegistry.response(401).setHeader("WWW-Authenticate", "Basic realm=\"registry\""));
    }

    @AfterEach
    void stop() {
        registry.close();
        elsewhere.close();
    }

    private static mockwebserver3.MockResponse.Builder redirect(String target) {
        return FakeRegistry.response(307).setHeader("Location", target);
    }

    @Test
    void aRedirectToAnotherOriginCarriesNoCredential() throws Exception {
        registry.answer(redirect("http://" + elsewhere.host() + "/signed?by=storage"));
        elsewhere.answer(FakeRegistry.body(CONTENT));

        try (InputStream in = store.openBlob(BLOB)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
        }

        registry.next();
        assertThat(registry.next().getHeaders().get("Authorization")).startsWith("Basic ");
        assertThat(elsewhere.next().getHeaders().get("Authorization")).isNull();
    }

    @Test
    void aCredentialOnceDroppedDoesNotComeBack() throws Exception {
        registry.answer(redirect("http://" + elsewhere.host() + "/there"));
        elsewhere.answer(redirect("http://" + registry.host() + "/and-back"));
        registry.answer(FakeRegistry.body(CONTENT));

        try (InputStream in = store.openBlob(BLOB)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
        }

        registry.next();
        registry.next();
        assertThat(registry.next().getHeaders().get("Authorization")).isNull();
    }

    @Test
    void sendsNoCredentialToARedirectTargetThatDemandsOne() throws Exception {
        registry.answer(redirect("http://" + elsewhere.host() + "/there"));
        elsewhere.answer(FakeRegistry.response(401).setHeader("WWW-Authenticate", "Basic realm=\"stranger\""));

        assertThatThrownBy(() -> store.openBlob(BLOB)).hasMessageContaining("by way of localhost");
        assertThat(elsewhere.requests()).isEqualTo(1);
    }

    @Test
    void aRedirectWithinTheRegistryKeepsTheCredential() throws Exception {
        registry.answer(redirect("/v2/team/app/moved"));
        registry.answer(FakeRegistry.body(CONTENT));

        try (InputStream in = store.openBlob(BLOB)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
        }

        registry.next();
        registry.next();
        assertThat(registry.next().getHeaders().get("Authorization")).startsWith("Basic ");
    }

    @Test
    void endlessRedirectsEnd() {
        for (int i = 0; i <= RegistryClient.MAX_REDIRECTS; i++) {
            registry.answer(redirect("/v2/team/app/again"));
        }

        assertThatThrownBy(() -> store.openBlob(BLOB))
                .hasMessageContaining("redirects more than " + RegistryClient.MAX_REDIRECTS + " times");
    }

    @Test
    void aRedirectToSomethingElseThanHttpIsRefused() {
        registry.answer(redirect("file:///etc/passwd"));

        assertThatThrownBy(() -> store.openBlob(BLOB)).hasMessageContaining("not an http or https address");
    }

    @Test
    void sendsNoUploadToAnotherHost() throws Exception {
        registry.answer(404);
        registry.answer(FakeRegistry.response(202).setHeader("Location", "http://" + elsewhere.host() + "/upload"));

        assertThatThrownBy(() -> store.putBlob(BLOB, () -> new java.io.ByteArrayInputStream(CONTENT)))
                .hasMessageContaining("redirects to http://" + elsewhere.host());
        assertThat(elsewhere.requests()).isZero();
    }
}
