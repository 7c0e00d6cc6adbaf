package io.jenkins.plugins.airworthy.image.name;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image in an OCI image layout folder: {@code oci:folder:tag}, {@code oci:folder@sha256:…} or both. The folder may
 * not contain a colon or an at sign, so that a reference is read in one way only (a Windows drive letter is the exception).
 */
public record LayoutReference(Path folder, Optional<String> tag, Optional<Digest> digest) implements ImageReference {

    public LayoutReference {
        if (tag.isPresent() && !ImageReference.TAG.matcher(tag.get()).matches()) {
            throw new IllegalArgumentException("not a tag");
        }
    }

    static LayoutReference parse(String text) throws InvalidInputException {
        if (!AirworthyException.oneLine(text).equals(text)) {
            throw new InvalidInputException("'" + text + "' contains invisible characters");
        }
        String rest = text.substring(LAYOUT_PREFIX.length());
        Optional<Digest> digest = Optional.empty();
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(Digest.parse(rest.substring(at + 1)));
            rest = rest.substring(0, at);
        }
        Optional<String> tag = Optional.empty();
        boolean drive = rest.matches("[A-Za-z]:[\\\\/].*");
        int colon = rest.indexOf(':', drive ? 2 : 0);
        if (colon >= 0) {
            tag = Optional.of(ImageReference.requireTag(rest.substring(colon + 1), text));
            rest = rest.substring(0, colon);
        }
        if (rest.isBlank()) {
            throw new InvalidInputException("'" + text + "' names no folder: expected oci:folder:tag");
        }
        try {
            return new LayoutReference(Path.of(rest), tag, digest);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("'" + text + "' names no folder that can exist", e);
        }
    }

    @Override
    public String repository() {
        return LAYOUT_PREFIX + folder;
    }

    @Override
    public LayoutReference at(Digest other) {
        return new LayoutReference(folder, Optional.empty(), Optional.of(other));
    }

    @Override
    public LayoutReference tagged(String other) throws InvalidInputException {
        return new LayoutReference(
                folder, Optional.of(ImageReference.requireTag(other, repository() + ":" + other)), Optional.empty());
    }

    @Override
    public String toString() {
        return repository() + ImageReference.suffix(tag, digest);
    }
}
