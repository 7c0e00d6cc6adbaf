package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.Optional;

/**
 * A statement that is believed, with where it hangs.
 *
 * @param tag where it was found, unless it is a referrer
 * @param clear whether what stands around it, which nobody signed, keeps no selection from reading it
 */
public record Attached(VerifiedEvidence evidence, Optional<EvidenceTag> tag, boolean clear) {
    Attached(VerifiedEvidence evidence, Optional<EvidenceTag> tag) {
        this(evidence, tag, true);
    }

    /** The same, carried by another manifest. */
    Attached in(Digest manifest, boolean clearThere) {
        return new Attached(
                new VerifiedEvidence(evidence.statement(), evidence.signer(), manifest, evidence.payload()),
                tag,
                clearThere);
    }

    /** What makes another piece say nothing new: the same words by the same signer, kept in the same way. */
    record Sameness(Digest payload, String signer, Optional<String> tag) {}

    Sameness sameness() {
        return new Sameness(evidence.payload(), evidence.signer().sameness(), tag.map(EvidenceTag::tag));
    }
}
