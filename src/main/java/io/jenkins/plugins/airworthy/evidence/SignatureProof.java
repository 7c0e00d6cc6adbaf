package io.jenkins.plugins.airworthy.evidence;

/**
 * What is proven of a signature besides who made it. A public log makes the use of a key visible to its owner; a timestamp says that
 * the signature existed at a time, whatever became of the key later.
 *
 * @param logged whether a log that the trusted root names recorded exactly this signature
 * @param timestamped whether a timestamp authority that the trusted root names dated it
 *     (<a href="https://www.rfc-editor.org/rfc/rfc3161">RFC 3161</a>)
 * @param flaw why what is there proves nothing; empty if it proves something, or if nothing is there
 */
public record SignatureProof(boolean logged, boolean timestamped, String flaw) {
    /** Nothing is there. */
    public static final SignatureProof NONE = flawed("");

    /** Something is there, and nobody checked it. */
    public static final SignatureProof UNCHECKED =
            flawed("what it carries was not checked, since no trusted root was given");

    /** What is there proves nothing: one false entry among good ones makes all of them doubtful. */
    public static SignatureProof flawed(String why) {
        return new SignatureProof(false, false, why);
    }

    /** Whether everything that the other proves is proven by this, too. */
    public boolean covers(SignatureProof other) {
        return (logged || !other.logged) && (timestamped || !other.timestamped);
    }
}
