package io.jenkins.plugins.airworthy.cli;

/** The exit status of a run, for the caller's script. An interrupted run ends with the platform's own 130 or 143. */
enum ExitStatus {
    /** Success; for a verdict of the gate: passed. */
    DONE(0),
    /** The policy refused. */
    REFUSED(1),
    /** Wrong use or bad input: the same call fails again. */
    INVALID(2),
    /** A registry, a tool or the file system prevented a decision; nothing was promoted. */
    UNDECIDED(3);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
