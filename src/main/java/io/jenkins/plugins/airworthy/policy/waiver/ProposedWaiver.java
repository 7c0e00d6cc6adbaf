package io.jenkins.plugins.airworthy.policy.waiver;

import java.util.List;
import java.util.Optional;

/**
 * A waiver that somebody else's document suggests. It has no end and nobody who answers for it, so it is none yet.
 *
 * @param packageUrl without qualifiers
 * @param image a repository or a pattern
 * @param reason what the document says, on one line
 * @param notes what a person should know before accepting it
 */
public record ProposedWaiver(
        String vulnerability,
        String packageUrl,
        String image,
        Optional<VexJustification> justification,
        String reason,
        List<String> notes) {
    public ProposedWaiver {
        notes = List.copyOf(notes);
    }
}
