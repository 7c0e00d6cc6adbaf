package io.jenkins.plugins.airworthy.evidence.provenance;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Provenance of any builder in one form, as rules judge it. Every text is empty when it is not known; nothing is guessed. What the
 * certificate of the signer says of the build comes first, and a predicate that contradicts it is refused.
 *
 * @param builder the id of the builder, or the build's definition that the certificate names as signer
 * @param entryPoint what was started, such as the path of a workflow in the source
 * @param invocation the run, in the form of its builder
 * @param dependencies in the order of the predicate, at most {@value Provenance#MAX_DEPENDENCIES}
 * @param base see {@link Provenance#base()}
 * @param claimed the members of this view that are known and that only the build said. Empty if a key signed, since its owner
 *     answers for all of them
 */
public record ProvenanceView(
        String builder,
        String buildType,
        Source source,
        String entryPoint,
        String invocation,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        List<Dependency> dependencies,
        Optional<Provenance.Base> base,
        List<String> claimed) {
    public ProvenanceView {
        dependencies = List.copyOf(dependencies);
        claimed = List.copyOf(claimed);
    }

    /**
     * A revision of source code.
     *
     * @param repository a URL without user, query, fragment and {@code .git}
     * @param ref begins with {@code refs/}; {@code HEAD} only where a build type of ours says so
     * @param commit 40 or 64 hexadecimal digits
     */
    public record Source(String repository, String ref, String commit) {
        static final Source UNKNOWN = new Source("", "", "");

        public boolean isKnown() {
            return !repository.isEmpty();
        }
    }

    /**
     * Something that the build used.
     *
     * @param digest {@code sha256:} or {@code gitCommit:} and digits; empty if it has neither
     */
    public record Dependency(String uri, String digest) {}

    /** Reads provenance with what is known of its signer. */
    public static ProvenanceView of(VerifiedEvidence evidence) throws InvalidInputException {
        return of(evidence.statement(), evidence.signer());
    }

    static ProvenanceView of(Statement statement, Signer signer) throws InvalidInputException {
        SaidProvenance said =
                switch (statement.predicateType()) {
                    case PredicateTypes.PROVENANCE -> SaidProvenance.ofV1(statement.predicateObject());
                    case PredicateTypes.PROVENANCE_V0_2 -> SaidProvenance.ofV02(statement.predicateObject());
                    default ->
                        throw new InvalidInputException(
                                "'" + statement.predicateType() + "' is not SLSA provenance of version 0.2 or 1");
                };
        return signer instanceof Signer.Identity identity
                ? CertifiedBuild.complete(said, identity, statement.predicateObject())
                : said.view(List.of());
    }

    /** See {@link Provenance#tellsBase()}. */
    public boolean tellsBase() {
        return Provenance.tellsBase(buildType);
    }

    /** See {@link Provenance#isAdopted()}. */
    public boolean isAdopted() {
        return Provenance.isAdopted(buildType);
    }
}
