package io.jenkins.plugins.airworthy.image.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.regex.Matcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Manifests, descriptors, configs and platforms as a stranger writes them. */
class ManifestTest {
    private static final Descriptor CONFIG = Descriptor.of(MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
    private static final Descriptor LAYER = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, "layer".getBytes(UTF_8));

    @Test
    void keepsTheBytesItWasReadFrom() throws InvalidInputException {
        byte[] bytes = ("  " + Samples.manifest(CONFIG, LAYER).toPrettyString() + "\n").getBytes(UTF_8);
        Manifest manifest = Manifest.parse(MediaTypes.OCI_MANIFEST, bytes);
        assertThat(manifest.content().bytes()).isEqualTo(bytes);
        assertThat(manifest.digest()).isEqualTo(Digest.of(bytes));
        manifest.content().bytes()[0] = 'x';
        assertThat(manifest.content().bytes()).isEqualTo(bytes);
        assertThat(manifest.children()).containsExactly(LAYER, CONFIG);
    }

    @Test
    void refusesADocumentThatReadsAsTwoKinds() {
        assertRefused(Samples.manifest(CONFIG).set("manifests", Samples.index().get("manifests")), "manifests");
        assertRefused(Samples.index().set("layers", StrictJson.object().arrayNode()), "layers");
        assertRefused(Samples.index().set("config", CONFIG.toJson()), "config");
    }

    /** Engines and registries are written in Go, whose reader does not tell {@code Layers} from {@code layers}. */
    @Test
    void refusesADocumentThatReadsAsTwoImagesToAReaderThatIgnoresCase() {
        ObjectNode two = Samples.manifest(CONFIG, LAYER);
        two.putArray("Layers").add(CONFIG.toJson());
        assertRefused(two, "Layers");
        assertRefused(Samples.manifest(CONFIG).set("Manifests", Samples.index().get("manifests")), "Manifests");
        assertRefused(Samples.manifest(CONFIG, LAYER).set("ſubject", LAYER.toJson()), "ſubject");
        ObjectNode hidden = LAYER.toJson();
        hidden.put("Digest", CONFIG.digest().toString());
        ObjectNode inLayer = Samples.manifest(CONFIG);
        ((ArrayNode) inLayer.get("layers")).add(hidden);
        assertRefused(inLayer, "layers[0].Digest");
    }

    @Test
    void refusesAMediaTypeThatContradictsItsStore() {
        byte[] bytes = StrictJson.write(Samples.manifest(CONFIG));
        assertThatThrownBy(() -> Manifest.parse(MediaTypes.DOCKER_MANIFEST, bytes))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the store calls it");
        assertThatThrownBy(() -> Manifest.parse("application/json", "{\"schemaVersion\":2}".getBytes(UTF_8)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("neither an image manifest nor an index");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "\"2\"", "2.0", "null", "-2", "[]"})
    void refusesOtherSchemas(String version) {
        byte[] bytes = Samples.manifest(CONFIG)
                .toString()
                .replace("\"schemaVersion\":2", "\"schemaVersion\":" + version)
                .getBytes(UTF_8);
        assertThatThrownBy(() -> Manifest.parse(MediaTypes.OCI_MANIFEST, bytes))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("schemaVersion");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "size":-1|size
                    "size":1.5|size
                    "size":"5"|size
                    "size":18446744073709551616|size
                    "size":null|size
                    "digest":"sha256:00"|sha256:00
                    "digest":"sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"|sha512
                    "digest":"md5:d41d8cd98f00b204e9800998ecf8427e"|md5
                    "digest":null|digest
                    "mediaType":""|media type
                    "mediaType":"a/b\\r\\nX-Header: c"|media type
                    "mediaType":"text/plain; charset=utf-8"|media type
                    "mediaType":{}|mediaType
                    "platform":{"os":"linux"}|architecture
                    "platform":{"os":"linux","architecture":"../x"}|platform
                    "platform":[]|platform
                    "annotations":{"a":1}|annotations
                    "annotations":[]|annotations
                    """)
    void refusesDescriptorsThatAreNone(String member, String named) {
        ObjectNode right = LAYER.toJson();
        String name = member.substring(1, member.indexOf(':') - 1);
        right.remove(name);
        String wrong = right.toString().replaceFirst("\\{", "{" + Matcher.quoteReplacement(member) + ",");
        byte[] bytes = Samples.manifest(CONFIG)
                .toString()
                .replace("\"layers\":[]", "\"layers\":[" + wrong + "]")
                .getBytes(UTF_8);
        assertThatThrownBy(() -> Manifest.parse(MediaTypes.OCI_MANIFEST, bytes))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(named);
    }

    @Test
    void writesDescriptorsAsItReadThem() throws InvalidInputException {
        ObjectNode json = LAYER.with(Platform.parse("linux/arm64/v8")).toJson();
        json.put("artifactType", "application/x")
                .putObject("annotations")
                .put("b", "1")
                .put("a", "2");
        Descriptor read =
                ((IndexManifest) Samples.parse(indexOf(json))).manifests().get(0);
        assertThat(read.toJson()).isEqualTo(json);
        assertThat(read.annotations().keySet()).containsExactly("b", "a");
    }

    @Test
    void refusesAGigabyteManifest() {
        byte[] large = new byte[Manifest.MAX_BYTES + 1];
        assertThatThrownBy(() -> Manifest.parse(MediaTypes.OCI_MANIFEST, large))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("larger than the allowed");
    }

    @Test
    void refusesMoreLayersThanAllowed() {
        Descriptor[] layers = new Descriptor[Manifest.MAX_CHILDREN + 1];
        Arrays.fill(layers, LAYER);
        assertThatThrownBy(() -> Samples.parse(Samples.manifest(CONFIG, layers)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("more than the allowed 10000");
    }

    @Test
    void readsAConfigAsEnginesDo() throws InvalidInputException {
        ImageConfig config = config("""
                {"architecture":"arm64","os":"linux","variant":"v8","created":"2026-01-01T00:00:00Z",
                 "config":{"User":"1000:1000","Env":["A=b","C="],"Entrypoint":["/app"],"Cmd":null,
                  "ExposedPorts":{"8080/tcp":{}},"Volumes":{"/data":{}},"WorkingDir":"/w","Labels":{"l":"m"}},
                 "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[]}
                """.formatted("a".repeat(64)));
        assertThat(config.platform()).hasToString("linux/arm64/v8");
        assertThat(config.user()).isEqualTo("1000:1000");
        assertThat(config.env()).containsExactly("A=b", "C=");
        assertThat(config.entrypoint()).containsExactly("/app");
        assertThat(config.command()).isEmpty();
        assertThat(config.exposedPorts()).containsExactly("8080/tcp");
        assertThat(config.volumes()).containsExactly("/data");
        assertThat(config.workingDirectory()).isEqualTo("/w");
        assertThat(config.labels()).containsEntry("l", "m");
        assertThat(config.diffIds()).hasSize(1);
        assertThat(config("{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":null}")
                        .user())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"os\":\"linux\"}",
                "{\"os\":\"\",\"architecture\":\"amd64\"}",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"User\":\"1000\",\"user\":\"0\"}}",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"User\":1000}}",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{},\"Config\":{\"User\":\"0\"}}",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Env\":[1]}}",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Entrypoint\":\"sh\"}}",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Labels\":{\"a\":null}}}",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[\"sha256:1\"]}}",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"variant\":\"v8/..\"}",
                "[]"
            })
    void refusesConfigsThatAreNoneOrReadInTwoWays(String json) {
        assertThatThrownBy(() -> config(json)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "linux", "linux/", "/amd64", "linux/arm/v7/x", "linux/amd 64", "linux//v8", "li\nux/amd64"})
    void refusesInvalidPlatforms(String text) {
        assertThatThrownBy(() -> Platform.parse(text)).isInstanceOf(InvalidInputException.class);
    }

    private static ObjectNode indexOf(ObjectNode descriptor) {
        ObjectNode index = Samples.index();
        ((ArrayNode) index.get("manifests")).add(descriptor);
        return index;
    }

    private static ImageConfig config(String json) throws InvalidInputException {
        return ImageConfig.parse(json.getBytes(UTF_8), "config");
    }

    private static void assertRefused(JsonNode json, String named) {
        assertThatThrownBy(() -> Samples.parse((ObjectNode) json))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(": " + named + ": ");
    }
}
