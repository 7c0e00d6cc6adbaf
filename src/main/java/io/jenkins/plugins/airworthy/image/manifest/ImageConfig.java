package io.jenkins.plugins.airworthy.image.manifest;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The config of an image (<a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md">OCI image configuration</a>;
 * Docker's is the same for the members used here).
 *
 * @param created when the image was made, as it is written
 * @param user empty text when none is set, which runs as root
 * @param env each as {@code NAME=value}
 * @param exposedPorts for example {@code 8080/tcp}
 * @param diffIds digests of the layers' uncompressed archives, base first
 */
public record ImageConfig(
        Platform platform,
        Optional<String> created,
        String user,
        List<String> env,
        List<String> entrypoint,
        List<String> command,
        List<String> exposedPorts,
        List<String> volumes,
        String workingDirectory,
        Map<String, String> labels,
        List<Digest> diffIds) {
    /** The largest config that is read, in bytes: as much as a manifest, and a thousand times what is usual. */
    public static final int MAX_BYTES = Manifest.MAX_BYTES;

    /** How many values a config may have: one of 100 layers, as builders write it, has some 1,000. */
    public static final int MAX_VALUES = 30_000;

    private static final Set<String> MEMBERS = Set.of(
            "created", "os", "architecture", "variant", "os.version", "os.features", "config", "rootfs", "history");
    private static final Set<String> CONFIG_MEMBERS =
            Set.of("User", "Env", "Entrypoint", "Cmd", "ExposedPorts", "Volumes", "WorkingDir", "Labels");
    private static final Set<String> ROOTFS_MEMBERS = Set.of("type", "diff_ids");

    public ImageConfig {
        env = List.copyOf(env);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        exposedPorts = List.copyOf(exposedPorts);
        volumes = List.copyOf(volumes);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        diffIds = List.copyOf(diffIds);
    }

    /** Reads the bytes of a config blob. */
    public static ImageConfig parse(byte[] bytes, String what) throws InvalidInputException {
        return of(document(bytes, what));
    }

    /** Parses a complete config, for callers that need more members than this record has. */
    public static JsonObject document(byte[] bytes, String what) throws InvalidInputException {
        return StrictJson.parseObject(bytes, what, MAX_BYTES, MAX_VALUES);
    }

    /** What such a document says. */
    public static ImageConfig of(JsonObject root) throws InvalidInputException {
        JsonObject config =
                root.optionalObject("config").orElse(new JsonObject(root.what(), "config", StrictJson.object()));
        root.refuseLookalikes(MEMBERS);
        config.refuseLookalikes(CONFIG_MEMBERS);
        List<Digest> diffIds = new ArrayList<>();
        Optional<JsonObject> rootfs = root.optionalObject("rootfs");
        if (rootfs.isPresent()) {
            rootfs.get().refuseLookalikes(ROOTFS_MEMBERS);
            for (String diffId : rootfs.get().strings("diff_ids")) {
                diffIds.add(Digest.inDocument(rootfs.get(), "diff_ids[" + diffIds.size() + "]", diffId));
            }
        }
        return new ImageConfig(
                platform(root),
                root.optionalString("created"),
                config.optionalString("User").orElse(""),
                config.strings("Env"),
                config.strings("Entrypoint"),
                config.strings("Cmd"),
                keys(config, "ExposedPorts"),
                keys(config, "Volumes"),
                config.optionalString("WorkingDir").orElse(""),
                config.stringMap("Labels"),
                diffIds);
    }

    private static Platform platform(JsonObject root) throws InvalidInputException {
        Optional<String> os = root.optionalString("os").filter(name -> !name.isEmpty());
        Optional<String> architecture = root.optionalString("architecture").filter(name -> !name.isEmpty());
        if (os.isEmpty() || architecture.isEmpty()) {
            throw root.error(
                    os.isEmpty() ? "os" : "architecture",
                    "is missing or empty, so the image's platform is unknown; write a platform into it, for example"
                            + " with 'crane mutate --set-platform linux/amd64'");
        }
        return Platform.of(
                os.get(), architecture.get(), root.optionalString("variant").filter(v -> !v.isEmpty()));
    }

    /** How many values are held of it. */
    public int values() {
        return env.size()
                + entrypoint.size()
                + command.size()
                + exposedPorts.size()
                + volumes.size()
                + 2 * labels.size()
                + diffIds.size();
    }

    /** How many characters its texts have together. */
    public long characters() {
        return Stream.of(
                        List.of(user, workingDirectory),
                        env,
                        entrypoint,
                        command,
                        exposedPorts,
                        volumes,
                        labels.keySet(),
                        labels.values())
                .flatMap(Collection::stream)
                .mapToLong(String::length)
                .sum();
    }

    private static List<String> keys(JsonObject config, String name) throws InvalidInputException {
        List<String> keys = new ArrayList<>();
        Optional<JsonObject> object = config.optionalObject(name);
        if (object.isPresent()) {
            object.get().node().fieldNames().forEachRemaining(keys::add);
        }
        return keys;
    }
}
