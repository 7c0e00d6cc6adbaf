package io.jenkins.plugins.airworthy.jenkins.config.key;

/** What a key may sign. A key without a role signs nothing of that kind for any job. */
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
    /** A job's own statements. */
    ATTESTATION("attestations of a job's own"),
    /** A person's approval. It signs nothing yet, so that no approval exists before people can give one. */
    APPROVAL("approvals"),
    /** The verdict of a policy, attached to an image that passed. */
    VERDICT("verdicts"),
    /** A version of the list of recalls. No job signs it. */
    RECALL("lists of recalls");

    private final String plural;

    KeyRole(String plural) {
        this.plural = plural;
    }

    /** Whether statements of this role are made here: no step makes approvals or lists of recalls yet. */
    public boolean isUsed() {
        return this != APPROVAL && this != RECALL;
    }

    /** For sentences: "key 'release' signs no test results". */
    public String plural() {
        return plural;
    }

    /** For messages: how the role is written in settings, on the pages and in code. */
    public String setting() {
        return "'" + label() + "' (" + name() + " in code)";
    }

    /** Its text in forms: "Test results". */
    public String label() {
        return Character.toUpperCase(plural.charAt(0)) + plural.substring(1);
    }
}
