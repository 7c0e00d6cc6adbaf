package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.build.dockerfile.BuildOptions;
import io.jenkins.plugins.airworthy.build.dockerfile.BuilderKind;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.util.List;

/**
 * A job's request to build a Dockerfile, as the job wrote it. The values of build arguments are never shown.
 *
 * @param dockerfile its path in the workspace
 * @param context the folder of the files; empty for the workspace
 * @param buildArgs each {@code NAME=VALUE}
 * @param target the stage to build; empty for the last
 * @param builder its kind; empty for the first that is found
 */
public record DockerfileInstructions(
        String dockerfile,
        String context,
        List<String> buildArgs,
        String target,
        List<String> platforms,
        List<String> cacheFrom,
        List<String> cacheTo,
        String builder) {
    /** How many characters a path may have. */
    private static final int MAX_PATH = 1_000;

    public DockerfileInstructions {
        buildArgs = List.copyOf(buildArgs);
        platforms = List.copyOf(platforms);
        cacheFrom = List.copyOf(cacheFrom);
        cacheTo = List.copyOf(cacheTo);
    }

    /** What the builder is told, checked without access to files. */
    BuildOptions options(RegistryReference to) throws InvalidInputException {
        path("dockerfile", dockerfile);
        path("context", context);
        BuilderKind.parse(builder);
        return BuildOptions.of(target, platforms, buildArgs, cacheFrom, cacheTo, to);
    }

    private static void path(String what, String path) throws InvalidInputException {
        if (path.length() > MAX_PATH || !AirworthyException.oneLine(path).equals(path)) {
            throw new InvalidInputException(
                    what + " is too long, or has control characters: name a path in the workspace");
        }
    }

    @Override
    public String toString() {
        return "request to build " + dockerfile;
    }
}
