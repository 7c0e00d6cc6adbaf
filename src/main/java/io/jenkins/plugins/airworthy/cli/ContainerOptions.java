package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.build.ContainerSettings;
import io.jenkins.plugins.airworthy.build.NamedValues;

/** How a container of a new image starts; missing options are inherited from the base image. */
final class ContainerOptions extends Options {
    private final Argument entrypoint = repeated(
            "--entrypoint",
            "WORD",
            "One word of the program to start; repeat it for each. A single empty word: no entrypoint.");

    private final Argument command = repeated(
                    "--command", "WORD", "One argument for the entrypoint; repeat it for each.")
            .spelling("--cmd");

    private final Argument environment = repeated("--env", "NAME=VALUE", "An environment variable.");

    private final Argument labels =
            repeated("--label", "NAME=VALUE", "A label.").spelling("--labels");

    private final Argument user =
            optional("--user", "USER[:GROUP]", "The user in the container, preferably by number.");

    private final Argument ports = repeated("--port", "PORT[/udp]", "A port that the program listens on.")
            .spelling("--ports");

    private final Argument volumes = repeated("--volume", "PATH", "A folder that outlives the container.")
            .spelling("--volumes");

    private final Argument workingDirectory = optional("--workdir", "PATH", "The folder in which the program starts.");

    ContainerSettings settings() throws InvalidInputException {
        return new ContainerSettings(
                NamedValues.words(entrypoint.values()),
                NamedValues.words(command.values()),
                NamedValues.parse("--env", environment.values()),
                NamedValues.parse("--label", labels.values()),
                user.value(),
                ports.values(),
                volumes.values(),
                workingDirectory.value());
    }
}
