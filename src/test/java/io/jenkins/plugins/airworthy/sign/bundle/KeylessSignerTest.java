package io.jenkins.plugins.airworthy.sign.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.sign.key.Pem;
import io.jenkins.plugins.airworthy.sign.keyless.IdentityToken;
import io.jenkins.plugins.airworthy.sign.keyless.SigningConfig;
import io.jenkins.plugins.airworthy.sign.keyless.SigstoreServices;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Services that refuse, lie or misbehave: nothing is signed, and the identity token goes nowhere else. */
class KeylessSignerTest {
    private static final String CLAIMS = "{\"sub\":\"https://jenkins.example.com/job/app/\",\"exp\":4000000000}";
    private static final String TOKEN = "e30."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(CLAIMS.getBytes(StandardCharsets.UTF_8))
            + ".c2VjcmV0";

    private final MintedSigstore sigstore = new MintedSigstore();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(String path, int status, byte[] body) {
        server.createContext(path, exchange -> answer(exchange, status, body));
    }

    private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private SigningConfig config() throws InvalidInputException {
        String service = "[{\"url\":\"%s\",\"majorApiVersion\":%d,\"validFor\":{\"start\":\"2020-01-01T00:00:00Z\"}}]";
        String json = "{\"mediaType\":\"application/vnd.dev.sigstore.signingconfig.v0.2+json\",\"caUrls\":"
                + service.formatted(url(), 1) + ",\"tsaUrls\":" + service.formatted(url() + "/timestamp", 1)
                + ",\"rekorTlogUrls\":" + service.formatted(url(), 2) + "}";
        return SigningConfig.parse(json.getBytes(StandardCharsets.UTF_8), "signing config");
    }

    private byte[] sign() throws Exception {
        TrustedRoot root = TrustedRoot.parse(StrictJson.write(sigstore.trustedRoot()), "trusted root");
        KeylessSigner signer = new KeylessSigner(
                new SigstoreServices(config(), Clock.systemUTC(), Proxies.NONE),
                new SigstoreTrust(root, Clock.systemUTC()),
                () -> IdentityToken.parse(TOKEN, "token", Instant.now()));
        return signer.signEnvelope("{}".getBytes(StandardCharsets.UTF_8), "a statement");
    }

    private void assertFails(Class<? extends AirworthyException> type, String reason) {
        assertThatThrownBy(this::sign)
                .isInstanceOf(type)
                .hasMessageContaining(reason)
                .hasMessageNotContaining(TOKEN)
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void saysWhyTheAuthorityRefused() {
        answer(
                "/api/v2/signingCert",
                401,
                "{\"code\":16,\"message\":\"token expired\"}".getBytes(StandardCharsets.UTF_8));
        assertFails(InvalidInputException.class, "answered with status 401: 'token expired'");
    }

    @Test
    void anErrorOfTheAuthorityDecidesNothing() {
        answer("/api/v2/signingCert", 503, "<html>".getBytes(StandardCharsets.UTF_8));
        assertFails(UndecidedException.class, "answered with status 503; nothing was signed");
    }

    /** Attack 11: a redirect to another origin gets no credentials. */
    @Test
    void followsNoRedirectWithTheToken() {
        server.createContext("/api/v2/signingCert", exchange -> {
            exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
            answer(exchange, 307, new byte[0]);
        });
        answer("/elsewhere", 200, "{}".getBytes(StandardCharsets.UTF_8));
        assertFails(UndecidedException.class, "answered with status 307");
        assertThat(asked).containsExactly("/api/v2/signingCert");
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        answer("/api/v2/signingCert", 200, new byte[2 * 1024 * 1024]);
        assertFails(UndecidedException.class, "more than the allowed 1048576 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"signedCertificateEmbeddedSct\":{\"chain\":{\"certificates\":[]}}}",
                "{\"signedCertificateEmbeddedSct\":{\"chain\":{\"certificates\":[\"x\"]}}}"
            })
    void garbageInsteadOfACertificate(String answer) {
        answer("/api/v2/signingCert", 200, answer.getBytes(StandardCharsets.UTF_8));
        assertFails(UndecidedException.class, "certificate");
    }

    /** A certificate for a key of somebody else would put our name to his signatures. */
    @Test
    void aCertificateForAnotherKeyIsNotUsed() throws Exception {
        String pem = Pem.write("CERTIFICATE", sigstore.certificate().getEncoded());
        ObjectNode json = StrictJson.object();
        json.putObject("signedCertificateEmbeddedSct")
                .putObject("chain")
                .putArray("certificates")
                .add(pem);
        answer("/api/v2/signingCert", 200, StrictJson.write(json));
        assertFails(UndecidedException.class, "certified another key than the one that was shown to it");
    }

    @Test
    void saysThatTheAuthorityCannotBeReached() {
        server.stop(0);
        assertFails(UndecidedException.class, "cannot be reached");
    }

    @ParameterizedTest
    @CsvSource({
        "http://fulcio.example.com, http is for this machine only",
        "ftp://127.0.0.1, http is for this machine only",
        "https://user@fulcio.example.com, http is for this machine only",
        "fulcio.example.com, http is for this machine only"
    })
    void refusesServicesWithoutTls(String url, String reason) {
        String json = "{\"mediaType\":\"application/vnd.dev.sigstore.signingconfig.v0.2+json\",\"caUrls\":[{\"url\":\""
                + url + "\",\"majorApiVersion\":1,\"validFor\":{\"start\":\"2020-01-01T00:00:00Z\"}}]}";
        assertThatThrownBy(() -> SigningConfig.parse(json.getBytes(StandardCharsets.UTF_8), "config"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x|three parts",
                "a.b.c.d|three parts",
                "e30.e30.x|sub: is missing",
                "e30.!!.x|not base64",
                "e30.eyJzdWIiOiJhIiwiZXhwIjoxfQ.x|expired at 1970-01-01T00:00:01Z",
                "e30.eyJzdWIiOiJhIiwiZW1haWwiOiJhQGIifQ.x|did not verify"
            })
    void refusesUnusableTokens(String token, String reason) {
        assertThatThrownBy(() -> IdentityToken.parse(token, "token", Instant.now()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aTokenDoesNotShowItself() throws Exception {
        assertThat(IdentityToken.parse(TOKEN, "token", Instant.now()).toString())
                .isEqualTo("identity token of https://jenkins.example.com/job/app/");
    }
}
