package io.jenkins.plugins.airworthy.sign.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The OCI manifest of a version of a document. It follows from the document alone, so that its digest is known before it is
 * published; and it names the manifest of the version before, so that the versions are a chain that can be followed without their
 * content.
 */
final class DocumentManifest {
    /** The artifact type of all documents. */
    static final String ARTIFACT_TYPE = "application/vnd.jenkins.airworthy.document.v1";

    /** The media type of their content. */
    static final String CONTENT_TYPE = "application/yaml";

    /** The tag that every version takes over from the one before. */
    static final String CURRENT = "current";

    private static final String ANNOTATION = "io.jenkins.plugins.airworthy/document.";
    private static final String KIND = ANNOTATION + "kind";
    private static final String NAME = ANNOTATION + "name";
    private static final String VERSION = ANNOTATION + "version";
    private static final String PREVIOUS = ANNOTATION + "previous";

    static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    private DocumentManifest() {}

    /** The tag of one version, which is never moved. */
    static String tag(long version) {
        return "v" + version;
    }

    static Manifest of(DocumentHead head, Descriptor content) throws InvalidInputException {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.OCI_MANIFEST);
        json.put("artifactType", ARTIFACT_TYPE);
        json.set("config", Descriptor.of(MediaTypes.OCI_EMPTY, EMPTY).toJson());
        json.putArray("layers").add(content.toJson());
        ObjectNode notes = json.putObject("annotations");
        notes.put(Descriptor.CREATED, head.issued().toString());
        notes.put(KIND, head.kind()).put(NAME, head.name()).put(VERSION, Long.toString(head.version()));
        head.previous().ifPresent(digest -> notes.put(PREVIOUS, digest.toString()));
        return Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(json));
    }

    /** The content of a manifest; refuses a manifest that is not one of a document. */
    static Descriptor content(Manifest manifest, String where) throws InvalidInputException {
        if (!(manifest instanceof ImageManifest image)
                || !image.artifactType().equals(Optional.of(ARTIFACT_TYPE))
                || image.layers().size() != 1
                || !image.layers().get(0).mediaType().equals(CONTENT_TYPE)) {
            throw new InvalidInputException(where + ": is not a published document: expected one manifest of the type "
                    + ARTIFACT_TYPE + " with one layer of " + CONTENT_TYPE);
        }
        return image.layers().get(0);
    }

    /** The manifest of the version before; refuses a manifest of another document, or of another version than asked for. */
    static Optional<Digest> previous(Manifest manifest, DocumentHead newer, long version, String where)
            throws InvalidInputException {
        content(manifest, where);
        Map<String, String> notes = manifest.annotations();
        if (!newer.kind().equals(notes.get(KIND))
                || !newer.name().equals(notes.get(NAME))
                || !Long.toString(version).equals(notes.get(VERSION))) {
            throw new InvalidInputException(where + ": is not version " + version + " of " + newer.kind() + " '"
                    + newer.name() + "', and a later version names it as that");
        }
        String previous = notes.get(PREVIOUS);
        return previous == null ? Optional.empty() : Optional.of(Digest.parse(previous));
    }
}
