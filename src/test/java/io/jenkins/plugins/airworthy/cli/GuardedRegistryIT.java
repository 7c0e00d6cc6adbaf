package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.Guards;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.TlsServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A promotion through a proxy with a password (tinyproxy) to a registry (docker-registry) behind nginx that wants a client
 * certificate and takes no large body. The registry has an address of this machine other than loopback, to which no proxy is used.
 */
class GuardedRegistryIT {
    private static final int LAYER_BYTES = 5 << 20;

    @TempDir
    Path folder;

    private Jar jar;
    private RegistryServer registry;
    private RegistryServer nginx;
    private RegistryServer proxy;
    private String host;
    private String policy;

    @BeforeEach
    void start() throws Exception {
        String address = address();
        TlsServer.Authority authority = new TlsServer.Authority("own");
        registry = RegistryServer.distribution(folder);
        nginx = Guards.nginx(folder, registry, authority.server(TlsServer.keys(), address), authority.pem());
        proxy = Guards.tinyproxy(folder, "ci", "pass-word", nginx.port());
        host = address + ":" + nginx.port();
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        Files.writeString(folder.resolve("client.pem"), authority.client(TlsServer.keys()));
        jar = new Jar(folder);
        policy = SignedImage.make(jar, "oci:staging/app:1.0").policy("oci:staging/{app}", host + "/production/{app}");
    }

    @AfterEach
    void stop() {
        for (RegistryServer server : List.of(proxy, nginx, registry)) {
            server.close();
        }
    }

    /** An address by which others would reach this machine. */
    private static String address() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each ->
                        each.getAddress().length == 4 && !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this machine has no address but loopback"));
    }

    private Tool.Outcome run(String proxyUser, String... arguments) throws Exception {
        Map<String, String> environment = Map.of(
                "AIRWORTHY_KEY_PASSWORD",
                Jar.PASSWORD.get("AIRWORTHY_KEY_PASSWORD"),
                "HTTPS_PROXY",
                "http://" + proxyUser + "@127.0.0.1:" + proxy.port());
        List<String> command = Jar.command(List.of(), arguments);
        return new Tool(Path.of(command.get(0)))
                .run(folder, environment, command.subList(1, command.size()).toArray(String[]::new));
    }

    private Tool.Outcome promote(String proxyUser, String... more) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "promote",
                "oci:staging/app:1.0",
                host + "/production/app:1.0",
                "--policy",
                policy,
                "--trust",
                SignedImage.TRUST,
                "--registry-ca",
                host + "=ca.pem"));
        arguments.addAll(List.of(more));
        return run(proxyUser, arguments.toArray(String[]::new));
    }

    @Test
    void anImageIsPromotedThroughProxyAndGuard() throws Exception {
        promote("ci:pass-word", "--registry-cert", host + "=client.pem").succeeded();

        assertThat(folder.resolve("proxied.log")).content(UTF_8).contains("CONNECT " + host);
        run(
                        "ci:pass-word",
                        "evidence",
                        host + "/production/app:1.0",
                        "--trust",
                        SignedImage.TRUST,
                        "--registry-ca",
                        host + "=ca.pem",
                        "--registry-cert",
                        host + "=client.pem")
                .succeeded();
    }

    @Test
    void aLargeLayerGoesInPieces() throws Exception {
        byte[] large = new byte[LAYER_BYTES];
        new Random(1).nextBytes(large);
        Files.write(folder.resolve("large"), large);

        run(
                        "ci:pass-word",
                        "build",
                        "--base",
                        "scratch",
                        "--file",
                        "large:/large",
                        "--to",
                        host + "/staging/large:1",
                        "--registry-ca",
                        host + "=ca.pem",
                        "--registry-cert",
                        host + "=client.pem")
                .succeeded();
    }

    @Test
    void refusalsNameTheGuard() throws Exception {
        assertThat(promote("ci:pass-word").err()).contains(host).doesNotContain("proxy 127.0.0.1");
        assertThat(promote("ci:wrong-word", "--registry-cert", host + "=client.pem")
                        .err())
                .contains("the proxy 127.0.0.1:" + proxy.port() + " wants another user or password")
                .doesNotContain("wrong-word");
    }
}
