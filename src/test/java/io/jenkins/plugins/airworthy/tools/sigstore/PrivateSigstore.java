package io.jenkins.plugins.airworthy.tools.sigstore;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A whole Sigstore instance of real servers on loopback: Fulcio, a certificate log, Rekor 2 and a timestamp authority, with
 * keys of its own. Tests that need it are skipped where a server is not installed.
 */
public final class PrivateSigstore implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int EC_BITS = 256;

    private final Path folder;
    private final List<ServerProcess> servers = new ArrayList<>();
    private final TrustDocuments documents = new TrustDocuments();
    private final OidcIssuer issuer = OidcIssuer.start();
    private final FileChannel lockFile;
    private final FileLock lock;

    private PrivateSigstore(Path folder) throws IOException {
        this.folder = folder;
        // The timestamp authority's metrics have one port for the whole machine.
        lockFile = FileChannel.open(
                Path.of(System.getProperty("java.io.tmpdir"), "airworthy-private-sigstore.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        lock = lockFile.lock();
    }

    /** Starts all of it in an empty folder. */
    public static PrivateSigstore start(Path folder) throws InterruptedException {
        for (String tool : new String[] {"fulcio", "rekor-server", "timestamp-server", "ctlog"}) {
            Tool.require(tool);
        }
        PrivateSigstore started = null;
        try {
            started = new PrivateSigstore(folder);
            started.startLog();
            started.startTimestamps();
            started.startAuthority();
            Files.write(started.trustedRoot(), started.documents.trustedRoot());
            Files.write(started.signingConfig(), started.documents.signingConfig());
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            if (started != null && !Files.exists(started.signingConfig())) {
                started.close();
            }
        }
    }

    private void startLog() throws IOException, GeneralSecurityException, InterruptedException {
        int port = freePort();
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.createDirectory(folder.resolve("rekor"));
        ServerProcess rekor = start(
                "rekor-server",
                "serve",
                "--http-address=" + HOST,
                "--http-port=" + port,
                "--grpc-address=" + HOST,
                "--grpc-port=" + freePort(),
                "--http-metrics-port=" + freePort(),
                "--hostname=" + HOST,
                "--storage-dir=" + folder.resolve("rekor"),
                "--signer-filepath="
                        + pem("rekor.key", "PRIVATE KEY", key.getPrivate().getEncoded()),
                "--checkpoint-interval=500ms",
                "--batch-max-age=100ms");
        rekor.await(url(port) + "/healthz");
        documents.log(url(port), HOST, key.getPublic());
    }

    private void startTimestamps() throws InterruptedException {
        int port = freePort();
        ServerProcess authority = start(
                "timestamp-server",
                "serve",
                "--host=" + HOST,
                "--port=" + port,
                "--timestamp-signer=memory",
                "--timestamp-signer-hash=sha256",
                "--disable-ntp-monitoring");
        String url = url(port) + "/api/v1/timestamp";
        documents.timestamps(url, authority.await(url + "/certchain"));
    }

    /** Fulcio makes its root in memory, and the certificate log has to know it. */
    private void startAuthority() throws IOException, GeneralSecurityException, InterruptedException {
        int logPort = freePort();
        int port = freePort();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair key = generator.generateKeyPair();
        ServerProcess fulcio = start(
                "fulcio",
                "serve",
                "--host=" + HOST,
                "--port=" + port,
                "--grpc-host=" + HOST,
                "--grpc-port=" + freePort(),
                "--metrics-port=" + freePort(),
                "--legacy-unix-domain-socket=@airworthy-" + port,
                "--config-path=" + Files.writeString(folder.resolve("fulcio.yaml"), issuers()),
                "--log_type=prod",
                "--ca=ephemeralca",
                "--ct-log-url=" + url(logPort),
                "--ct-log-public-key-path="
                        + pem("ct.pub", "PUBLIC KEY", key.getPublic().getEncoded()));
        fulcio.await(url(port) + "/healthz");
        String root = fulcio.await(url(port) + "/api/v1/rootCert");
        Files.createDirectory(folder.resolve("ct"));
        ECPrivateKey sec1 = new ECPrivateKey(
                EC_BITS,
                ((java.security.interfaces.ECPrivateKey) key.getPrivate()).getS(),
                SECObjectIdentifiers.secp256r1);
        ServerProcess log = start(
                "ctlog",
                "--listen=" + HOST + ":" + logPort,
                "--origin=" + HOST,
                "--folder=" + folder.resolve("ct"),
                "--key=" + pem("ct.key", "EC PRIVATE KEY", sec1.getEncoded()),
                "--roots=" + Files.writeString(folder.resolve("root.pem"), root));
        log.await(url(logPort) + "/ct/v1/get-roots");
        documents.authority(url(port), root);
        documents.certificateLog(url(logPort), key.getPublic());
    }

    private String issuers() {
        return """
                oidc-issuers:
                  %1$s: {issuer-url: %1$s, client-id: sigstore, type: email}
                  %2$s: {issuer-url: %2$s, client-id: sigstore, type: uri, subject-domain: "http://127.0.0.1"}
                  %3$s: {issuer-url: %3$s, client-id: sigstore, type: ci-provider, ci-provider: jenkins}
                  %4$s: {issuer-url: %4$s, client-id: sigstore, type: ci-provider, ci-provider: github}
                  %5$s: {issuer-url: %5$s, client-id: sigstore, type: ci-provider, ci-provider: gitlab}
                ci-issuer-metadata:
                  github:
                    default-template-values: {url: "https://github.com"}
                    subject-alternative-name-template: "{{ .url }}/{{ .job_workflow_ref }}"
                    extension-templates:
                      build-signer-uri: "{{ .url }}/{{ .job_workflow_ref }}"
                      runner-environment: runner_environment
                      source-repository-uri: "{{ .url }}/{{ .repository }}"
                      source-repository-digest: sha
                      source-repository-ref: ref
                      build-config-uri: "{{ .url }}/{{ .workflow_ref }}"
                      build-trigger: event_name
                      run-invocation-uri: "{{ .url }}/{{ .repository }}/actions/runs/{{ .run_id }}/attempts/{{ .run_attempt }}"
                  gitlab:
                    default-template-values: {url: "https://gitlab.com"}
                    subject-alternative-name-template: "https://{{ .ci_config_ref_uri }}"
                    extension-templates:
                      build-signer-uri: "https://{{ .ci_config_ref_uri }}"
                      runner-environment: runner_environment
                      source-repository-uri: "{{ .url }}/{{ .project_path }}"
                      source-repository-digest: sha
                      source-repository-ref: refs/{{if eq .ref_type "branch"}}heads/{{ else }}tags/{{end}}{{ .ref }}
                      build-config-uri: "https://{{ .ci_config_ref_uri }}"
                      build-trigger: pipeline_source
                      run-invocation-uri: "{{ .url }}/{{ .project_path }}/-/jobs/{{ .job_id }}"
                  jenkins:
                    default-template-values: {build_number: ""}
                    subject-alternative-name-template: "{{ .sub }}"
                    extension-templates:
                      build-signer-uri: "{{ .sub }}"
                      run-invocation-uri: "{{ .sub }}{{ .build_number }}/"
                """.formatted(
                        issuer.url("email"),
                        issuer.url("uri"),
                        issuer.url("ci"),
                        issuer.url("workflow"),
                        issuer.url("pipeline"));
    }

    private ServerProcess start(String tool, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Tool.require(tool).executable().toString());
        command.addAll(List.of(arguments));
        ServerProcess server = ServerProcess.start(folder, command);
        servers.add(server);
        return server;
    }

    private Path pem(String name, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    private static String url(int port) {
        return "http://" + HOST + ":" + port;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who vouches for those who sign. */
    public OidcIssuer issuer() {
        return issuer;
    }

    public Path trustedRoot() {
        return folder.resolve("trusted_root.json");
    }

    public Path signingConfig() {
        return folder.resolve("signing_config.json");
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
        issuer.close();
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
