package io.jenkins.plugins.airworthy.jenkins.config.key;

/** What a key may sign. A key without a role signs nothing of that kind, whoever asks. */
public enum KeyRole {
    /** "I signed this image." */
    IMAGE("images"),
    /** How and from what an image was built. */
    PROVENANCE("provenance"),
    /** Results of tests. */
    TEST("test results"),
    /** Vulnerabilities and secrets that a scanner found or did not find. */
    SCAN("scan results"),
    /** What an image is made of. */
    SBOM("bills of materials"),
    /** What a job attests of its own. */
    ATTESTATION("attestations of a job's own"),
    /** A person's approval. Nothing is signed with it yet, so that no approval is there before people give some. */
    APPROVAL("approvals"),
    /** The verdict of a policy, attached to what it let pass. */
    VERDICT("verdicts");

    private final String plural;

    KeyRole(String plural) {
        this.plural = plural;
    }

    /** For sentences: "key 'release' signs no test results". */
    public String plural() {
        return plural;
    }
}
