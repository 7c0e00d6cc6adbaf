package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Locale;

/** In which form evidence is attached. Both are always read. */
public enum EvidenceFormat {
    /** A Sigstore bundle, as a referrer of the image: what cosign 3 writes unless it is told otherwise. */
    BUNDLE,
    /** Layers at the tags {@code sha256-<hex>.sig} and {@code .att}: what cosign wrote before, for verifiers of that age. */
    LEGACY;

    /**
     * The format of this name.
     *
     * @param option where the name was given, for the message
     */
    public static EvidenceFormat parse(String name, String option) throws InvalidInputException {
        for (EvidenceFormat format : values()) {
            if (format.toString().equals(name)) {
                return format;
            }
        }
        throw new InvalidInputException(option + " '" + name + "' is no format of evidence: it is bundle or legacy");
    }

    /**
     * Refuses this format for signatures that are made without a key.
     *
     * @throws InvalidInputException for the legacy format: a certificate needs an entry of the log's first version there, and
     *     that one is no more written
     */
    public void requireKeyless() throws InvalidInputException {
        if (this == LEGACY) {
            throw new InvalidInputException("without a key nothing can be signed in the legacy format: its tags have no"
                    + " place for the entries of today's log (Rekor 2); sign with a key, or write bundles");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
