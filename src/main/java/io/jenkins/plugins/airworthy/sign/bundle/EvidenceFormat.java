package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Locale;

/** The format in which evidence is attached. Both are always read. */
public enum EvidenceFormat {
    /** A Sigstore bundle as a referrer of the image, the default of cosign 3. */
    BUNDLE,
    /** Layers at the tags {@code sha256-<hex>.sig} and {@code .att}, the format of older cosign, for verifiers of that age. */
    LEGACY;

    /**
     * Returns the format with this name.
     *
     * @param option the option with the name, for the message
     */
    public static EvidenceFormat parse(String name, String option) throws InvalidInputException {
        for (EvidenceFormat format : values()) {
            if (format.toString().equals(name)) {
                return format;
            }
        }
        throw new InvalidInputException(option + " '" + name + "' is not a format of evidence: use bundle or legacy");
    }

    /**
     * Checks that keyless signatures can be stored in this format.
     *
     * @throws InvalidInputException for the legacy format: it needs an entry of the first version of the log, which is no longer
     *     written
     */
    public void requireKeyless() throws InvalidInputException {
        if (this == LEGACY) {
            throw new InvalidInputException("the legacy format needs a key: its tags have no place for the entries of"
                    + " the current log (Rekor 2). Sign with a key, or write bundles");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
