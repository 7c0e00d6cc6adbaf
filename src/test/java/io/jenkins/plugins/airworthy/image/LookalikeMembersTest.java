package io.jenkins.plugins.airworthy.image;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Engines and scanners read JSON with Go's library, which takes {@code user} for {@code User}, the last one winning. Such
 * a document would be judged as one image here and run as another there.
 */
class LookalikeMembersTest {
    private static final String CONFIG = """
            {"architecture":"amd64","os":"linux","config":{"User":"1000","Labels":{"a":"1","A":"2"}},
             "rootfs":{"type":"layers","diff_ids":[]}}""";
    private static final String MANIFEST = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":2,
              "digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},
             "layers":[],"annotations":{"a":"1","A":"2"}}""";

    @Test
    void readsUserDefinedNamesThatDifferInCase() throws InvalidInputException {
        assertThat(config(CONFIG).labels()).hasSize(2);
        assertThat(manifest(MANIFEST).annotations()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "USER", "u\u017fer", "entrypoint", "ENV"})
    void refusesAConfigWithASecondUserThatOnlyEnginesSee(String name) {
        assertThatThrownBy(() -> config(CONFIG.replace("\"Labels\"", "\"" + name + "\":\"root\",\"Labels\"")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("only in upper and lower case");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Config", "OS", "Rootfs"})
    void refusesASecondConfigThatOnlyEnginesSee(String name) {
        assertThatThrownBy(() -> config(CONFIG.replace("\"rootfs\"", "\"" + name + "\":{},\"rootfs\"")))
                .hasMessageContaining("only in upper and lower case");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Layers", "layer\u017f", "Manifests", "Subject", "MediaType"})
    void refusesAManifestWithSecondLayersThatOnlyEnginesSee(String name) {
        assertThatThrownBy(() -> manifest(MANIFEST.replace("\"layers\"", "\"" + name + "\":[],\"layers\"")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("only in upper and lower case");
    }

    @Test
    void refusesADescriptorWithASecondDigestThatOnlyEnginesSee() {
        assertThatThrownBy(() -> manifest(MANIFEST.replace("\"size\":2", "\"size\":2,\"Digest\":\"sha256:00\"")))
                .hasMessageContaining("config.Digest: differs");
    }

    private static ImageConfig config(String json) throws InvalidInputException {
        return ImageConfig.parse(json.getBytes(UTF_8), "config");
    }

    private static Manifest manifest(String json) throws InvalidInputException {
        return Manifest.parse(MediaTypes.OCI_MANIFEST, json.getBytes(UTF_8));
    }
}
