package io.jenkins.plugins.airworthy.image;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.document.YamlValue;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** Whatever a parser is fed, it gives a value or an {@link InvalidInputException}, and gives a value the same way again. */
class ParserFuzzTest {
    private static final long SEED = 20261123;
    private static final Duration EACH = Duration.ofSeconds(1);
    private static final String HEX = "0123456789abcdef".repeat(4);

    private static final List<String> JSON = List.of(
            "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":{\"mediaType\":\""
                    + MediaTypes.OCI_CONFIG + "\",\"digest\":\"sha256:" + HEX + "\",\"size\":2},\"layers\":[]}",
            "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                    + "\",\"digest\":\"sha256:"
                    + HEX + "\",\"size\":2,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"},"
                    + "\"annotations\":{\"org.opencontainers.image.ref.name\":\"1.0\"}}]}",
            "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"User\":\"1\",\"Env\":[\"A=b\"],\"Labels\":{\"a\":"
                    + "\"b\"}},\"rootfs\":{\"diff_ids\":[\"sha256:" + HEX + "\"]}}",
            "[1.5e10,-0,\"\\ud83d\\ude00\",null,true,{\"\":[]}]",
            "{}",
            "\\u0000",
            "\uFEFF",
            "\ud83d\ude00",
            "1e999",
            "[[[[[[[[");
    private static final List<String> YAML = List.of(
            "apiVersion: airworthy/v1\nkind: Policy\nspec:\n  mode: enforce\n  checklist:\n    - signature: {threshold: 1}\n",
            "a: &x [1, 2]\nb: *x\n",
            "? k\n: - v\n  - 'q'\n  - \"d\\u2028\"\n",
            "--- !!map {a: |\n  text\n, b: >-\n  folded}\n...\n",
            "%TAG ! tag:x:\n--- !x\n",
            "yes: 010\n1_000: 1:30\n",
            "{[({]})\t#\r\n",
            "<<: ~\n",
            "- - - - -\n",
            "\u0085\u2028\uFEFF");
    private static final List<String> REFERENCES = List.of(
            "registry.example.com:5000/team/app:1.0@sha256:" + HEX,
            "oci:folder:tag@sha256:" + HEX,
            "[2001:db8::1]:443/a/b",
            "127.0.0.1/app",
            "localhost/app:latest",
            "xn--bcher-kva.example/a__b--c",
            "://",
            "%2e%2e/",
            "\u0000\n\u202e",
            "0x7f.1:99999/");
    private static final List<String> DIGESTS = List.of("sha256:" + HEX, "sha256:", HEX, "sha512:", "SHA256:", ":");
    private static final List<String> PLATFORMS =
            List.of("linux/amd64", "windows/arm64/v8", "///", "a b", "sha256:" + HEX);

    @TestFactory
    Stream<DynamicTest> givesAValueOrRefuses() {
        return Stream.of(
                fuzz("JSON", JSON, ParserFuzzTest::json),
                fuzz("image manifest", JSON, bytes -> sameDigest(MediaTypes.OCI_MANIFEST, bytes)),
                fuzz("index", JSON, bytes -> sameDigest(MediaTypes.OCI_INDEX, bytes)),
                fuzz("index.json", JSON, ParserFuzzTest::index),
                fuzz("config", JSON, bytes -> ImageConfig.parse(bytes, "x")),
                fuzz("YAML", YAML, bytes -> visit(StrictYaml.parse(bytes, "x"))),
                fuzz("reference", REFERENCES, ParserFuzzTest::reference),
                fuzz("digest", DIGESTS, bytes -> assertThat(Digest.parse(text(bytes)))
                        .hasToString(text(bytes))),
                fuzz("platform", PLATFORMS, bytes -> assertThat(Platform.parse(text(bytes)))
                        .hasToString(text(bytes))));
    }

    private static DynamicTest fuzz(String name, List<String> seeds, Parser parser) {
        return dynamicTest(name, () -> {
            Random random = new Random(SEED);
            long end = System.nanoTime() + EACH.toNanos();
            int values = 0;
            for (int round = 0; System.nanoTime() < end || round < 1_000; round++) {
                byte[] input = mutate(seeds, random);
                try {
                    parser.parse(input);
                    values++;
                } catch (InvalidInputException e) {
                    assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
                } catch (Exception | StackOverflowError | AssertionError e) {
                    throw new AssertionError("round " + round + ": " + new String(input, UTF_8), e);
                }
            }
            assertThat(values).as("inputs that were understood").isPositive();
        });
    }

    /** Pieces of the seeds put together, and some bytes changed. */
    private static byte[] mutate(List<String> seeds, Random random) {
        StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
        for (int i = random.nextInt(6); i > 0; i--) {
            String other = seeds.get(random.nextInt(seeds.size()));
            int from = random.nextInt(other.length());
            String piece = other.substring(from, from + random.nextInt(other.length() - from + 1));
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(10));
            text.replace(at, random.nextBoolean() ? at : to, piece.repeat(random.nextInt(20) == 0 ? 200 : 1));
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static void json(byte[] bytes) throws InvalidInputException {
        var read = StrictJson.parse(bytes, "x", 1_000_000);
        byte[] written = StrictJson.write(read);
        // As text: 1e0 is read as a decimal and, written as 1, as an integer.
        assertThat(StrictJson.write(StrictJson.parse(written, "x", 9_000_000))).isEqualTo(written);
    }

    private static void sameDigest(String mediaType, byte[] bytes) throws InvalidInputException {
        assertThat(Manifest.parse(mediaType, bytes).digest()).isEqualTo(Digest.of(bytes));
    }

    private static void index(byte[] bytes) throws InvalidInputException {
        Manifest empty = Samples.parse(Samples.index());
        assertThat(LayoutIndex.parse(bytes, "x").withTag("t", empty).tagged("t"))
                .hasValueSatisfying(found -> assertThat(found.digest()).isEqualTo(empty.digest()));
    }

    private static void reference(byte[] bytes) throws InvalidInputException {
        ImageReference read = ImageReference.parse(text(bytes));
        ImageReference again = ImageReference.parse(read.toString());
        assertThat(again).isEqualTo(read);
        assertThat(again.repository()).isEqualTo(read.repository());
    }

    private static void visit(YamlValue value) throws InvalidInputException {
        assertThat(value.line()).isPositive();
        assertThat(value.column()).isPositive();
        if (value.isMap()) {
            for (YamlValue child : value.map().values()) {
                visit(child);
            }
        } else if (value.isList()) {
            for (YamlValue child : value.list()) {
                visit(child);
            }
        } else {
            assertThat(value.raw()).isNotNull();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @FunctionalInterface
    private interface Parser {
        void parse(byte[] bytes) throws Exception;
    }
}
