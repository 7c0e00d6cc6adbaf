package io.jenkins.plugins.airworthy.evidence.provenance;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.CertificateExtension;
import io.jenkins.plugins.airworthy.evidence.Signer;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts what a certificate says of a build before what the build said in its predicate, where both must agree. Any step of a build can
 * have a predicate signed in the build's name; the extensions are the word of the platform that ran it. A source that only the
 * predicate names is not known. Only a build type of ours is believed as it is where the certificate does not name a repository: there
 * the identity is that of a job, and the builder the controller that had it signed.
 */
final class CertifiedBuild {
    private static final String REF_FOLLOWS = "@refs/";
    private static final String WORKFLOWS = "/.github/workflows/";

    private final Signer.Identity identity;
    private final JsonObject predicate;
    private final List<String> claimed = new ArrayList<>();

    private CertifiedBuild(Signer.Identity identity, JsonObject predicate) {
        this.identity = identity;
        this.predicate = predicate;
    }

    static ProvenanceView complete(SaidProvenance said, Signer.Identity identity, JsonObject predicate)
            throws InvalidInputException {
        CertifiedBuild build = new CertifiedBuild(identity, predicate);
        boolean ours = Provenance.OWN_BUILD_TYPES.contains(said.buildType());
        boolean tells = identity.extensions().containsKey(CertificateExtension.SOURCE_REPOSITORY)
                || (!ours && identity.extensions().containsKey(CertificateExtension.BUILD_SIGNER));
        return tells ? build.view(said) : build.claimed(said);
    }

    /** All of it is what the build said. */
    private ProvenanceView claimed(SaidProvenance said) {
        claims("builder", !said.builder().isEmpty());
        ProvenanceView.Source source = said.origin().source();
        claims("source.repository", source.isKnown());
        claims("source.ref", !source.ref().isEmpty());
        claims("source.commit", !source.commit().isEmpty());
        claims("entryPoint", !said.origin().entryPoint().isEmpty());
        claims("invocation", !said.invocation().isEmpty());
        claimsOthers(said);
        return said.view(claimed);
    }

    private void claimsOthers(SaidProvenance said) {
        claims("startedAt", said.startedAt().isPresent());
        claims("finishedAt", said.finishedAt().isPresent());
        claims("dependencies", !said.dependencies().isEmpty());
    }

    private ProvenanceView view(SaidProvenance said) throws InvalidInputException {
        String builder = builder(said.builder());
        ProvenanceView.Source source = source(said.origin().source());
        String entryPoint = entryPoint(said.origin(), source.repository());
        String invocation = invocation(said.invocation());
        claimsOthers(said);
        return new ProvenanceView(
                builder,
                said.buildType(),
                source,
                entryPoint,
                invocation,
                said.startedAt(),
                said.finishedAt(),
                said.dependencies(),
                said.base(),
                claimed);
    }

    /** The build that signed. A builder that is not a workflow, such as a machine or a run, is replaced by it. */
    private String builder(String said) throws InvalidInputException {
        String signer = certified(CertificateExtension.BUILD_SIGNER);
        return agreed("builder", signer.isEmpty() || said.contains(WORKFLOWS) ? said : "", signer);
    }

    private ProvenanceView.Source source(ProvenanceView.Source said) throws InvalidInputException {
        String repository = GitUri.repository(certified(CertificateExtension.SOURCE_REPOSITORY));
        String ref = GitUri.ref(certified(CertificateExtension.SOURCE_REF));
        String commit = GitUri.commit(certified(CertificateExtension.SOURCE_COMMIT));
        String saidRef = said.ref().startsWith("refs/") ? said.ref() : "";
        agreed("source.repository", said.repository(), repository);
        agreed("source.ref", saidRef, ref);
        agreed("source.commit", said.commit(), commit);
        claimed.removeIf(name -> name.startsWith("source."));
        return repository.isEmpty()
                ? ProvenanceView.Source.UNKNOWN
                : new ProvenanceView.Source(repository, ref, commit);
    }

    /** The path of a workflow in the repository, where both name one; other entry points are something else than it. */
    private String entryPoint(BuildOrigin said, String repository) throws InvalidInputException {
        String config = certified(CertificateExtension.BUILD_CONFIG);
        int end = config.indexOf(REF_FOLLOWS);
        if (repository.isEmpty() || end < 0 || !config.startsWith(repository + "/")) {
            return config.isEmpty() ? agreed("entryPoint", said.entryPoint(), "") : config;
        }
        String path = config.substring(repository.length(), end).replaceFirst("^/+", "");
        return agreed("entryPoint", said.isWorkflow() ? said.entryPoint() : "", path);
    }

    /** A run by its address. Other tools number what they do within the run, which says nothing against it. */
    private String invocation(String said) throws InvalidInputException {
        String run = certified(CertificateExtension.RUN_INVOCATION);
        return agreed("invocation", run.isEmpty() || said.startsWith("https://") ? said : "", run);
    }

    private String agreed(String member, String said, String certified) throws InvalidInputException {
        if (certified.isEmpty()) {
            claims(member, !said.isEmpty());
            return said;
        }
        if (!said.isEmpty() && !said.equals(certified)) {
            throw predicate.error(
                    member, "'" + said + "' contradicts the certificate of the signer, which says '" + certified + "'");
        }
        return certified;
    }

    private void claims(String member, boolean known) {
        if (known) {
            claimed.add(member);
        }
    }

    private String certified(CertificateExtension extension) {
        return identity.extension(extension).orElse("");
    }
}
