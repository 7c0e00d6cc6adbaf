package io.jenkins.plugins.airworthy.tools.sigstore;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * Five identity providers on loopback: {@code /ci} names jobs as Jenkins' oidc-provider plugin does, {@code /workflow} workflows as
 * GitHub does, {@code /pipeline} pipelines as GitLab does, {@code /email} people, {@code /uri} URIs of its own host.
 */
public final class OidcIssuer implements AutoCloseable {
    private static final int RSA_BITS = 2_048;
    private static final int LIFETIME_SECONDS = 600;

    private final HttpServer server;
    private final KeyPair key;

    private OidcIssuer(HttpServer server, KeyPair key) {
        this.server = server;
        this.key = key;
    }

    static OidcIssuer start() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OidcIssuer issuer = new OidcIssuer(server, generator.generateKeyPair());
            for (String name : new String[] {"ci", "workflow", "pipeline", "email", "uri"}) {
                issuer.serve(name);
            }
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The URL of one of the five. */
    public String url(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    private void serve(String name) {
        RSAPublicKey numbers = (RSAPublicKey) key.getPublic();
        answer(
                "/" + name + "/jwks.json",
                "{\"keys\":[{\"kty\":\"RSA\",\"alg\":\"RS256\",\"use\":\"sig\",\"kid\":\"1\",\"n\":\""
                        + unsigned(numbers.getModulus()) + "\",\"e\":\"" + unsigned(numbers.getPublicExponent())
                        + "\"}]}");
        answer("/" + name + "/.well-known/openid-configuration", """
                {"issuer":"%1$s","jwks_uri":"%1$s/jwks.json","authorization_endpoint":"%1$s/auth",\
                "token_endpoint":"%1$s/token","response_types_supported":["id_token"],\
                "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}
                """.formatted(url(name)));
    }

    private void answer(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    /** A token of the {@code ci} issuer for a job, as the oidc-provider plugin makes it. */
    public String jobToken(String job) {
        return token("ci", "\"sub\":\"" + job + "\",\"build_number\":7");
    }

    /**
     * A token of the {@code workflow} issuer for a run of one that several repositories share.
     *
     * @param shared the workflow with its revision, below GitHub
     * @param repository which called it, below GitHub
     */
    public String workflowToken(String shared, String repository, String ref, String commit) {
        String workflow = repository + "/.github/workflows/release.yml@" + ref;
        return token("workflow", """
                "sub":"repo:%1$s","repository":"%1$s","ref":"%2$s","sha":"%3$s","workflow_ref":"%4$s",\
                "job_workflow_ref":"%5$s","event_name":"push","run_id":"17","run_attempt":"1",\
                "runner_environment":"github-hosted"\
                """.formatted(repository, ref, commit, workflow, shared));
    }

    /**
     * A token of the {@code pipeline} issuer for a job that a pushed tag started.
     *
     * @param config the definition of the pipeline with its revision, below GitLab; it may be in another project
     * @param project whose pipeline this is, below GitLab
     * @param tag its name alone
     */
    public String pipelineToken(String config, String project, String tag, String commit) {
        String owner = project.substring(0, project.lastIndexOf('/'));
        return token("pipeline", """
                "sub":"project_path:%1$s:ref_type:tag:ref:%3$s","project_path":"%1$s","project_id":"21",\
                "namespace_path":"%2$s","namespace_id":"3","ref":"%3$s","ref_type":"tag","ref_path":"refs/tags/%3$s",\
                "ref_protected":"true","sha":"%4$s","ci_config_ref_uri":"gitlab.com/%5$s","ci_config_sha":"%4$s",\
                "pipeline_id":"170","pipeline_source":"push","job_id":"17","runner_id":5,\
                "runner_environment":"gitlab-hosted","project_visibility":"private"\
                """.formatted(project, owner, tag, commit, config));
    }

    /** A token of the {@code email} issuer. */
    public String emailToken(String address) {
        return token("email", "\"sub\":\"" + address + "\",\"email\":\"" + address + "\",\"email_verified\":true");
    }

    private String token(String issuer, String claims) {
        long now = Instant.now().getEpochSecond();
        String head = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"1\"}".getBytes(StandardCharsets.UTF_8));
        String body = base64(("{\"iss\":\"" + url(issuer) + "\",\"aud\":\"sigstore\",\"iat\":" + now + ",\"nbf\":" + now
                        + ",\"exp\":" + (now + LIFETIME_SECONDS) + "," + claims + "}")
                .getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update((head + "." + body).getBytes(StandardCharsets.US_ASCII));
            return head + "." + body + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return base64(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
