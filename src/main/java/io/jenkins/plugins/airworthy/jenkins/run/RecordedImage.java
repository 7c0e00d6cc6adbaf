package io.jenkins.plugins.airworthy.jenkins.run;

import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageReference;

import java.util.List;

/**
 * An image as a run knows it: one repository, one digest.
 *
 * @param reference as it was built or asked for
 * @param built whether this very run built it; otherwise its steps only looked at it
 * @param statements what the run found out about it, oldest first
 * @param signatures what was signed and attached, oldest first
 */
public record RecordedImage(
        ImageReference reference,
        Digest digest,
        boolean built,
        List<PendingStatement> statements,
        List<MadeSignature> signatures) {
    public RecordedImage {
        statements = List.copyOf(statements);
        signatures = List.copyOf(signatures);
    }

    /** Where it is, by digest alone. */
    public ImageReference pinned() {
        return reference.at(digest);
    }

    /** The statements that no signature covers yet. */
    public List<PendingStatement> unsigned() {
        return statements.stream()
                .filter(statement ->
                        signatures.stream().noneMatch(made -> made.payload().equals(statement.payload())))
                .toList();
    }
}
