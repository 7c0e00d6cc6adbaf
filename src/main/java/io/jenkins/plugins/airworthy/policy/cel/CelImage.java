package io.jenkins.plugins.airworthy.policy.cel;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.rule.RuleInput;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What an expression sees of the image that is judged. */
final class CelImage {
    /**
     * Maximum length of a config, or of all annotations, in characters. They are untrusted, and comparing, searching and matching takes
     * at worst quadratic time, which cannot be interrupted. Configs with the metadata of buildpacks have about 100,000.
     */
    static final int MAX_CHARACTERS = 256 * 1024;

    private final RuleInput input;
    private final PlatformImage image;
    private final CelReads reads;

    private CelImage(RuleInput input, CelReads reads) {
        this.input = input;
        this.image = input.platformImage();
        this.reads = reads;
    }

    static CelStruct of(RuleInput input, CelReads reads) {
        return new CelImage(input, reads).struct();
    }

    private CelStruct struct() {
        Map<String, Supplier<Object>> fields = new LinkedHashMap<>();
        fields.put("name", () -> input.name().repository());
        fields.put("tag", () -> input.name().tag().orElse(""));
        fields.put("digest", () -> image.digest().toString());
        fields.put("layers", () -> image.manifest().layers().stream()
                .map(layer -> layer.digest().toString())
                .toList());
        fields.put("platform", () -> platform(image.platform()));
        fields.put("config", () -> reads.once("config", this::config));
        fields.put("size", () -> reads.once("size", this::size));
        fields.put("annotations", () -> reads.once("annotations", this::annotations));
        fields.put(
                "platforms",
                () -> input.platforms().stream().map(CelImage::platform).toList());
        fields.put("unsignedAttestations", () -> input.unsignedAttestations().stream()
                .map(Digest::toString)
                .toList());
        image.config()
                .created()
                .ifPresent(text -> fields.put("created", () -> reads.once("created", () -> time(text))));
        return new CelStruct(CelTypes.IMAGE, fields);
    }

    private static CelStruct platform(Platform platform) {
        return new CelStruct(
                CelTypes.PLATFORM,
                Map.of(
                        "os", platform::os,
                        "architecture", platform::architecture,
                        "variant", () -> platform.variant().orElse("")));
    }

    private static Instant time(String text) throws InvalidInputException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidInputException("the image's config was created at '" + text + "', which is no time", e);
        }
    }

    private Long size() throws InvalidInputException {
        try {
            long size = image.manifest().config().size();
            for (Descriptor layer : image.manifest().layers()) {
                size = Math.addExact(size, layer.size());
            }
            return size;
        } catch (ArithmeticException e) {
            throw new InvalidInputException("the image is larger than any number", e);
        }
    }

    private Map<String, String> annotations() throws InvalidInputException {
        Map<String, String> annotations = image.manifest().annotations();
        long characters = annotations.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
        if (characters > MAX_CHARACTERS) {
            throw new InvalidInputException("the image's annotations have " + characters
                    + " characters, more than the allowed " + MAX_CHARACTERS);
        }
        return annotations;
    }

    private CelStruct config() throws InvalidInputException {
        ImageConfig config = image.config();
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
        Map<String, Supplier<Object>> fields = new LinkedHashMap<>();
        fields.put("labels", config::labels);
        fields.put("env", () -> environment);
        fields.put("user", config::user);
        fields.put("entrypoint", config::entrypoint);
        fields.put("command", config::command);
        fields.put("ports", config::exposedPorts);
        fields.put("volumes", config::volumes);
        fields.put("workingDirectory", config::workingDirectory);
        return new CelStruct(CelTypes.CONFIG, fields);
    }
}
