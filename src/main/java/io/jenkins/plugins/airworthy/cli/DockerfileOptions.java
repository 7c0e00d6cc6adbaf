package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.build.adopt.AdoptedImage;
import io.jenkins.plugins.airworthy.build.adopt.Adoption;
import io.jenkins.plugins.airworthy.build.dockerfile.BuildOptions;
import io.jenkins.plugins.airworthy.build.dockerfile.BuildPlan;
import io.jenkins.plugins.airworthy.build.dockerfile.BuilderKind;
import io.jenkins.plugins.airworthy.build.dockerfile.BuilderProgram;
import io.jenkins.plugins.airworthy.build.dockerfile.BuilderSession;
import io.jenkins.plugins.airworthy.build.dockerfile.Dockerfile;
import io.jenkins.plugins.airworthy.build.dockerfile.DockerfileBuild;
import io.jenkins.plugins.airworthy.build.dockerfile.DockerfileFile;
import io.jenkins.plugins.airworthy.build.dockerfile.PinnedImages;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code build} can be told of a Dockerfile, and the build of it. */
final class DockerfileOptions extends Options {
    private final Argument dockerfile = optional(
            "--dockerfile",
            "FILE",
            "Let buildah, BuildKit or Docker build this Dockerfile, and not the files of --file.");

    private final Argument context = optional(
            "--context", "FOLDER", "The folder whose files the Dockerfile can copy; default: the current one.");

    private final Argument target =
            optional("--target", "STAGE", "The stage of the Dockerfile to build; default: the last.");

    private final Argument arguments = repeated(
                    "--build-arg",
                    "NAME[=VALUE]",
                    "A build argument; without a value, it is that of the environment variable of this name.")
            .spelling("--build-args");

    private final Argument cacheFrom = repeated(
            "--cache-from", "REPO", "A repository in the image's registry whose layers the build may use again.");

    private final Argument cacheTo =
            repeated("--cache-to", "REPO", "A repository in the image's registry in which the build keeps its layers.");

    private final Argument builder = optional(
            "--builder", "KIND", "The builder: buildah, buildx, buildctl or docker; default: the first that is found.");

    private final Argument program = optional(
            "--builder-path",
            "FILE",
            "The builder's program; default: the first on PATH that only root and you can write to.");

    /** Whether a Dockerfile is to be built. Refuses options that make no sense without it. */
    boolean given() throws InvalidInputException {
        for (Argument argument : arguments()) {
            if (!dockerfile.given() && !argument.values().isEmpty()) {
                throw new InvalidInputException(
                        argument.name() + " is for a Dockerfile, and none is named: add --dockerfile FILE");
            }
        }
        return dockerfile.given();
    }

    /** Builds it. */
    DockerfileBuild build(
            ImageReference to,
            List<String> platforms,
            RegistryStores registries,
            CommandEnvironment environment,
            Progress progress)
            throws AirworthyException, InterruptedException {
        if (!(to instanceof RegistryReference registry)) {
            throw new InvalidInputException("--to '" + to + "' is in no registry, where a builder pushes to");
        }
        registry.newTag();
        BuildOptions options = BuildOptions.of(
                target.value().orElse(""),
                platforms,
                named(environment),
                cacheFrom.values(),
                cacheTo.values(),
                registry);
        byte[] bytes = DockerfileFile.read(
                InputFile.of("--dockerfile", dockerfile.text()).path(), dockerfile.text());
        Dockerfile read = Dockerfile.parse(bytes, options.arguments());
        BuilderProgram found = BuilderProgram.find(
                BuilderKind.parse(builder.value().orElse("")),
                program.given()
                        ? List.of(InputFile.of("--builder-path", program.text())
                                .path()
                                .toAbsolutePath()
                                .toString())
                        : List.of(),
                environment.variable("PATH").orElse(""),
                List.of());
        Path folder = folder();
        Map<RegistryReference, RegistryReference> images = PinnedImages.resolve(read, options, registries, progress);
        BuildPlan plan = BuildPlan.of(read, images, registry, options);
        Instant started = environment.clock().instant();
        BuilderSession.Built built =
                BuilderSession.build(found, plan, folder, registries, environment.variables(), progress);
        try (ImageStore store = registries.open(registry)) {
            AdoptedImage image = Adoption.of(store, registry, built.output());
            return new DockerfileBuild(
                    read,
                    dockerfile.text(),
                    context.value().orElse("."),
                    options,
                    images,
                    found.kind(),
                    built.version(),
                    image,
                    started,
                    environment.clock().instant());
        }
    }

    private Path folder() throws InvalidInputException {
        Path folder = InputFile.of("--context", context.value().orElse(".")).path();
        try {
            Path real = folder.toRealPath();
            if (Files.isDirectory(real)) {
                return real;
            }
        } catch (IOException e) {
            throw new InvalidInputException("--context: there is no folder " + folder, e);
        }
        throw new InvalidInputException("--context: " + folder + " is no folder");
    }

    private List<String> named(CommandEnvironment environment) throws InvalidInputException {
        List<String> named = new ArrayList<>();
        for (String argument : arguments.values()) {
            Optional<String> value = argument.contains("=") ? Optional.of("") : environment.variable(argument);
            if (value.isEmpty()) {
                throw new InvalidInputException("--build-arg: there is no environment variable '" + argument
                        + "': set it, or write NAME=VALUE");
            }
            named.add(argument.contains("=") ? argument : argument + "=" + value.get());
        }
        return named;
    }
}
