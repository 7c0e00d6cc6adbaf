package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.credential.ClientCertificate;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.registry.credential.DockerConfig;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.TlsServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Real registries behind a password, behind TLS with an authority of our own, and behind a network that breaks. */
class ProtectedRegistryIT {
    private static final String CA = "ca.pem";

    @TempDir
    private Path folder;

    private static RegistryStore open(RegistrySettings settings) throws Exception {
        return RegistryStores.only(List.of(settings)).open(ImageReference.parse(settings.host() + "/team/app"));
    }

    private RegistryServer behindPassword() throws Exception {
        String file = Tool.require("htpasswd")
                .run(folder, Map.of(), "-nbB", "alice", "pa:ss word")
                .succeeded()
                .out();
        Path passwords = Files.writeString(folder.resolve("htpasswd"), file);
        return RegistryServer.distribution(
                folder, "auth: {htpasswd: {realm: registry, path: '%s'}}".formatted(passwords));
    }

    @Test
    void aPasswordOpensWhatIsClosedWithoutIt() throws Exception {
        try (RegistryServer server = behindPassword()) {
            RegistrySettings settings = RegistrySettings.of(server.host());
            SampleImage image = SampleImage.of("protected");
            RegistryStore alice =
                    open(settings.withCredentials(host -> Optional.of(new Credential.Password("alice", "pa:ss word"))));

            image.writeTo(alice);
            alice.tag("1", image.manifest());

            assertThat(alice.manifest("1")).contains(image.manifest());
            assertThatThrownBy(() -> open(settings).manifest("1"))
                    .hasMessageContaining("401 (UNAUTHORIZED)")
                    .hasMessageContaining("docker login " + server.host());
            RegistryStore mallory =
                    open(settings.withCredentials(host -> Optional.of(new Credential.Password("alice", "guessed"))));
            assertThatThrownBy(() -> mallory.manifest("1"))
                    .hasMessageContaining("401")
                    .hasMessageNotContaining("guessed");
        }
    }

    @Test
    void usesTheCredentialsOfCrane() throws Exception {
        Tool crane = Tool.require("crane");
        try (RegistryServer server = behindPassword()) {
            crane.run(
                            folder,
                            Map.of("DOCKER_CONFIG", folder.toString()),
                            "auth",
                            "login",
                            server.host(),
                            "-u",
                            "alice",
                            "-p",
                            "pa:ss word")
                    .succeeded();
            DockerConfig docker = new DockerConfig(folder.resolve("config.json"));
            SampleImage image = SampleImage.of("protected");

            RegistryStore store = open(RegistrySettings.of(server.host()).withCredentials(docker));
            image.writeTo(store);

            assertThat(store.manifest(image.manifest().digest())).contains(image.manifest());
        }
    }

    private void openssl(String... arguments) throws Exception {
        Tool.require("openssl").run(folder, Map.of(), arguments).succeeded();
    }

    /** An authority, and a certificate of it for a name. */
    private void certificateFor(String name) throws Exception {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=Our authority",
                "-keyout",
                "ca.key",
                "-out",
                CA);
        openssl(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=registry",
                "-keyout",
                "leaf.key",
                "-out",
                "leaf.csr");
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:" + name);
        openssl(
                "x509",
                "-req",
                "-in",
                "leaf.csr",
                "-CA",
                CA,
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                "1",
                "-extfile",
                "names",
                "-out",
                "leaf.pem");
    }

    private RegistryServer behindTls() throws Exception {
        return RegistryServer.distribution(
                folder, "  tls: {certificate: '%1$s/leaf.pem', key: '%1$s/leaf.key'}".formatted(folder));
    }

    private RegistrySettings trusting(RegistryServer server) throws Exception {
        return RegistrySettings.of(server.host()).withAuthorities(Files.readString(folder.resolve(CA)));
    }

    @Test
    void anAuthorityOfOurOwnIsTrustedForItsRegistryOnly() throws Exception {
        certificateFor("localhost");
        try (RegistryServer server = behindTls()) {
            SampleImage image = SampleImage.of("encrypted");
            RegistryStore store = open(trusting(server));

            image.writeTo(store);

            assertThat(store.manifest(image.manifest().digest())).contains(image.manifest());
            RegistrySettings untrusting = RegistrySettings.of(server.host()).withPlainHttp(false);
            assertThatThrownBy(() -> open(untrusting).manifest("1"))
                    .hasMessageContaining("from an unknown authority")
                    .hasMessageContaining("settings of this registry (at the command line: --registry-ca)");
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        certificateFor("other.example.com");
        try (RegistryServer server = behindTls()) {
            assertThatThrownBy(() -> open(trusting(server)).manifest("1"))
                    .hasMessageContaining("not one for this name");
        }
    }

    @Test
    void plainHttpIsNotSpokenToWhereTlsIsExpected() throws Exception {
        try (RegistryServer server = RegistryServer.distribution(folder)) {
            RegistrySettings encrypted = RegistrySettings.of(server.host()).withPlainHttp(false);

            assertThatThrownBy(() -> open(encrypted).manifest("1"))
                    .hasMessageContaining("TLS could not be agreed")
                    .hasMessageContaining("--plain-http");
        }
    }

    @Test
    void saysThatARegistryOnThisMachineMayWantTls() throws Exception {
        certificateFor("localhost");
        try (RegistryServer server = behindTls()) {
            assertThatThrownBy(() -> open(RegistrySettings.of(server.host())).manifest("1"))
                    .hasMessageContaining("answered 400")
                    .hasMessageContaining("asked without TLS")
                    .hasMessageContaining("--registry-ca");
        }
    }

    /** TLS 1.3 lets us speak before the registry has judged our certificate, and it may have hung up by then. */
    @Test
    void aRegistryThatWantsACertificateSaysSo() throws Exception {
        TlsServer.Authority authority = new TlsServer.Authority("own");
        Path own = Files.writeString(folder.resolve("own.pem"), authority.server("localhost"));
        Path clients = Files.writeString(folder.resolve("clients.pem"), authority.pem());
        String tls = "  tls: {certificate: '%1$s', key: '%1$s', clientcas: ['%2$s']}".formatted(own, clients);
        try (RegistryServer server = RegistryServer.distribution(folder, tls)) {
            RegistrySettings settings = RegistrySettings.of(server.host()).withAuthorities(authority.pem());
            ClientCertificate good = ClientCertificate.parse(authority.client(TlsServer.keys()), "good");
            ClientCertificate bad = ClientCertificate.parse(
                    new TlsServer.Authority("another").client(TlsServer.keys()), "of another authority");

            assertThat(open(settings.withCertificate(() -> Optional.of(good))).manifest("1"))
                    .isEmpty();
            for (RegistrySettings refused : List.of(settings, settings.withCertificate(() -> Optional.of(bad)))) {
                for (int i = 0; i < 20; i++) {
                    assertThatThrownBy(() -> open(refused).manifest("1"))
                            .hasMessageContaining("it asks for a client certificate, or does not accept the one");
                }
            }
        }
    }

    private List<String> uploadThrough(CuttingProxy network) throws Exception {
        byte[] large = new byte[24 * 1024 * 1024];
        new Random(3).nextBytes(large);
        SampleImage image = SampleImage.of(large);
        List<String> requests = new CopyOnWriteArrayList<>();
        RegistryStore store = RegistryStores.any(
                        List.of(), CredentialSource.ANONYMOUS, (method, host, path) -> requests.add(method))
                .open(ImageReference.parse(network.host() + "/team/app"));

        store.putBlob(image.layerDescriptor(), () -> new ByteArrayInputStream(large));

        List<String> uploading = List.copyOf(requests);
        assertThat(network.hasCut()).isTrue();
        try (InputStream in = store.openBlob(image.layerDescriptor())) {
            assertThat(Digest.of(in.readAllBytes()))
                    .isEqualTo(image.layerDescriptor().digest());
        }
        return uploading;
    }

    @Test
    void anUploadGoesOnWhereTheNetworkBroke() throws Exception {
        try (RegistryServer server = RegistryServer.distribution(folder);
                CuttingProxy network = CuttingProxy.atRequest(port(server), "PUT ")) {
            assertThat(uploadThrough(network)).containsExactly("HEAD", "POST", "PATCH", "PUT", "GET", "PUT");
        }
    }

    /** docker-registry drops the session ("upload resumed at wrong offset" in its log), so all is sent again. */
    @Test
    void anUploadThatCannotGoOnBeginsAnew() throws Exception {
        try (RegistryServer server = RegistryServer.distribution(folder);
                CuttingProxy network = CuttingProxy.afterBytes(port(server), 15L * 1024 * 1024)) {
            assertThat(uploadThrough(network))
                    .containsExactly("HEAD", "POST", "PATCH", "GET", "HEAD", "POST", "PATCH", "PUT");
        }
    }

    private static int port(RegistryServer server) {
        return Integer.parseInt(server.host().substring(server.host().indexOf(':') + 1));
    }
}
