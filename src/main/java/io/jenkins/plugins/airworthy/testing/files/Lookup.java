package io.jenkins.plugins.airworthy.testing.files;

/** The result of looking up a path in an image. */
public sealed interface Lookup {
    /** A file, directory, link or device. */
    record Found(ImageFile file) implements Lookup {}

    /** Nothing exists there. */
    record Absent(String reason) implements Lookup {}

    /** The path cannot be followed to its end, so whether something exists there is unknown. */
    record Unreachable(String reason) implements Lookup {}
}
