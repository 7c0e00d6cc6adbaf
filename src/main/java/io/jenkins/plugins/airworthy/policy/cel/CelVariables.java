package io.jenkins.plugins.airworthy.policy.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompilerBuilder;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.rule.ExpressionRule;
import io.jenkins.plugins.airworthy.policy.rule.LatestEvidence;
import io.jenkins.plugins.airworthy.policy.rule.RuleInput;
import io.jenkins.plugins.airworthy.policy.rule.Trust;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables of expressions, their types, and their values for one image. */
final class CelVariables {
    /** The only variable that gives access to statements. */
    static final String EVIDENCE_LIST = "evidence";

    private static final CelType TEXTS = ListType.create(SimpleType.STRING);
    private static final CelType TEXT_BY_NAME = MapType.create(SimpleType.STRING, SimpleType.STRING);

    private static final StructType PLATFORM = struct(
            "Platform",
            Map.of("os", SimpleType.STRING, "architecture", SimpleType.STRING, "variant", SimpleType.STRING));
    private static final StructType CONFIG = struct(
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
    private static final StructType IMAGE = struct(
            "Image",
            Map.of(
                    "name",
                    SimpleType.STRING,
                    "tag",
                    SimpleType.STRING,
                    "digest",
                    SimpleType.STRING,
                    "layers",
                    TEXTS,
                    "platform",
                    PLATFORM,
                    "config",
                    CONFIG));
    private static final StructType TARGET =
            struct("Target", Map.of("name", SimpleType.STRING, "tag", SimpleType.STRING));
    private static final StructType EVIDENCE = struct(
            "Evidence",
            Map.of(
                    "predicateType", SimpleType.STRING,
                    "subject", SimpleType.STRING,
                    "observed", SimpleType.STRING,
                    "observedAt", SimpleType.TIMESTAMP,
                    "keys", TEXTS,
                    "identity", SimpleType.STRING,
                    "issuer", SimpleType.STRING));

    private static final ImmutableMap<String, CelType> TYPES = ImmutableMap.of(
            PLATFORM.name(), PLATFORM,
            CONFIG.name(), CONFIG,
            IMAGE.name(), IMAGE,
            TARGET.name(), TARGET,
            EVIDENCE.name(), EVIDENCE);

    /**
     * Maximum length of a config, in characters. A config is untrusted, and comparing, searching and matching takes at worst
     * quadratic time, which cannot be interrupted. Configs with the metadata of buildpacks have about 100,000.
     */
    static final int MAX_CHARACTERS = 256 * 1024;

    private CelVariables() {}

    static CelCompilerBuilder declare(CelCompilerBuilder compiler) {
        return compiler.setTypeProvider(new Types())
                .addVar("image", IMAGE)
                .addVar("target", TARGET)
                .addVar(EVIDENCE_LIST, ListType.create(EVIDENCE))
                .addVar("now", SimpleType.TIMESTAMP);
    }

    /** Returns the values, with only the evidence that the rule believes. */
    static Map<String, Object> of(RuleInput image, Trust trust) throws InvalidInputException {
        PlatformImage one = image.platformImage();
        return Map.of(
                "image",
                Map.of(
                        "name", image.name().repository(),
                        "tag", image.name().tag().orElse(""),
                        "digest", one.digest().toString(),
                        "layers",
                                one.manifest().layers().stream()
                                        .map(l -> l.digest().toString())
                                        .toList(),
                        "platform",
                                Map.of(
                                        "os", one.platform().os(),
                                        "architecture", one.platform().architecture(),
                                        "variant", one.platform().variant().orElse("")),
                        "config", config(one.config())),
                "target",
                Map.of(
                        "name", image.target().map(ImageReference::repository).orElse(""),
                        "tag", image.target().flatMap(ImageReference::tag).orElse("")),
                EVIDENCE_LIST,
                ExpressionRule.visible(image, trust).stream()
                        .map(CelVariables::evidence)
                        .toList(),
                "now",
                image.now());
    }

    private static Map<String, Object> config(ImageConfig config) throws InvalidInputException {
        long characters = config.characters();
        if (characters > MAX_CHARACTERS) {
            throw new InvalidInputException("the image's config has " + characters
                    + " characters that it could look at, more than the allowed " + MAX_CHARACTERS);
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : config.env()) {
            int equals = variable.indexOf('=');
            String name = equals < 0 ? variable : variable.substring(0, equals);
            if (environment.put(name, equals < 0 ? "" : variable.substring(equals + 1)) != null) {
                throw new InvalidInputException(
                        "the image sets the variable '" + name + "' twice, and programs differ about which one counts");
            }
        }
        return Map.of(
                "labels", config.labels(),
                "env", environment,
                "user", config.user(),
                "entrypoint", config.entrypoint(),
                "command", config.command(),
                "ports", config.exposedPorts(),
                "volumes", config.volumes(),
                "workingDirectory", config.workingDirectory());
    }

    private static Map<String, Object> evidence(VerifiedEvidence evidence) {
        List<String> keys = evidence.signer() instanceof Signer.Key key
                ? key.names().stream().sorted().toList()
                : List.of();
        Optional<Signer.Identity> identity =
                evidence.signer() instanceof Signer.Identity someone ? Optional.of(someone) : Optional.empty();
        return Map.of(
                "predicateType", evidence.predicateType(),
                "subject", evidence.subject().toString(),
                "observed", Trust.observer(evidence).toString(),
                "observedAt", LatestEvidence.observedAt(evidence).orElse(Instant.EPOCH),
                "keys", keys,
                "identity", identity.map(Signer.Identity::subject).orElse(""),
                "issuer", identity.map(Signer.Identity::issuer).orElse(""));
    }

    private static StructType struct(String name, Map<String, CelType> types) {
        ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(types);
        return StructType.create("airworthy." + name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    /** Provides the types above; all other types are part of the language. */
    private static final class Types implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return TYPES.values();
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(TYPES.get(name));
        }
    }
}
