package io.jenkins.plugins.airworthy.build;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.io.ByteArrayInputStream;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Base images of every sort. Their layers are plain bytes, since nothing may look into them. */
final class BaseSample {
    private BaseSample() {}

    /** With two layers and everything set that a config can set. */
    static Manifest ordinary(ImageStore store, String platform) throws AirworthyException, InterruptedException {
        return image(
                store,
                MediaTypes.OCI_MANIFEST,
                MediaTypes.OCI_CONFIG,
                config(platform, layer("one " + platform), layer("two")),
                MediaTypes.OCI_LAYER_GZIP,
                layer("one " + platform),
                layer("two"));
    }

    static byte[] layer(String content) {
        return ("layer " + content).getBytes(UTF_8);
    }

    /** The digests of layers stand for their diff_ids. */
    static String config(String platform, byte[]... layers) throws AirworthyException {
        Platform at = Platform.parse(platform);
        StringBuilder diffIds = new StringBuilder();
        StringBuilder history = new StringBuilder("{\"created_by\":\"ENV A=1\",\"empty_layer\":true}");
        for (byte[] layer : layers) {
            diffIds.append(diffIds.isEmpty() ? "" : ",")
                    .append('"')
                    .append(Digest.of(layer))
                    .append('"');
            history.append(",{\"created_by\":\"ADD rootfs\"}");
        }
        return """
                {"created":"2026-01-02T03:04:05Z","author":"the base's maker","architecture":"%s","os":"%s",%s
                 "os.version":"5.15","os.features":["a-feature"],"docker_version":"20","container_config":{"Cmd":["x"]},
                 "config":{"User":"nobody","WorkingDir":"/srv","Env":["PATH=/usr/bin","A=1","LANG=C"],
                  "Entrypoint":["/bin/base"],"Cmd":["--base"],"ExposedPorts":{"80/tcp":{}},"Volumes":{"/base":{}},
                  "Labels":{"both":"base","base":"yes"},"StopSignal":"SIGQUIT","Healthcheck":{"Test":["NONE"]},
                  "Hostname":"build-host","OnBuild":["RUN rm -rf /"]},
                 "rootfs":{"type":"layers","diff_ids":[%s]},"history":[%s]}""".formatted(
                        at.architecture(),
                        at.os(),
                        at.variant().map(v -> "\"variant\":\"" + v + "\",").orElse(""),
                        diffIds,
                        history);
    }

    static Manifest image(
            ImageStore store, String type, String configType, String config, String layerType, byte[]... layers)
            throws AirworthyException, InterruptedException {
        ObjectNode json = StrictJson.object().put("schemaVersion", 2).put("mediaType", type);
        json.set("config", put(store, configType, config.getBytes(UTF_8)).toJson());
        ArrayNode array = json.putArray("layers");
        for (byte[] layer : layers) {
            array.add(put(store, layerType, layer).toJson());
        }
        return put(store, type, json);
    }

    static Manifest index(ImageStore store, List<Descriptor> children) throws AirworthyException, InterruptedException {
        ObjectNode json = StrictJson.object().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode array = json.putArray("manifests");
        children.forEach(child -> array.add(child.toJson()));
        return put(store, MediaTypes.OCI_INDEX, json);
    }

    private static Manifest put(ImageStore store, String type, ObjectNode json)
            throws AirworthyException, InterruptedException {
        Manifest manifest = Manifest.parse(type, StrictJson.write(json));
        store.putManifest(manifest);
        return manifest;
    }

    private static Descriptor put(ImageStore store, String type, byte[] bytes)
            throws AirworthyException, InterruptedException {
        Descriptor blob = Descriptor.of(type, bytes);
        store.putBlob(blob, () -> new ByteArrayInputStream(bytes));
        return blob;
    }
}
