package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The programs that can be driven, in the order in which they are looked for. */
public enum BuilderKind {
    /** <a href="https://github.com/containers/buildah">buildah</a>, 1.28 or newer. */
    BUILDAH,
    /** <a href="https://github.com/docker/buildx">buildx</a> as a program of its own. */
    BUILDX,
    /** The client of <a href="https://github.com/moby/buildkit">BuildKit</a>. */
    BUILDCTL,
    /** Docker, with its plugin buildx. */
    DOCKER;

    /** The names that its program may have. */
    List<String> programs() {
        return this == BUILDX ? List.of("docker-buildx", "buildx") : List.of(toString());
    }

    /** Reads the argument of a job or of a command; empty text means the first one that is found. */
    public static Optional<BuilderKind> parse(String word) throws InvalidInputException {
        for (BuilderKind kind : values()) {
            if (kind.toString().equals(word)) {
                return Optional.of(kind);
            }
        }
        if (word.isEmpty()) {
            return Optional.empty();
        }
        throw new InvalidInputException("'" + word + "' is no builder: expected one of " + words());
    }

    static String words() {
        return Arrays.stream(values()).map(BuilderKind::toString).collect(Collectors.joining(", "));
    }

    /** As arguments and provenance write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
