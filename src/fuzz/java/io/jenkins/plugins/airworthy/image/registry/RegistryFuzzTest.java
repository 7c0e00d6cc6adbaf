package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialHelper;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.registry.credential.DockerConfig;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Whatever a registry answers, byte for byte: content is what its digest says, and no credential goes astray. */
public final class RegistryFuzzTest {
    private static final Limits HASTY = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            2,
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Limits.DEFAULT.settling());
    private static final String HEX = "ab".repeat(32);
    private static final String MANIFEST =
            "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":{\"mediaType\":\""
                    + MediaTypes.OCI_CONFIG + "\",\"digest\":\"sha256:" + HEX + "\",\"size\":2},\"layers\":[]}";
    private static final String INDEX = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
            + "\",\"manifests\":[{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"sha256:" + HEX
            + "\",\"size\":2,\"artifactType\":\"a/b\"}]}";
    private static final byte[] BLOB = "the content of a blob".getBytes(UTF_8);
    private static final Descriptor LAYER = Descriptor.of(MediaTypes.OCI_LAYER, BLOB);
    private static final String UNAUTHORIZED =
            "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\nWWW-Authenticate: Bearer realm=\"%s\",service=\"s\"\r\n\r\n";
    private static final String CLOSE = "Connection: close"; // or the client would try to use it again
    private static final String[] WORDS = {
        "\r\n",
        "\r\n\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 301 Moved\r\n",
        "HTTP/1.1 401 Unauthorized\r\n",
        "HTTP/1.1 429 Slow\r\n",
        "HTTP/1.1 404 No\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.0 ",
        "Content-Length: ",
        "Content-Length: -1\r\n",
        "Content-Length: 99999999999\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Location: http://127.0.0.1:9/x\r\n",
        "Location: /v2/team/app/blobs/uploads/1?a=b\r\n",
        "Location: //x\r\n",
        "Location: \r\n",
        "Range: 0-10\r\n",
        "Range: 0-",
        "Content-Range: bytes 5-20/21\r\n",
        "Docker-Content-Digest: sha256:" + HEX + "\r\n",
        "Link: </v2/team/app/referrers/x?n=2>; rel=\"next\"\r\n",
        "Link: <http://127.0.0.2/>; rel=next\r\n",
        "Content-Type: " + MediaTypes.OCI_INDEX + "\r\n",
        "Retry-After: 0\r\n",
        "WWW-Authenticate: Basic realm=\"x\"\r\n",
        "Content-Encoding: gzip\r\n",
        "5\r\nhello\r\n",
        "0\r\n\r\n",
        "token",
        "access_token",
        "expires_in",
        "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}"
    };

    @TestFactory
    Stream<DynamicTest> everyAnswerIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.ofText("challenge", RegistryFuzzTest::readChallenge)
                        .names("registry registry.example.com")
                        .seeds(
                                "Bearer realm=\"https://registry.example.com/token\",service=\"s\",scope=\"repository:a:pull\"",
                                "Basic realm=x, Bearer realm=\"https://example.com/token\"")
                        .words(
                                "Bearer ",
                                "Basic ",
                                "realm=",
                                "\"",
                                ",",
                                "=",
                                "https://",
                                "http://",
                                "registry.example.com",
                                ".example.com",
                                "@",
                                "\\\"",
                                "https://com/",
                                "https://other.example/",
                                "user:pw@",
                                "#",
                                " ,, "),
                Target.ofText("link", RegistryFuzzTest::readLink)
                        .seeds(
                                "</v2/team/app/referrers/x?n=2>; rel=\"next\"",
                                "<?n=1>; rel=\"first prev\", <?n=3>; title=\"a, b\"; rel = next")
                        .words("<", ">", ";", ",", "=", "\"", "rel", "next", "Next", "rev", "anchor", "last", "\\"),
                Target.ofText("reference", RegistryFuzzTest::readReference)
                        .names("is no reference")
                        .seeds(
                                "/v2/team/app/blobs/uploads/1?a=b|c",
                                "http://registry.example.com:5000/x/../y?z#f",
                                "?n=2")
                        .words("/", "//", "..", "/./", "?", "#", ":", "@", "%", "\\", "[::1]", "http:", "file:", "|"),
                Target.of("docker-config", Form.JSON, RegistryFuzzTest::readDockerConfig)
                        .at(Target.Pace.SLOW)
                        .names("config.json")
                        .seeds(
                                "{\"auths\":{\"registry.example.com\":{\"auth\":\"dXNlcjpzM2NyM3Q=\"},\"https://registry.example.com/v2/\":{\"identitytoken\":\"s3cr3t\"}},"
                                        + "\"credsStore\":\"\",\"HttpHeaders\":{\"a\":\"b\"}}")
                        .words(
                                "auths",
                                "auth",
                                "identitytoken",
                                "credHelpers",
                                "credsStore",
                                "registry.example.com",
                                "../../bin/sh",
                                "no-such-helper"),
                Target.of("credential-answer", Form.JSON, RegistryFuzzTest::readHelperAnswer)
                        .seeds(
                                "{\"ServerURL\":\"https://registry.example.com\",\"Username\":\"user\",\"Secret\":\"s3cr3t\"}")
                        .words("Username", "Secret", "<token>", "credentials not found in native keychain"),
                answer("manifest-answer", RegistryFuzzTest::askManifest)
                        .seeds(http("200 OK", MANIFEST, "Content-Type: " + MediaTypes.OCI_MANIFEST)),
                answer("referrers-answer", RegistryFuzzTest::askReferrers)
                        .seeds(http("200 OK", INDEX, "Content-Type: " + MediaTypes.OCI_INDEX))
                        .others(http(
                                "404 Not Found",
                                "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}",
                                "Content-Type: application/json")),
                answer("blob-answer", RegistryFuzzTest::askBlob)
                        .seeds(http("200 OK", new String(BLOB, UTF_8), "Content-Type: application/octet-stream"))
                        .others(http("206 Partial Content", "a blob", "Content-Range: bytes 15-20/21")),
                answer("upload-answer", RegistryFuzzTest::upload)
                        .seeds(http("201 Created", "", "Location: /v2/team/app/blobs/x", "Range: 0-20"))
                        .others(http("202 Accepted", "", "Location: /v2/team/app/blobs/uploads/1?s=1", "Range: 0-0")),
                answer("session-answer", RegistryFuzzTest::beginUpload)
                        .seeds(http("202 Accepted", "", "Location: /v2/team/app/blobs/uploads/1?s=1", "Range: 0-0"))
                        .others(http("201 Created", "", "Location: /v2/team/app/blobs/x")),
                answer("token-answer", RegistryFuzzTest::askToken)
                        .seeds(http(
                                "200 OK",
                                "{\"token\":\"t0k3n\",\"expires_in\":300}",
                                "Content-Type: application/json")));
    }

    private static Target answer(String name, Target.Parser parser) {
        return Target.of(name, Form.BYTES, parser)
                .at(Target.Pace.CRAWLING)
                .names("127.0.0.1|manifest sha256:")
                .words(WORDS);
    }

    private static String http(String status, String body, String... headers) {
        return "HTTP/1.1 " + status + "\r\n" + CLOSE + "\r\n" + String.join("\r\n", headers) + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    /** Made when it is first needed. */
    private static final class Server {
        /** One for each thread that feeds. */
        private static final ThreadLocal<OneAnswer> ANSWERS = ThreadLocal.withInitial(OneAnswer::new);

        private static final Connections CONNECTIONS = new Connections(
                HASTY,
                RequestListener.NONE,
                target -> {
                    throw new IllegalStateException("nothing here is encrypted");
                },
                Proxies.NONE);
        private static final Path FOLDER = folder();

        private static Path folder() {
            try {
                Path folder = Files.createTempDirectory("airworthy-fuzz");
                folder.toFile().deleteOnExit();
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A client that knows nothing yet of the registry. */
        static RegistryStore store(Optional<CredentialSource> credentials, byte[]... answers)
                throws AirworthyException {
            OneAnswer server = ANSWERS.get();
            server.answer(answers);
            RegistrySettings plain = RegistrySettings.of(server.host());
            RegistrySettings settings = credentials.isPresent() ? plain.withCredentials(credentials.get()) : plain;
            TokenRequest tokens = new TokenRequest(new RetryPolicy(CONNECTIONS, server.host()), server.host());
            Authorization authorization = new Authorization(
                    settings, new TokenCache(InstantSource.system()), tokens, new Authorization.Demand());
            return new RegistryStore(
                    new Repository((RegistryReference) ImageReference.parse(server.host() + "/team/app")),
                    new RegistryClient(settings, CONNECTIONS, authorization),
                    new ReferrersApiCache(InstantSource.system()));
        }
    }

    private static void readChallenge(String text) throws AirworthyException {
        RegistrySettings settings = RegistrySettings.of("registry.example.com");
        List<Challenge> challenges = Challenge.parse(List.of(text));
        Optional<Challenge> bearer = Challenge.named("bearer", challenges);
        if (bearer.isPresent()) {
            TokenService service = TokenService.of(bearer.get(), settings);
            String host = service.realm().getHost();
            hold(service.realm().getScheme().equalsIgnoreCase("https"), "a credential would go over plain http");
            hold(
                    host.equalsIgnoreCase("registry.example.com") || host.equalsIgnoreCase("example.com"),
                    "a credential would go to " + host);
        }
    }

    private static void readLink(String text) throws AirworthyException {
        List<Link> links = Link.parse(List.of(text))
                .orElseThrow(() -> new InvalidInputException(Target.SOURCE + " is not understood in whole"));
        for (Link link : links) {
            hold(text.contains("<" + link.target()) || text.contains(link.target() + ">"), "a target from nowhere");
        }
        boolean next = links.stream().anyMatch(link -> link.relations().contains(Link.NEXT));
        boolean said = text.toLowerCase(Locale.ROOT).replace("\\", "").contains("next");
        hold(said || !next, "a next page from nowhere");
    }

    private static void readReference(String text) throws AirworthyException {
        URI base = URI.create("http://registry.example.com/v2/team/app/referrers/x?n=1");
        try {
            URI target = UriReference.parse(text).against(base);
            if (Origin.isUsable(target)) {
                hold(!target.getRawPath().contains("/../"), "dots are left in " + target);
                hold(target.getRawFragment() == null, "a fragment is left in " + target);
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("is no reference", e);
        }
    }

    private static void readDockerConfig(byte[] input) throws Exception {
        Path file = Server.FOLDER.resolve("config.json");
        Files.write(file, input);
        file.toFile().deleteOnExit();
        try {
            Optional<Credential> found = new DockerConfig(file).find("registry.example.com");
            hold(!found.toString().contains("s3cr3t"), "shows a password");
        } catch (AirworthyException e) {
            boolean helper = e.getMessage().contains("docker-credential-"); // its name may be any word
            hold(helper || !e.getMessage().contains("s3cr3t"), "tells a password");
            // A helper that is not there is told by its own name.
            throw new InvalidInputException("config.json: " + e.getMessage(), e);
        }
    }

    private static void readHelperAnswer(byte[] input) throws AirworthyException {
        try {
            Optional<Credential> found = CredentialHelper.credential(Target.SOURCE, 0, input);
            hold(!found.toString().contains("s3cr3t"), "shows a password");
        } catch (AirworthyException e) {
            hold(!e.getMessage().contains("s3cr3t"), "tells a password");
            throw e;
        }
    }

    private static void askManifest(byte[] input) throws Exception {
        Optional<Manifest> byTag = Server.store(Optional.empty(), input).manifest("1");
        hold(
                byTag.isEmpty()
                        || new String(input, ISO_8859_1)
                                .contains(new String(byTag.get().content().bytes(), ISO_8859_1).substring(0, 1)),
                "content from nowhere");
        Digest wanted = Digest.of(MANIFEST.getBytes(UTF_8));
        Optional<Manifest> byDigest = Server.store(Optional.empty(), input).manifest(wanted);
        hold(byDigest.isEmpty() || byDigest.get().digest().equals(wanted), "another manifest than asked for");
        Server.store(Optional.empty(), input).resolve("1");
    }

    private static void askReferrers(byte[] input) throws Exception {
        List<Descriptor> found = Server.store(Optional.empty(), input).referrers(new Digest(HEX));
        hold(found.size() == found.stream().map(Descriptor::digest).distinct().count(), "a referrer is listed twice");
    }

    private static void askBlob(byte[] input) throws Exception {
        RegistryStore store = Server.store(Optional.empty(), input);
        try (InputStream in = store.openBlob(LAYER)) {
            hold(Arrays.equals(in.readAllBytes(), BLOB), "other content than asked for");
        } catch (IOException e) {
            throw new InvalidInputException(
                    "127.0.0.1: " + AirworthyException.oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    private static void upload(byte[] input) throws Exception {
        byte[] session = http("202 Accepted", "", "Location: /v2/team/app/blobs/uploads/1")
                .getBytes(UTF_8);
        byte[] absent = http("404 Not Found", "").getBytes(UTF_8);
        Server.store(Optional.empty(), absent, session, input).putBlob(LAYER, () -> new ByteArrayInputStream(BLOB));
    }

    private static void beginUpload(byte[] input) throws Exception {
        byte[] absent = http("404 Not Found", "").getBytes(UTF_8);
        byte[] created =
                http("201 Created", "", "Location: /v2/team/app/blobs/x").getBytes(UTF_8);
        Server.store(Optional.empty(), absent, input, created).putBlob(LAYER, () -> new ByteArrayInputStream(BLOB));
    }

    private static void askToken(byte[] input) throws Exception {
        byte[] challenge = UNAUTHORIZED
                .formatted("http://" + Server.ANSWERS.get().host() + "/token")
                .getBytes(UTF_8);
        byte[] manifest = http("200 OK", MANIFEST, "Content-Type: " + MediaTypes.OCI_MANIFEST)
                .getBytes(UTF_8);
        CredentialSource source = host -> Optional.of(new Credential.Password("user", "s3cr3t"));
        try {
            Server.store(Optional.of(source), challenge, input, manifest).manifest("1");
        } catch (AirworthyException e) {
            hold(!e.getMessage().contains("s3cr3t") && !e.getMessage().contains("t0k3n"), "tells a password");
            throw e;
        }
    }
}
