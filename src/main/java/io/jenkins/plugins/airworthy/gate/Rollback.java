package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.List;
import java.util.Optional;

/** The result of a rollback that did not fail. */
public sealed interface Rollback {
    /** The images that were looked at, newest first. */
    List<RollbackChoice> choices();

    /**
     * The target's tag points at the chosen image, which is the last of the choices.
     *
     * @param target the image's reference, with its digest
     * @param from what was there before, which is held now; empty if there was nothing
     * @param summary the digest of the manifest of the signed verification summary; empty if the request had no key for it
     */
    record Done(
            List<RollbackChoice> choices,
            Judged judged,
            ImageReference target,
            Optional<Digest> from,
            Optional<Digest> summary)
            implements Rollback {
        public Done {
            choices = List.copyOf(choices);
        }
    }

    /**
     * Nothing was changed.
     *
     * @param reason one line; the choices have the details
     */
    record Refused(List<RollbackChoice> choices, String reason) implements Rollback {
        public Refused {
            choices = List.copyOf(choices);
        }
    }
}
