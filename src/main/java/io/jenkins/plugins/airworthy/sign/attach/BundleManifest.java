package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The manifest that carries a bundle. It is copied with the bundle and is not signed, so it may contain only what usual tools
 * (cosign, GitHub's attest action, oras) write: the empty config, one layer, and a few short annotations.
 *
 * @param bundle the only layer
 * @param predicateType the claimed predicate type of the bundle's statement; empty if it cannot be a type
 * @param created the claimed time of attaching
 */
record BundleManifest(Digest digest, Descriptor bundle, Optional<String> predicateType, Optional<Instant> created)
        implements Referrer {
    /** Maximum size of a manifest that carries a bundle, in bytes: it has one layer. */
    static final int MAX_BYTES = 8 * 1024;

    private static final Descriptor EMPTY_CONFIG =
            Descriptor.of(MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.US_ASCII));
    /** The empty config in base64, which a manifest may contain inline. */
    private static final String EMPTY_DATA = "e30=";

    private static final String TITLE = "org.opencontainers.image.title";
    private static final Map<String, Integer> LONGEST = Map.of(
            EvidenceWriter.CREATED, 64, EvidenceWriter.CONTENT, 64, EvidenceWriter.PREDICATE_TYPE, 2_048, TITLE, 255);
    private static final Set<String> ANNOTATIONS =
            Set.of(EvidenceWriter.CREATED, EvidenceWriter.CONTENT, EvidenceWriter.PREDICATE_TYPE);
    private static final Set<String> MEMBERS =
            Set.of("schemaVersion", "mediaType", "artifactType", "config", "layers", "subject", "annotations");
    private static final Set<String> POINTER = Set.of("mediaType", "digest", "size");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[\\x21-\\x7e]+");

    /**
     * Reads a manifest with the artifact type of a bundle.
     *
     * @param subject the digest that it must be attached to
     */
    static BundleManifest parse(ImageManifest manifest, Digest subject, String what) throws InvalidInputException {
        Descriptor bundle = bundle(manifest, subject, what);
        JsonObject json = StrictJson.parseObject(manifest.content().bytes(), what + ": manifest", MAX_BYTES);
        json.allowOnly(MEMBERS);
        if (!Bundle.TYPES.contains(json.string("artifactType"))) {
            throw json.error("artifactType", "'" + json.string("artifactType") + "' is not a bundle of version 0.3");
        }
        requireEmptyConfig(json.object("config"));
        JsonObject layer = json.objects("layers").get(0);
        layer.allowOnly(Set.of("mediaType", "digest", "size", "annotations"));
        requireKnown(layer, Set.of(TITLE));
        json.object("subject").allowOnly(POINTER);
        Map<String, String> annotations = requireKnown(json, ANNOTATIONS);
        return new BundleManifest(manifest.digest(), bundle, predicateType(annotations), created(annotations));
    }

    /** Returns the predicate type that the annotations of a manifest, or of its list entry, claim. */
    static Optional<String> predicateType(Map<String, String> annotations) {
        return Optional.ofNullable(annotations.get(EvidenceWriter.PREDICATE_TYPE))
                .filter(type -> TYPE.matcher(type).matches());
    }

    /** Returns the time of attaching that the annotations of a manifest, or of its list entry, claim. */
    static Optional<Instant> created(Map<String, String> annotations) {
        return time(annotations.get(EvidenceWriter.CREATED));
    }

    private static Descriptor bundle(ImageManifest manifest, Digest subject, String what) throws InvalidInputException {
        Optional<Digest> about = manifest.subject().map(Descriptor::digest);
        if (!about.equals(Optional.of(subject))) {
            throw new InvalidInputException(what + ": its manifest is attached to "
                    + about.map(Digest::toString).orElse("nothing"));
        }
        List<Descriptor> layers = manifest.layers();
        if (layers.size() != 1) {
            throw new InvalidInputException(what + ": expected exactly one layer, found " + layers.size());
        }
        Descriptor layer = layers.get(0);
        if (!Bundle.TYPES.contains(layer.mediaType())) {
            throw new InvalidInputException(
                    what + ": its layer is '" + layer.mediaType() + "' and not a Sigstore bundle of version 0.3");
        }
        if (layer.size() > Bundle.MAX_BYTES) {
            throw new InvalidInputException(
                    what + ": its bundle of " + layer.size() + " bytes is larger than the allowed " + Bundle.MAX_BYTES);
        }
        return layer;
    }

    private static void requireEmptyConfig(JsonObject config) throws InvalidInputException {
        config.allowOnly(Set.of("mediaType", "digest", "size", "artifactType", "data"));
        Descriptor named = Descriptor.parse(config);
        if (!named.mediaType().equals(EMPTY_CONFIG.mediaType())
                || !named.digest().equals(EMPTY_CONFIG.digest())
                || named.size() != EMPTY_CONFIG.size()) {
            throw config.error("digest", "a bundle's manifest has the empty config, " + EMPTY_CONFIG.digest());
        }
        if (!config.optionalString("data").orElse(EMPTY_DATA).equals(EMPTY_DATA)) {
            throw config.error("data", "is not the empty config");
        }
        if (!Bundle.TYPES.contains(named.artifactType().orElse(Bundle.TYPE))) {
            throw config.error("artifactType", "is not a bundle of version 0.3");
        }
    }

    private static Map<String, String> requireKnown(JsonObject holder, Set<String> names) throws InvalidInputException {
        Map<String, String> annotations = holder.stringMap("annotations");
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            if (!names.contains(annotation.getKey())) {
                throw holder.error(
                        "annotations",
                        "'" + annotation.getKey() + "' is not an annotation that a bundle's manifest may have");
            }
            int longest = LONGEST.get(annotation.getKey());
            if (annotation.getValue().length() > longest) {
                throw holder.error(
                        "annotations", annotation.getKey() + " has more than the allowed " + longest + " characters");
            }
        }
        return annotations;
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.ofNullable(text).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            return Optional.empty(); // a malformed time counts as absent
        }
    }
}
