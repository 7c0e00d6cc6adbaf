package io.jenkins.plugins.airworthy.sign.keyless;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.sign.FuzzSeeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** Tokens and configurations, and what the services of an instance may answer. */
public final class ServicesFuzzTest {
    private static final String CLAIMS = "{\"sub\":\"a\",\"exp\":4000000000,\"email\":\"a@b\",\"email_verified\":true}";
    private static final String CONFIG = """
            {"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json",
             "caUrls":[{"url":"https://ca.example.com","majorApiVersion":1,"validFor":{"start":"2020-01-01T00:00:00Z"},"operator":"o"}],
             "oidcUrls":[],
             "rekorTlogUrls":[{"url":"https://log.example.com","majorApiVersion":2,"validFor":{"start":"2020-01-01T00:00:00Z"},"operator":"o"}],
             "rekorTlogConfig":{"selector":"EXACT","count":1},
             "tsaUrls":[{"url":"http://localhost:1/ts","majorApiVersion":1,"validFor":{"start":"2020-01-01T00:00:00Z","end":"2099-01-01T00:00:00Z"}}],
             "tsaConfig":{"selector":"ANY"}}
            """;
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @TestFactory
    Stream<DynamicTest> everyAnswerIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("identity-token", Form.JSON, ServicesFuzzTest::readClaims)
                        .at(Target.Pace.FAST)
                        .seeds(CLAIMS)
                        .words("email", "email_verified", "sub", "exp", "\"true\"", "iss", "aud"),
                Target.ofText("identity-token-text", ServicesFuzzTest::readToken)
                        .seeds(token(CLAIMS.getBytes(StandardCharsets.UTF_8)))
                        .words(".", "..", "=", "-", "_", "e30", "eyJ"),
                Target.of("signing-config", Form.JSON, ServicesFuzzTest::readConfig)
                        .seeds(CONFIG)
                        .words(
                                "ANY",
                                "ALL",
                                "EXACT",
                                "count",
                                "selector",
                                "majorApiVersion",
                                "validFor",
                                "http://other.example",
                                "https://a@b/",
                                "http://127.0.0.1.other.example/",
                                "http://localhost/",
                                "https:///x"),
                answer("fulcio-answer", server -> Answers.AUTHORITY.certificate(server, token(), "PEM", new byte[] {1}))
                        .seeds("{\"signedCertificateEmbeddedSct\":{\"chain\":{\"certificates\":[\""
                                + new String(FuzzSeeds.read("certificate.pem"), StandardCharsets.US_ASCII)
                                        .replace("\n", "\\n")
                                + "\",\"x\"]}}}"),
                answer(
                                "rekor-answer",
                                server -> Answers.LOG.record(server, new byte[] {1}, new byte[] {2}, new byte[] {3}))
                        .seeds("{\"logIndex\":\"1\",\"logId\":{\"keyId\":\"AAAA\"},\"canonicalizedBody\":\"AAAA\"}"));
    }

    private static String token(byte[] claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims) + ".AAAA";
    }

    private static IdentityToken token() throws InvalidInputException {
        return IdentityToken.parse(token(CLAIMS.getBytes(StandardCharsets.UTF_8)), "token", NOW);
    }

    private static void readClaims(byte[] input) throws InvalidInputException {
        readToken(token(input));
    }

    private static void readToken(String text) throws InvalidInputException {
        try {
            IdentityToken read = IdentityToken.parse(text, Target.SOURCE, NOW);
            hold(!read.toString().contains(text.strip()), "shows the token");
        } catch (InvalidInputException e) {
            hold(text.strip().length() < 8 || !e.getMessage().contains(text.strip()), "tells the token");
            throw e;
        }
    }

    private static void readConfig(byte[] input) throws InvalidInputException {
        SigningConfig read = SigningConfig.parse(input, Target.SOURCE);
        requireSafe(read.authority(NOW));
        read.logs(NOW).forEach(ServicesFuzzTest::requireSafe);
        read.timestamps(NOW).forEach(ServicesFuzzTest::requireSafe);
    }

    private static void requireSafe(URI url) {
        String host = url.getHost();
        boolean here = host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]+){3}");
        hold("https".equals(url.getScheme()) || here, "a token would be sent without TLS");
        hold(url.getUserInfo() == null, "a URL with a password");
    }

    /** What is asked of a service. */
    private interface Question {
        void ask(URI server) throws Exception;
    }

    private static Target answer(String name, Question question) {
        return Target.of(name, Form.JSON, input -> question.ask(Answers.of(input)))
                .at(Target.Pace.CRAWLING)
                .names("127.0.0.1");
    }

    /** A server that answers every question with the same bytes. */
    private static final class Answers {
        private static final HttpServer SERVER = start();
        private static final CertificateAuthority AUTHORITY = new CertificateAuthority(Proxies.NONE);
        private static final RekorLog LOG = new RekorLog(Proxies.NONE);
        /** By the first part of the path, which is another for each thread that asks. */
        private static final Map<String, byte[]> NEXT = new ConcurrentHashMap<>();

        static URI of(byte[] answer) {
            String path = "/" + Thread.currentThread().getId() + "/";
            NEXT.put(path, answer);
            return URI.create("http://127.0.0.1:" + SERVER.getAddress().getPort() + path);
        }

        private static HttpServer start() {
            try {
                System.setProperty("sun.net.httpserver.nodelay", "true"); // or each answer takes 40 ms
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.createContext("/", exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    byte[] body = NEXT.get(path.substring(0, path.indexOf('/', 1) + 1));
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
                server.start();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
