package io.jenkins.plugins.airworthy.cli;

/** The earlier spelling of {@code --trust}, in commands that sign nothing. Help does not show it. */
final class OlderTrustOption extends Options {
    final Argument keys = repeated("--key", "NAME=FILE", "").hidden();
}
