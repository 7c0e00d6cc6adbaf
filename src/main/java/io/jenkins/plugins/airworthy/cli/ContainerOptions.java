package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.build.ContainerSettings;
import io.jenkins.plugins.airworthy.build.NamedValues;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a container of a new image starts; missing options are inherited from the base image. */
final class ContainerOptions {
    @Option(
            names = "--entrypoint",
            paramLabel = "WORD",
            description = "One word of the program to start; repeat it for each. A single empty word: no entrypoint.")
    List<String> entrypoint = new ArrayList<>();

    @Option(
            names = "--command",
            paramLabel = "WORD",
            description = "One argument for the entrypoint; repeat it for each.")
    List<String> command = new ArrayList<>();

    @Option(names = "--env", paramLabel = "NAME=VALUE", description = "An environment variable.")
    List<String> environment = new ArrayList<>();

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "A label.")
    List<String> labels = new ArrayList<>();

    @Option(
            names = "--user",
            paramLabel = "USER[:GROUP]",
            description = "The user in the container, preferably by number.")
    Optional<String> user = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT[/udp]", description = "A port that the program listens on.")
    List<String> ports = new ArrayList<>();

    @Option(names = "--volume", paramLabel = "PATH", description = "A folder that outlives the container.")
    List<String> volumes = new ArrayList<>();

    @Option(names = "--workdir", paramLabel = "PATH", description = "The folder in which the program starts.")
    Optional<String> workingDirectory = Optional.empty();

    ContainerSettings settings() throws InvalidInputException {
        return new ContainerSettings(
                NamedValues.words(entrypoint),
                NamedValues.words(command),
                NamedValues.parse("--env", environment),
                NamedValues.parse("--label", labels),
                user,
                ports,
                volumes,
                workingDirectory);
    }
}
