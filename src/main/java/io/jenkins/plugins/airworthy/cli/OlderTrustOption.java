package io.jenkins.plugins.airworthy.cli;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** The earlier spelling of {@code --trust}, in commands that sign nothing. Help does not show it. */
final class OlderTrustOption {
    @Option(names = "--key", paramLabel = "NAME=FILE", hidden = true)
    List<String> keys = new ArrayList<>();
}
