package io.jenkins.plugins.airworthy.policy.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of what expressions see, so that a mistyped field is an error in the policy. */
final class CelTypes implements CelTypeProvider {
    static final CelType TEXTS = ListType.create(SimpleType.STRING);
    private static final CelType TEXT_BY_NAME = MapType.create(SimpleType.STRING, SimpleType.STRING);

    static final StructType PLATFORM = struct(
            "Platform",
            Map.of("os", SimpleType.STRING, "architecture", SimpleType.STRING, "variant", SimpleType.STRING));
    static final StructType CONFIG = struct(
            "Config",
            Map.of(
                    "labels", TEXT_BY_NAME,
                    "env", TEXT_BY_NAME,
                    "user", SimpleType.STRING,
                    "entrypoint", TEXTS,
                    "command", TEXTS,
                    "ports", TEXTS,
                    "volumes", TEXTS,
                    "workingDirectory", SimpleType.STRING));
    static final StructType IMAGE = struct(
            "Image",
            ImmutableMap.<String, CelType>builder()
                    .put("name", SimpleType.STRING)
                    .put("tag", SimpleType.STRING)
                    .put("digest", SimpleType.STRING)
                    .put("layers", TEXTS)
                    .put("platform", PLATFORM)
                    .put("config", CONFIG)
                    .put("created", SimpleType.TIMESTAMP)
                    .put("size", SimpleType.INT)
                    .put("annotations", TEXT_BY_NAME)
                    .put("platforms", ListType.create(PLATFORM))
                    .put("unsignedAttestations", TEXTS)
                    .buildOrThrow());
    static final StructType TARGET = struct("Target", Map.of("name", SimpleType.STRING, "tag", SimpleType.STRING));
    static final StructType EVIDENCE = struct(
            "Evidence",
            Map.of(
                    "predicateType", SimpleType.STRING,
                    "subject", SimpleType.STRING,
                    "observed", SimpleType.STRING,
                    "observedAt", SimpleType.TIMESTAMP,
                    "keys", TEXTS,
                    "identity", SimpleType.STRING,
                    "issuer", SimpleType.STRING,
                    "certificate", TEXT_BY_NAME));
    static final StructType VULNERABILITY = struct(
            "Vulnerability",
            Map.of(
                    "id", SimpleType.STRING,
                    "package", SimpleType.STRING,
                    "purl", SimpleType.STRING,
                    "version", SimpleType.STRING,
                    "severity", SimpleType.STRING,
                    "fixed", SimpleType.STRING,
                    "published", SimpleType.TIMESTAMP,
                    "waived", SimpleType.BOOL));
    static final StructType PACKAGE = struct(
            "Package",
            Map.of(
                    "purl", SimpleType.STRING,
                    "name", SimpleType.STRING,
                    "version", SimpleType.STRING,
                    "licences", TEXTS));
    static final StructType TESTS = struct(
            "Tests",
            Map.of(
                    "suite", SimpleType.STRING,
                    "passed", TEXTS,
                    "failed", TEXTS,
                    "warned", TEXTS,
                    "skipped", SimpleType.INT));
    static final StructType SOURCE = struct(
            "Source", Map.of("repository", SimpleType.STRING, "ref", SimpleType.STRING, "commit", SimpleType.STRING));
    static final StructType DEPENDENCY =
            struct("Dependency", Map.of("uri", SimpleType.STRING, "digest", SimpleType.STRING));
    static final StructType PROVENANCE = struct(
            "Provenance",
            Map.of(
                    "builder", SimpleType.STRING,
                    "buildType", SimpleType.STRING,
                    "source", SOURCE,
                    "entryPoint", SimpleType.STRING,
                    "invocation", SimpleType.STRING,
                    "startedAt", SimpleType.TIMESTAMP,
                    "finishedAt", SimpleType.TIMESTAMP,
                    "dependencies", ListType.create(DEPENDENCY),
                    "claimed", TEXTS));

    private static final ImmutableMap<String, CelType> TYPES = Maps.uniqueIndex(
            List.of(
                    PLATFORM,
                    CONFIG,
                    IMAGE,
                    TARGET,
                    EVIDENCE,
                    VULNERABILITY,
                    PACKAGE,
                    TESTS,
                    SOURCE,
                    DEPENDENCY,
                    PROVENANCE),
            CelType::name);

    private static StructType struct(String name, Map<String, ? extends CelType> types) {
        ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(types);
        return StructType.create("airworthy." + name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return TYPES.values();
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }
}
