package io.jenkins.plugins.airworthy.image.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A reference to content: media type, digest and size in bytes
 * (<a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md">OCI content descriptor</a>).
 *
 * @param artifactType the type from a registry's list of referrers; an untrusted hint
 * @param annotations the annotations; in a list of referrers untrusted hints too
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        Optional<String> artifactType,
        Map<String, String> annotations,
        Optional<Platform> platform) {
    /** When something was attached (OCI image specification, annotations.md). */
    public static final String CREATED = "org.opencontainers.image.created";
    /** What the statement in a bundle is (cosign's bundle specification). */
    public static final String BUNDLED_TYPE = "dev.sigstore.bundle.predicateType";

    /** Maximum length of the artefact type or an annotation in a list entry; a media type is not longer (RFC 6838). */
    private static final int MAX_LISTED_TEXT = 255;

    private static final List<String> LISTED_ANNOTATIONS = List.of(BUNDLED_TYPE, CREATED);

    /** RFC 6838, section 4.2. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");

    private static final Set<String> MEMBERS =
            Set.of("mediaType", "digest", "size", "urls", "annotations", "data", "artifactType", "platform");
    private static final Set<String> PLATFORM_MEMBERS =
            Set.of("os", "architecture", "variant", "os.version", "os.features");

    public Descriptor {
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        if (size < 0) {
            throw new IllegalArgumentException("negative size");
        }
    }

    public Descriptor(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, Optional.empty(), Map.of(), Optional.empty());
    }

    /** Creates the descriptor of these bytes. */
    public static Descriptor of(String mediaType, byte[] content) {
        return new Descriptor(mediaType, Digest.of(content), content.length);
    }

    public static Descriptor parse(JsonObject json) throws InvalidInputException {
        json.refuseLookalikes(MEMBERS);
        Optional<Platform> platform = Optional.empty();
        Optional<JsonObject> written = json.optionalObject("platform");
        if (written.isPresent()) {
            written.get().refuseLookalikes(PLATFORM_MEMBERS);
            platform = Optional.of(Platform.of(
                    written.get().string("os"),
                    written.get().string("architecture"),
                    written.get().optionalString("variant").filter(v -> !v.isEmpty())));
        }
        String mediaType = json.string("mediaType");
        if (!MEDIA_TYPE.matcher(mediaType).matches()) {
            throw json.error("mediaType", "'" + mediaType + "' is not a media type");
        }
        return new Descriptor(
                mediaType,
                Digest.member(json, "digest"),
                json.count("size"),
                json.optionalString("artifactType"),
                json.stringMap("annotations"),
                platform);
    }

    /**
     * Returns the descriptor of a referrer without an invalid type, and with only the short annotations that say
     * whether evidence must be fetched. The others are not needed, and could take very much memory.
     */
    public Descriptor asListed() {
        Optional<String> type = artifactType.filter(text -> text.length() <= MAX_LISTED_TEXT);
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : LISTED_ANNOTATIONS) {
            String text = annotations.get(name);
            if (text != null && text.length() <= MAX_LISTED_TEXT) {
                kept.put(name, text);
            }
        }
        return new Descriptor(mediaType, digest, size, type, kept, Optional.empty());
    }

    public Descriptor with(Platform where) {
        return new Descriptor(mediaType, digest, size, artifactType, annotations, Optional.of(where));
    }

    /** Written out for the same reason as {@link Digest#equals}. */
    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    public ObjectNode toJson() {
        ObjectNode json = StrictJson.object();
        json.put("mediaType", mediaType).put("digest", digest.toString()).put("size", size);
        platform.ifPresent(p -> {
            ObjectNode where = json.putObject("platform");
            where.put("architecture", p.architecture()).put("os", p.os());
            p.variant().ifPresent(v -> where.put("variant", v));
        });
        artifactType.ifPresent(type -> json.put("artifactType", type));
        if (!annotations.isEmpty()) {
            ObjectNode notes = json.putObject("annotations");
            annotations.forEach(notes::put);
        }
        return json;
    }
}
