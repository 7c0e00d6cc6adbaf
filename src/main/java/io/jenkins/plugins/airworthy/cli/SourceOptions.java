package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;

import java.util.Optional;

/** The source revision that a build claims; the signer vouches for it. */
final class SourceOptions extends Options {
    private final Argument repository = optional(
            "--source-repository",
            "URL",
            "For the provenance: the https URL of the source repository, without credentials.");

    private final Argument ref =
            optional("--source-ref", "REF", "For the provenance: the branch or tag, for example refs/heads/main.");

    private final Argument commit =
            optional("--source-commit", "COMMIT", "For the provenance: the commit, in hexadecimal.");

    Optional<Provenance.Source> source() throws InvalidInputException {
        if (!repository.given() && !ref.given() && !commit.given()) {
            return Optional.empty();
        }
        if (!repository.given() || !ref.given()) {
            throw new InvalidInputException(
                    "--source-repository and --source-ref belong together: give both or neither");
        }
        return Optional.of(Provenance.Source.of(repository.text(), ref.text(), commit.value()));
    }
}
