package io.jenkins.plugins.airworthy.testing.files;

/** What a path in an image leads to. */
public sealed interface Lookup {
    /** A file, directory, link or device. */
    record Found(ImageFile file) implements Lookup {}

    /** Nothing. */
    record Absent(String reason) implements Lookup {}

    /** Neither: the path cannot be followed to its end, so nothing may be concluded from it. */
    record Unreachable(String reason) implements Lookup {}
}
