package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.util.List;

/**
 * That an entry is about an image, or about statements on it.
 *
 * @param reason what fits, or why it counts as affected although that is not known
 * @param known false if the image counts as affected only because nothing says that it is not
 * @param evidence the statements that are not believed any more; empty if the image itself is recalled
 */
public record RecallHit(Recall recall, String reason, boolean known, List<VerifiedEvidence> evidence) {
    public RecallHit {
        evidence = List.copyOf(evidence);
    }

    /** Whether the image itself is recalled. */
    public boolean isOfImage() {
        return evidence.isEmpty();
    }

    /** For people, with the id and the first line of the story. */
    public String text() {
        return recall.id() + " (" + recall.firstLine() + "): " + reason;
    }
}
