package io.jenkins.plugins.airworthy.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was built from what, and by whom (SLSA provenance, version 1).
 *
 * @param source the revision of the build's own definition; absent when the builder does not know one
 * @param base the image this one was put on; absent for an image from scratch
 * @param dependencies every resolved dependency, source and base included, in the order they were written
 */
public record Provenance(
        String buildType,
        String builderId,
        Optional<Source> source,
        Optional<Base> base,
        List<Dependency> dependencies,
        Optional<String> invocationId,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {
    public Provenance {
        dependencies = List.copyOf(dependencies);
    }

    /**
     * A revision of source code.
     *
     * @param repository an https URL without credentials
     * @param ref for example {@code refs/heads/main}
     * @param commit hexadecimal; absent when unknown
     */
    public record Source(String repository, String ref, Optional<String> commit) {}

    /** The reference that was asked for and the digest that it had. */
    public record Base(String reference, String digest) {}

    /** A resource descriptor: a URI and one digest, by algorithm name and hexadecimal value. */
    public record Dependency(String uri, Optional<String> algorithm, Optional<String> value) {}
}
