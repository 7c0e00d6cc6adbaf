package io.jenkins.plugins.airworthy.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Merges the request's settings into the config of the base image (OCI image specification, config.md). Members of the
 * base that define how a container runs are kept, including unknown ones; members that only describe the machine of the
 * build, or are instructions for a later build, are dropped.
 */
final class ConfigMerge {
    /** Members that describe the platform in addition to operating system, architecture and variant, in their order. */
    static final List<String> KEPT_OF_PLATFORM = List.of("os.version", "os.features");

    private static final Set<String> DROPPED_OF_CONFIG = Set.of(
            "Hostname",
            "Domainname",
            "AttachStdin",
            "AttachStdout",
            "AttachStderr",
            "Tty",
            "OpenStdin",
            "StdinOnce",
            "Image",
            "OnBuild");

    private final BaseImage base;
    private final ContainerSettings settings;
    private final String created;

    ConfigMerge(BaseImage base, ContainerSettings settings, Instant created) {
        this.base = base;
        this.settings = settings;
        this.created = created.toString();
    }

    byte[] merged(List<LayerWriter.Layer> layers) throws InvalidInputException {
        ObjectNode json = StrictJson.object();
        json.put("created", created);
        json.put("architecture", base.platform().architecture());
        json.put("os", base.platform().os());
        base.platform().variant().ifPresent(variant -> json.put("variant", variant));
        base.config().ifPresent(config -> config.written().properties().stream()
                .filter(member -> KEPT_OF_PLATFORM.contains(member.getKey()))
                .forEach(member -> json.set(member.getKey(), member.getValue())));
        json.set("config", settings());
        ObjectNode rootfs = json.putObject("rootfs").put("type", "layers");
        ArrayNode diffIds = rootfs.putArray("diff_ids");
        base.config().ifPresent(config -> config.says().diffIds().forEach(id -> diffIds.add(id.toString())));
        layers.forEach(layer -> diffIds.add(layer.diffId().toString()));
        json.set("history", history(layers));
        byte[] bytes = StrictJson.write(json);
        if (bytes.length > ImageConfig.MAX_BYTES) {
            throw new InvalidInputException(
                    "labels, variables and arguments make the image's config larger than the allowed "
                            + ImageConfig.MAX_BYTES + " bytes");
        }
        return bytes;
    }

    private ObjectNode settings() throws InvalidInputException {
        ObjectNode json = StrictJson.object();
        base.config().ifPresent(config -> {
            if (config.written().get("config") instanceof ObjectNode inherited) {
                inherited.properties().stream()
                        .filter(member -> DROPPED_OF_CONFIG.stream().noneMatch(member.getKey()::equalsIgnoreCase))
                        .forEach(member -> json.set(member.getKey(), member.getValue()));
            }
        });
        settings.user().ifPresent(user -> json.put("User", user));
        settings.workingDirectory().ifPresent(folder -> json.put("WorkingDir", folder));
        settings.entrypoint().ifPresent(arguments -> {
            setOrRemove(json, "Entrypoint", arguments);
            json.remove("Cmd"); // arguments meant for another program
        });
        settings.command().ifPresent(arguments -> setOrRemove(json, "Cmd", arguments));
        setOrRemove(json, "Env", environment());
        setKeys(json, "ExposedPorts", ports());
        setKeys(json, "Volumes", volumes());
        labels(json);
        return json;
    }

    /** Returns the base's variables in their order, with ours in place of those of the same name, and our others after them by name. */
    private List<String> environment() {
        Map<String, String> merged = new LinkedHashMap<>();
        for (String variable : base.config().map(config -> config.says().env()).orElse(List.of())) {
            int equals = variable.indexOf('=');
            merged.put(equals < 0 ? variable : variable.substring(0, equals), variable);
        }
        settings.environment().forEach((name, value) -> merged.put(name, name + "=" + value));
        return List.copyOf(merged.values());
    }

    private Collection<String> ports() throws InvalidInputException {
        Collection<String> ports = new TreeSet<>(
                base.config().map(config -> config.says().exposedPorts()).orElse(List.of()));
        for (String port : settings.exposedPorts()) {
            ports.add(RequestRules.canonicalPort(port));
        }
        return ports;
    }

    private Collection<String> volumes() {
        Collection<String> volumes = new TreeSet<>(
                base.config().map(config -> config.says().volumes()).orElse(List.of()));
        volumes.addAll(settings.volumes());
        return volumes;
    }

    private void labels(ObjectNode json) {
        Map<String, String> merged = new TreeMap<>(
                base.config().map(config -> config.says().labels()).orElse(Map.of()));
        merged.putAll(settings.labels());
        json.remove("Labels");
        if (!merged.isEmpty()) {
            merged.forEach(json.putObject("Labels")::put);
        }
    }

    private ArrayNode history(List<LayerWriter.Layer> layers) {
        ArrayNode history = StrictJson.object().putArray("history");
        base.config().ifPresent(config -> history.addAll(baseHistory(config)));
        for (LayerWriter.Layer layer : layers) {
            history.addObject()
                    .put("created", created)
                    .put("created_by", "airworthy build")
                    .put("comment", layer.copy().title());
        }
        return history;
    }

    /** Returns the history if it has an entry for each layer, else one plain entry for each, so that our entries match our layers. */
    private ArrayNode baseHistory(BaseConfig config) {
        if (config.written().get("history") instanceof ArrayNode written) {
            int layers = 0;
            boolean wellFormed = true;
            for (JsonNode entry : written) {
                wellFormed &= entry.isObject();
                layers += entry.path("empty_layer").asBoolean(false) ? 0 : 1;
            }
            if (wellFormed && layers == config.says().diffIds().size()) {
                return written;
            }
        }
        ArrayNode plain = StrictJson.object().putArray("history");
        for (Digest ignored : config.says().diffIds()) {
            plain.addObject().put("created", created).put("comment", "layer of the base image");
        }
        return plain;
    }

    private static void setOrRemove(ObjectNode json, String name, List<String> values) {
        json.remove(name);
        if (!values.isEmpty()) {
            values.forEach(json.putArray(name)::add);
        }
    }

    private static void setKeys(ObjectNode json, String name, Collection<String> keys) {
        json.remove(name);
        if (!keys.isEmpty()) {
            ObjectNode object = json.putObject(name);
            keys.forEach(object::putObject);
        }
    }
}
