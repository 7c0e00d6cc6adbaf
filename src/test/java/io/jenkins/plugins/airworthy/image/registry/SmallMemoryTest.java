package io.jenkins.plugins.airworthy.image.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever may write to a repository may attach whatever they like to an image of it. A verdict in a process with 64 MiB
 * ends with a clear message, never by running out of memory, and never by passing.
 */
@Timeout(180)
class SmallMemoryTest {
    private static final int REFERRERS = 2_000;
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final int KIB = 1024;

    @TempDir
    private Path folder;

    private final Map<String, Supplier<MockResponse>> content = new ConcurrentHashMap<>();
    private FakeRegistry registry;
    private SampleImage image;
    private ObjectNode list;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        image = SampleImage.of("the image");
        list = ReferrersTest.index();
        put(image.manifest().digest(), image.manifest().content().bytes(), MediaTypes.OCI_MANIFEST);
        put(Digest.of(image.config()), image.config(), "application/octet-stream");
        registry.server().setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String target = request.getTarget();
                if (target.contains("/referrers/")) {
                    return FakeRegistry.body(StrictJson.write(list))
                            .setHeader("Content-Type", MediaTypes.OCI_INDEX)
                            .build();
                }
                Supplier<MockResponse> found = content.get(target.substring(target.lastIndexOf('/') + 1));
                return found == null ? FakeRegistry.error(404, "NOT_FOUND").build() : found.get();
            }
        });
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void put(Digest digest, byte[] bytes, String type) {
        content.put(
                digest.toString(),
                () -> FakeRegistry.body(bytes).setHeader("Content-Type", type).build());
    }

    /** The text around a bundle of the wanted size, of which only the digest is remembered. */
    private void attach(Descriptor layer, String more) {
        ObjectNode manifest = StrictJson.object();
        manifest.put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("artifactType", BUNDLE);
        manifest.set(
                "config",
                Descriptor.of(MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8))
                        .toJson());
        manifest.putArray("layers").add(layer.toJson());
        manifest.set("subject", image.manifest().descriptor().toJson());
        String text = new String(StrictJson.write(manifest), StandardCharsets.UTF_8);
        byte[] bytes = (text.substring(0, text.length() - 1) + more + "}").getBytes(StandardCharsets.UTF_8);
        Descriptor descriptor = Descriptor.of(MediaTypes.OCI_MANIFEST, bytes);
        put(descriptor.digest(), bytes, MediaTypes.OCI_MANIFEST);
        ObjectNode entry = descriptor.toJson();
        entry.put("artifactType", BUNDLE);
        list.withArray("manifests").add(entry);
    }

    private Descriptor blob(byte[] bytes) {
        Descriptor blob = Descriptor.of(BUNDLE, bytes);
        put(blob.digest(), bytes, BUNDLE);
        return blob;
    }

    private static byte[] tinyValues(int bytes) {
        return ("[" + "{},".repeat(bytes / 3) + "{}]").getBytes(StandardCharsets.UTF_8);
    }

    /** A bundle whose payload has the wanted size, signed by nobody. */
    private static byte[] bundle(int payload) {
        return ("{\"mediaType\":\"" + BUNDLE + "\",\"verificationMaterial\":{\"publicKey\":{\"hint\":\"aaaa\"}},"
                        + "\"dsseEnvelope\":{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\""
                        + "A".repeat(payload / 4 * 4) + "\",\"signatures\":[{\"sig\":\"aaaa\"}]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String annotations(int number, int seed) {
        StringBuilder text = new StringBuilder(",\"annotations\":{\"seed\":\"" + seed + "\"");
        for (int i = 0; i < number; i++) {
            text.append(",\"").append(Integer.toString(i, 36)).append("\":\"\"");
        }
        return text.append('}').toString();
    }

    /** Runs the command line's verdict in a Java process with 64 MiB. */
    private Outcome verdict() throws Exception {
        return verdict(image.manifest().digest());
    }

    private Outcome verdict(Digest judged) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        byte[] key = generator.generateKeyPair().getPublic().getEncoded();
        Files.writeString(
                folder.resolve("release.pub"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n");
        Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: signed}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images:
                    - {from: "%s/team/app", to: "%s/team/app"}
                  checklist:
                    - signature: {threshold: 1}
                  without:
                    - {rule: vulnerabilities, reason: only memory is tried}
                """.formatted(registry.host(), registry.host()));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "io.jenkins.plugins.airworthy.cli.Main",
                        "verify",
                        registry.host() + "/team/app@" + judged,
                        "--policy",
                        folder.resolve("policy.yaml").toString(),
                        "--trust",
                        "release=" + folder.resolve("release.pub")))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        return new Outcome(process.waitFor(), Files.readString(out));
    }

    private record Outcome(int exit, String said) {}

    @Test
    void twoThousandReferrersOfTinyValuesAreRefused() throws Exception {
        Descriptor values = blob(tinyValues(900 * KIB));
        Descriptor members = blob(("{\"mediaType\":\"" + BUNDLE + "\",\"" + "\u20ac".repeat(8_000) + "\":1}")
                .getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < REFERRERS; i++) {
            switch (i % 4) {
                case 0 -> attach(members, annotations(3, i));
                case 1 -> attach(members, annotations(6_000, i));
                case 2 -> attach(i < 400 ? values : members, annotations(1, i));
                default ->
                    attach(
                            members,
                            ",\"x\":" + new String(tinyValues(60 * KIB), StandardCharsets.UTF_8) + ",\"y\":" + i);
            }
        }

        Outcome outcome = verdict();

        assertThat(outcome.exit()).as(outcome.said()).isEqualTo(1);
        assertThat(outcome.said()).doesNotContain("out of memory");
    }

    @Test
    void manifestsAsLargeAsRegistriesTakeThemAreRefused() throws Exception {
        Descriptor any = blob(bundle(1_000));
        String tiny = ",\"x\":" + new String(tinyValues(Manifest.MAX_BYTES - 4 * KIB), StandardCharsets.UTF_8);
        for (int i = 0; i < 12; i++) {
            attach(any, tiny + ",\"y\":" + i);
        }

        Outcome outcome = verdict();

        assertThat(outcome.exit()).as(outcome.said()).isEqualTo(1);
        assertThat(outcome.said()).doesNotContain("out of memory");
    }

    @Test
    void bundlesThatFitOneAtATimeAreJudgedOneAtATime() throws Exception {
        for (int i = 0; i < 12; i++) {
            attach(blob(bundle(3_000 * KIB + 4 * i)), annotations(1, i));
        }

        Outcome outcome = verdict();

        assertThat(outcome.exit()).as(outcome.said()).isEqualTo(1);
        assertThat(outcome.said()).doesNotContain("out of memory");
    }

    @Test
    void aBundleThatIsTooLargeForTheProcessLeavesTheVerdictUndecided() throws Exception {
        byte[] bundle = bundle(40 * KIB * KIB);
        Descriptor blob = Descriptor.of(BUNDLE, bundle);
        content.put(blob.digest().toString(), () -> FakeRegistry.response(200)
                .body(new Buffer().write(bundle))
                .build());
        attach(blob, "");

        Outcome outcome = verdict();

        assertThat(outcome.exit()).as(outcome.said()).isEqualTo(3);
        assertThat(outcome.said())
                .contains("too many for the memory of this Java process", "-Xmx")
                .doesNotContain("out of memory");
    }

    /** 2.4 MB that once took more than 4 GiB: half a million entries of a history, for each of 200 platforms. */
    @Test
    void anImageOfTwoMegabytesIsJudged() throws Exception {
        byte[] config = config("\"history\":[{}" + ",{}".repeat(520_000) + "]");

        Outcome outcome = verdict(index(200, number -> config, number -> ""));

        assertThat(outcome.exit()).as(outcome.said()).isEqualTo(1);
        assertThat(outcome.said())
                .contains("more than the allowed 30000 values")
                .doesNotContain("out of memory");
    }

    /** Whatever it is that there is so much of: each child alone is as large as it may be. */
    @ParameterizedTest
    @ValueSource(strings = {"labels", "variables", "volumes", "diff_ids", "one label", "annotations", "one annotation"})
    void aHundredPlatformsThatAreEachAsLargeAsTheyMayBeAreJudged(String kind) throws Exception {
        Digest index = index(100, number -> config(large(kind, number)), number -> switch (kind) {
            case "annotations" -> annotations(90_000, number);
            case "one annotation" ->
                ",\"annotations\":{\"n\":\"" + number + "x".repeat(Manifest.MAX_BYTES - 4 * KIB) + "\"}";
            default -> "";
        });

        Outcome outcome = verdict(index);

        assertThat(outcome.exit()).as(outcome.said()).isEqualTo(1);
        assertThat(outcome.said()).contains("bytes of memory").doesNotContain("out of memory");
    }

    private static String large(String kind, int number) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 14_000; i++) {
            String value = number + "-" + i + "-" + "\u20ac".repeat(30);
            text.append(i == 0 ? "" : ",")
                    .append(
                            switch (kind) {
                                case "labels" -> "\"" + value + "\":\"" + value + "\"";
                                case "volumes" -> "\"/" + value + "\":{}";
                                case "diff_ids" -> "\"" + Digest.of(value.getBytes(StandardCharsets.UTF_8)) + "\"";
                                default -> "\"A" + value + "=1\"";
                            });
        }
        return switch (kind) {
            case "labels" -> "\"config\":{\"Labels\":{" + text + "}}";
            case "variables" -> "\"config\":{\"Env\":[" + text + "]}";
            case "volumes" -> "\"config\":{\"Volumes\":{" + text + "}}";
            case "diff_ids" -> "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + text + "]}";
            case "one label" ->
                "\"config\":{\"Labels\":{\"l\":\"" + number + "x".repeat(Manifest.MAX_BYTES - 4 * KIB) + "\"}}";
            default -> "\"comment\":\"" + number + "\"";
        };
    }

    private static byte[] config(String members) {
        return ("{\"os\":\"linux\",\"architecture\":\"amd64\"," + members + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** Made when they are asked for: a test has no memory for all of them. */
    private Digest index(int children, IntFunction<byte[]> configs, IntFunction<String> more) {
        ObjectNode index = ReferrersTest.index();
        for (int i = 0; i < children; i++) {
            int number = i;
            Descriptor config = Descriptor.of(MediaTypes.OCI_CONFIG, configs.apply(i));
            Descriptor manifest = Descriptor.of(MediaTypes.OCI_MANIFEST, manifest(config, more.apply(i)));
            content.put(config.digest().toString(), () -> FakeRegistry.body(configs.apply(number))
                    .build());
            content.put(manifest.digest().toString(), () -> FakeRegistry.body(manifest(config, more.apply(number)))
                    .setHeader("Content-Type", MediaTypes.OCI_MANIFEST)
                    .build());
            index.withArray("manifests").add(manifest.toJson());
        }
        byte[] bytes = StrictJson.write(index);
        put(Digest.of(bytes), bytes, MediaTypes.OCI_INDEX);
        return Digest.of(bytes);
    }

    private static byte[] manifest(Descriptor config, String more) {
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                        + new String(StrictJson.write(config.toJson()), StandardCharsets.UTF_8) + ",\"layers\":[]"
                        + more + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
