package io.jenkins.plugins.airworthy.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.layout.LayoutIndex;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Names and manifests of images: read in one way or refused, and never read as something that they are not. */
public final class ImageFuzzTest {
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final String DIGEST = "sha256:" + HEX;
    private static final String LAYER =
            "{\"mediaType\":\"" + MediaTypes.OCI_LAYER_GZIP + "\",\"digest\":\"" + DIGEST + "\",\"size\":32}";
    private static final String CHILD = "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + DIGEST
            + "\",\"size\":2,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"},"
            + "\"annotations\":{\"org.opencontainers.image.ref.name\":\"1.0\"},\"artifactType\":\"application/x\"}";
    private static final String MANIFEST = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
            + "\",\"config\":{\"mediaType\":\"" + MediaTypes.OCI_CONFIG + "\",\"digest\":\"" + DIGEST
            + "\",\"size\":2},\"layers\":[" + LAYER + "," + LAYER + "],\"subject\":" + CHILD
            + ",\"annotations\":{\"a\":\"b\"}}";
    private static final String INDEX = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
            + "\",\"manifests\":[" + CHILD + "," + CHILD + "]}";
    private static final String CONFIG =
            "{\"os\":\"linux\",\"architecture\":\"amd64\",\"variant\":\"v2\",\"created\":\"2026-01-01T00:00:00Z\","
                    + "\"config\":{\"User\":\"1000\",\"Env\":[\"A=b\"],\"Entrypoint\":[\"/a\"],\"Cmd\":[\"b\"],\"Labels\":{\"a\":\"b\"},"
                    + "\"ExposedPorts\":{\"80/tcp\":{}},\"Volumes\":{\"/v\":{}},\"WorkingDir\":\"/\"},"
                    + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + DIGEST
                    + "\"]},\"history\":[{\"created_by\":\"x\"}]}";
    private static final String[] WORDS = {
        "schemaVersion",
        "mediaType",
        "config",
        "layers",
        "manifests",
        "subject",
        "User",
        "user",
        "CONFIG",
        "Manifests",
        "artifactType",
        DIGEST,
        "sha512:" + HEX + HEX,
        DIGEST.toUpperCase(java.util.Locale.ROOT),
        "size",
        MediaTypes.OCI_INDEX,
        MediaTypes.OCI_MANIFEST,
        MediaTypes.DOCKER_LIST,
        "platform",
        "annotations",
        LAYER,
        CHILD
    };

    @TestFactory
    Stream<DynamicTest> everyImageIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                reference(),
                Target.ofText(
                                "digest",
                                text -> hold(Digest.parse(text).toString().equals(text), "two names for one digest"))
                        .names("is not a digest")
                        .seeds(DIGEST, "sha256:" + "0".repeat(64))
                        .others("sha512:" + HEX, "SHA256:" + HEX)
                        .words("sha256:", ":", "0", "f", "F", "g"),
                Target.ofText(
                                "platform",
                                text -> hold(
                                        Platform.parse(text).toString().equals(text), "two names for one platform"))
                        .names("is not a platform")
                        .seeds("linux/amd64", "linux/arm64/v8", "windows/amd64")
                        .words("/", "//", "_", "."),
                Target.of("image-manifest", Form.JSON, input -> readManifest(MediaTypes.OCI_MANIFEST, input))
                        .names("")
                        .seeds(MANIFEST)
                        .others(INDEX, CONFIG)
                        .words(WORDS),
                Target.of("image-index", Form.JSON, input -> readManifest(MediaTypes.OCI_INDEX, input))
                        .names("")
                        .seeds(INDEX)
                        .others(MANIFEST, CONFIG)
                        .words(WORDS),
                Target.of("layout-index", Form.JSON, ImageFuzzTest::readLayoutIndex)
                        .names("")
                        .seeds(INDEX, "{\"schemaVersion\":2,\"manifests\":[]}")
                        .others(MANIFEST)
                        .words(WORDS),
                Target.of("image-config", Form.JSON, ImageFuzzTest::readConfig)
                        .names("")
                        .seeds(CONFIG, "{\"os\":\"linux\",\"architecture\":\"amd64\"}")
                        .others(MANIFEST)
                        .words(WORDS));
    }

    private static Target reference() {
        return Target.ofText("reference", ImageFuzzTest::readReference)
                .names("'|a reference")
                .seeds(
                        "registry.example.com:5000/team/app:1.0@" + DIGEST,
                        "oci:folder/below:tag@" + DIGEST,
                        "[2001:db8::1]:443/a/b",
                        "127.0.0.1/app",
                        "localhost/app:latest",
                        "xn--bcher-kva.example/a__b--c:V1.0_x",
                        "oci:C:\\images\\app:1")
                .others("0x7f.1:99999/a", "://", "%2e%2e/", "Registry.example.com/App", "a/b", "host.example/a:b@c@d")
                .words(
                        "@",
                        ":",
                        "/",
                        "oci:",
                        "@" + DIGEST,
                        "..",
                        "0x7f",
                        "127.1",
                        "[::]",
                        "__",
                        "--",
                        ".",
                        "latest",
                        "-");
    }

    private static void readReference(String text) throws InvalidInputException {
        ImageReference read = ImageReference.parse(text);
        ImageReference again = ImageReference.parse(read.toString());
        hold(again.equals(read) && again.repository().equals(read.repository()), "another image when it is read again");
        hold(
                !(read instanceof RegistryReference) || read.toString().equals(text),
                "two names for one image in a registry");
        hold(!text.contains("@") || read.digest().isPresent(), "a digest was passed over");
        hold(read.digest().isEmpty() || text.endsWith(read.digest().get().toString()), "another digest than written");
        hold(read.tag().isEmpty() || text.contains(":" + read.tag().get()), "another tag than written");
        hold(read.toString().codePoints().noneMatch(c -> c < ' ' || c == 0x7f), "control characters in a reference");
    }

    private static void readManifest(String type, byte[] input) throws InvalidInputException {
        Manifest read = Manifest.parse(type, input);
        hold(read.digest().equals(Digest.of(input)), "another digest than that of the bytes");
        hold(Arrays.equals(read.content().bytes(), input), "other bytes than those read");
        hold(
                (read instanceof IndexManifest) == type.equals(MediaTypes.OCI_INDEX),
                "another kind than the media type says");
        String text = new String(input, UTF_8);
        for (Descriptor child : read.children()) {
            hold(child.size() >= 0, "a size below nothing");
            hold(
                    Descriptor.parse(StrictJson.parseObject(StrictJson.write(child.toJson()), "x", 1 << 20))
                            .equals(child),
                    "a descriptor is another one when it is read again");
        }
        Optional<String> written = StrictJson.parseObject(input, "x", 1 << 20).optionalString("mediaType");
        hold(written.isEmpty() || written.get().equals(type), "the media type inside is another one: " + text);
    }

    private static void readLayoutIndex(byte[] input) throws InvalidInputException {
        LayoutIndex read = LayoutIndex.parse(input, Target.SOURCE);
        Manifest image = Samples.parse(Samples.index());
        LayoutIndex tagged = LayoutIndex.parse(read.withTag("t", image).bytes(), Target.SOURCE);
        hold(tagged.tagged("t").map(Descriptor::digest).equals(Optional.of(image.digest())), "the tag leads elsewhere");
        for (Descriptor entry : read.entries()) {
            boolean moved = "t".equals(entry.annotations().get(LayoutIndex.REF_NAME))
                    || entry.digest().equals(image.digest());
            hold(moved || tagged.entries().contains(entry), "an entry is lost");
        }
    }

    private static void readConfig(byte[] input) throws InvalidInputException {
        ImageConfig read = ImageConfig.parse(input, Target.SOURCE);
        ObjectNode document = ImageConfig.document(input, Target.SOURCE).node();
        hold(
                ImageConfig.parse(StrictJson.write(document), Target.SOURCE).equals(read),
                "another config when it is read again");
        hold(read.values() <= ImageConfig.MAX_VALUES, "more values than are allowed");
        // What Go's reader, which does not tell upper from lower case, would read must be what is read here.
        hold(
                lookalikes(StrictJson.parseObject(input, "x", 1 << 20).node(), "config", "rootfs", "os", "architecture")
                        == 0,
                "a second member that other readers take for the first");
    }

    private static long lookalikes(com.fasterxml.jackson.databind.node.ObjectNode json, String... names) {
        return json.properties().stream()
                .filter(member -> Stream.of(names)
                        .anyMatch(name -> member.getKey().equalsIgnoreCase(name)
                                && !member.getKey().equals(name)))
                .count();
    }
}
