package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.evidence.SignatureProof;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.Optional;

/**
 * A believed statement, and where it is attached.
 *
 * @param tag the tag where it was found; empty for a referrer
 * @param clear whether its unsigned manifest describes it correctly, so that every selection that needs it reads it
 */
public record AttachedStatement(VerifiedEvidence evidence, Optional<EvidenceTag> tag, boolean clear) {
    AttachedStatement(VerifiedEvidence evidence, Optional<EvidenceTag> tag) {
        this(evidence, tag, true);
    }

    /** Returns this statement as carried by another manifest. */
    AttachedStatement in(Digest manifest, boolean clearThere) {
        return new AttachedStatement(
                new VerifiedEvidence(
                        evidence.statement(),
                        evidence.signer(),
                        evidence.signedAt(),
                        manifest,
                        evidence.payload(),
                        evidence.proof()),
                tag,
                clearThere);
    }

    /**
     * The properties that make another piece a copy: the same payload, signer and time, in the same storage form. What a certificate
     * says besides is part of the signer: another run of a shared workflow may sign the same bytes, and says something else.
     */
    record Sameness(Digest payload, String signer, Optional<Instant> signedAt, Optional<String> tag) {
        /** Written out for the same reason as {@link Digest#equals}. */
        @Override
        public int hashCode() {
            return payload.hashCode();
        }
    }

    SignatureProof proof() {
        return evidence.proof();
    }

    Sameness sameness() {
        return new Sameness(
                evidence.payload(), evidence.signer().certified(), evidence.signedAt(), tag.map(EvidenceTag::tag));
    }
}
