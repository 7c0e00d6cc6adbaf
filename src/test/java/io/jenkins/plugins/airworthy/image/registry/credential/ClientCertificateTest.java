package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;
import io.jenkins.plugins.airworthy.tools.TlsServer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import javax.crypto.spec.SecretKeySpec;
import java.security.KeyPair;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A registry that knows its clients by certificates, and who else might get to see one. */
class ClientCertificateTest {
    private final MockWebServer registry = new MockWebServer();
    private final MockWebServer elsewhere = new MockWebServer();
    private TlsServer.Authority authority;
    private KeyPair keys;

    @BeforeEach
    void start() throws Exception {
        authority = new TlsServer.Authority("own");
        keys = TlsServer.keys();
        registry.useHttps(new TlsServer().rotate(authority));
        registry.requireClientAuth();
        registry.start();
        elsewhere.useHttps(new TlsServer().rotate(authority));
        elsewhere.requestClientAuth();
        elsewhere.start();
    }

    @AfterEach
    void stop() {
        registry.close();
        elsewhere.close();
    }

    private String host() {
        return "localhost:" + registry.getPort();
    }

    private RegistrySettings withoutCertificate() throws Exception {
        return RegistrySettings.of(host()).withAuthorities(authority.pem());
    }

    private CertificateSource certificate() throws Exception {
        Optional<ClientCertificate> parsed =
                Optional.of(ClientCertificate.parse(authority.client(keys), "the certificate"));
        return () -> parsed;
    }

    private boolean isThere(RegistrySettings settings) throws Exception {
        return RegistryStores.any(List.of(settings), CredentialSource.ANONYMOUS, RequestListener.NONE)
                .open(ImageReference.parse(host() + "/team/app:1"))
                .manifest("1")
                .isPresent();
    }

    @Test
    void presentsTheCertificateToTheRegistry() throws Exception {
        registry.enqueue(new MockResponse.Builder().code(404).build());

        assertThat(isThere(withoutCertificate().withCertificate(certificate()))).isFalse();

        assertThat(registry.takeRequest().getHandshake().peerPrincipal()).hasToString("CN=client");
    }

    @Test
    void isUndecidedWithoutACertificate() throws Exception {
        assertThatThrownBy(() -> isThere(withoutCertificate()))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(host());
    }

    @Test
    void presentsNoCertificateToTheTargetOfARedirect() throws Exception {
        registry.enqueue(new MockResponse.Builder()
                .code(307)
                .setHeader("Location", "https://localhost:" + elsewhere.getPort() + "/blob")
                .build());
        elsewhere.enqueue(new MockResponse.Builder().code(403).build());

        assertThatThrownBy(() -> isThere(withoutCertificate().withCertificate(certificate())))
                .hasMessageContaining("403");

        assertThat(elsewhere.takeRequest().getHandshake().peerPrincipal()).isNull();
    }

    @Test
    void aKeyOfOpenSslsOlderFormIsRead() throws Exception {
        ECPrivateKey older = new ECPrivateKey(
                256,
                ((java.security.interfaces.ECPrivateKey) keys.getPrivate()).getS(),
                SECObjectIdentifiers.secp256r1);
        String pem = "-----BEGIN EC PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(older.getEncoded())
                + "\n-----END EC PRIVATE KEY-----\n";
        String certificate = authority.client(keys).replaceFirst("(?s)-----BEGIN PRIVATE KEY.*", "");
        registry.enqueue(new MockResponse.Builder().code(404).build());

        ClientCertificate read = ClientCertificate.parse(certificate + pem, "the certificate");

        assertThat(isThere(withoutCertificate().withCertificate(() -> Optional.of(read))))
                .isFalse();
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        String own = authority.client(keys);
        String others = authority.client(TlsServer.keys());
        String mixed = own.replaceFirst("(?s)-----BEGIN PRIVATE KEY.*", "")
                + others.replaceFirst("(?s).*(?=-----BEGIN PRIVATE KEY)", "");

        assertThatThrownBy(() -> ClientCertificate.parse(mixed, "the certificate"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the certificate: the private key is not that of the first certificate");
    }

    /** A secret key has no certificate, and there is nothing to show. */
    @Test
    void aKeyStoreWithoutACertificateForItsKeyIsRefused() throws Exception {
        char[] password = "password".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("secret", new SecretKeySpec(new byte[16], "AES"), password, null);

        assertThatThrownBy(() -> ClientCertificate.of(store, password, "the certificate"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the certificate: expected exactly one private key, found 0");
    }

    @Test
    void moreCertificatesThanAChainHasAreRefused() throws Exception {
        String own = authority.client(keys);
        String certificate = own.replaceFirst("(?s)-----BEGIN PRIVATE KEY.*", "");

        assertThatThrownBy(() -> ClientCertificate.parse(certificate.repeat(20) + own, "the certificate"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("expected 1 to 20 certificates")
                .hasMessageContaining("found 21");
    }

    @Test
    void refusesMalformedCertificatesWithoutQuotingThem() throws Exception {
        String key = authority.client(keys).replaceFirst("(?s).*(?=-----BEGIN PRIVATE KEY)", "");
        for (String text : List.of("", "secret", key, key.replace('M', '!'))) {
            assertThatThrownBy(() -> ClientCertificate.parse(text, "the certificate"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("the certificate: ")
                    .hasMessageNotContaining("secret");
        }
        assertThat(certificate().find()).hasToString("Optional[client certificate CN=client]");
    }
}
