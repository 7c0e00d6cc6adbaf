package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.Utf8;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the output file of a builder, whose form its content tells. Refuses everything else, and quotes nothing of it: a job may
 * name any file of its workspace.
 */
public final class OutputReader {
    /** The largest file that is read, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** What a file may be, for messages. */
    static final String FORMS = "a digest (sha256: and 64 lower-case digits), lines of HOST/REPO[:TAG]@sha256:…,"
            + " the metadata file of docker buildx or buildctl, jib-image.json, or report.toml of pack";

    private OutputReader() {}

    /**
     * Reads the content.
     *
     * @param what the file, for messages
     */
    public static BuilderOutput read(byte[] bytes, String what) throws InvalidInputException {
        String text = Utf8.decode(bytes, what);
        if (text.isBlank()) {
            throw new InvalidInputException(what + " is empty: the builder wrote nothing; look at its own log");
        }
        if (text.indexOf('\r') >= 0) {
            throw new InvalidInputException(
                    what + " has line ends of Windows (CR LF), which no builder writes: name the"
                            + " file as the builder wrote it");
        }
        char first = text.charAt(0);
        if (first == '{') {
            return MetadataReader.read(bytes, what);
        }
        return first == '[' || first == '#' ? PackReport.read(text, what) : lines(text, what);
    }

    private static BuilderOutput lines(String text, String what) throws InvalidInputException {
        List<String> lines = text.lines().toList();
        Optional<Digest> only = lines.size() == 1 ? digest(lines.get(0)) : Optional.empty();
        if (only.isPresent()) {
            return BuilderOutput.of(only.get());
        }
        if (lines.size() > BuilderOutput.MAX_IMAGES) {
            throw tooMany(what);
        }
        List<RegistryReference> images = new ArrayList<>();
        for (String line : lines) {
            images.add(reference(line)
                    .filter(image -> image.digest().isPresent())
                    .orElseThrow(() -> new InvalidInputException(what + ", line " + (images.size() + 1)
                            + ": is nothing that a builder writes about an image; expected is " + FORMS)));
        }
        return new BuilderOutput(OutputForm.REFERENCES, Optional.empty(), images, List.of());
    }

    /** Empty if it is not one: the reason would quote the text. */
    static Optional<Digest> digest(String text) {
        try {
            return Optional.of(Digest.parse(text));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    /** Empty if it does not name an image in a registry: the reason would quote the text. */
    static Optional<RegistryReference> reference(String text) {
        try {
            return ImageReference.parse(text) instanceof RegistryReference image
                    ? Optional.of(image)
                    : Optional.empty();
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    /**
     * The images that a document names by their tags, all with one digest.
     *
     * @param where in the document, for messages
     */
    static List<RegistryReference> tagged(List<String> names, Digest digest, String where)
            throws InvalidInputException {
        if (names.size() > BuilderOutput.MAX_IMAGES) {
            throw tooMany(where);
        }
        List<RegistryReference> images = new ArrayList<>();
        for (String name : names) {
            RegistryReference image = reference(name.trim())
                    .filter(named -> named.digest().map(digest::equals).orElse(true))
                    .orElseThrow(() -> new InvalidInputException(
                            where + ": has a name that is not an image in a registry, or has another digest"));
            images.add(new RegistryReference(image.host(), image.path(), image.tag(), Optional.of(digest)));
        }
        return images;
    }

    static InvalidInputException tooMany(String what) {
        return new InvalidInputException(
                what + ": names more than the allowed " + BuilderOutput.MAX_IMAGES + " images");
    }
}
