package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Provenance;
import picocli.CommandLine.Option;

import java.util.Optional;

/** The source revision that a build claims; the signer vouches for it. */
final class SourceOptions {
    @Option(
            names = "--source-repository",
            paramLabel = "URL",
            description = "For the provenance: the https URL of the source repository, without credentials.")
    Optional<String> repository = Optional.empty();

    @Option(
            names = "--source-ref",
            paramLabel = "REF",
            description = "For the provenance: the branch or tag, for example refs/heads/main.")
    Optional<String> ref = Optional.empty();

    @Option(
            names = "--source-commit",
            paramLabel = "COMMIT",
            description = "For the provenance: the commit, in hexadecimal.")
    Optional<String> commit = Optional.empty();

    Optional<Provenance.Source> source() throws InvalidInputException {
        if (repository.isEmpty() && ref.isEmpty() && commit.isEmpty()) {
            return Optional.empty();
        }
        if (repository.isEmpty() || ref.isEmpty()) {
            throw new InvalidInputException(
                    "--source-repository and --source-ref belong together: give both or neither");
        }
        return Optional.of(Provenance.Source.of(repository.get(), ref.get(), commit));
    }
}
