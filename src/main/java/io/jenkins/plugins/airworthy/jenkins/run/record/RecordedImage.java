package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An image as a run knows it: one repository, one digest.
 *
 * @param reference as it was built or asked for
 * @param sightings when and where the run built, adopted or looked at it, oldest first
 * @param statements the run's statements about it, oldest first
 * @param signatures what was signed and attached, oldest first
 */
public record RecordedImage(
        ImageReference reference,
        Digest digest,
        List<Sighting> sightings,
        List<PendingStatement> statements,
        List<SignatureEntry> signatures) {
    public RecordedImage {
        sightings = List.copyOf(sightings);
        statements = List.copyOf(statements);
        signatures = List.copyOf(signatures);
    }

    /** Whether this run built it, as the controller checked. */
    public boolean built() {
        return sightings.stream().anyMatch(Sighting::isBuilt);
    }

    /** Whether this run adopted it: another program built it, and that it did so in this run only the run says. */
    public boolean adopted() {
        return sightings.stream().anyMatch(Sighting::isAdopted);
    }

    /** Whether this run built or adopted it; otherwise its steps only looked at it. */
    public boolean made() {
        return sightings.stream().anyMatch(Sighting::isMade);
    }

    /** The kinds that a key must accept for it: those of the run, and that it was adopted. */
    public Set<RunKind> kinds(Set<RunKind> ofRun) {
        Set<RunKind> kinds = new HashSet<>(ofRun);
        if (adopted()) {
            kinds.add(RunKind.ADOPTED);
        }
        return kinds;
    }

    /** Its reference by digest only. */
    public ImageReference pinned() {
        return reference.at(digest);
    }

    /** Advice about statements that its run has not signed, to explain missing evidence. */
    public Optional<String> advice() {
        if (made() && signatures.isEmpty()) {
            return Optional.of(
                    "imageSign was not called for this image in this run: call it before the image is judged");
        }
        int missing = unsigned().size();
        return missing == 0
                ? Optional.empty()
                : Optional.of(Count.of(missing, "statement") + " that this run made about the image "
                        + (missing == 1 ? "is" : "are")
                        + " not signed: call imageSign after the last imageTest and imageScan");
    }

    /** The statements that no signature covers yet. */
    public List<PendingStatement> unsigned() {
        return statements.stream()
                .filter(statement ->
                        signatures.stream().noneMatch(made -> made.payload().equals(statement.payload())))
                .toList();
    }
}
