package io.jenkins.plugins.airworthy.cli;

/** The exit status of a run, for the caller's script. */
enum ExitStatus {
    /** Success; for a verdict of the gate: passed. */
    DONE(0),
    /** The policy refused. */
    REFUSED(1),
    /** Wrong use or bad input: the same call fails again. */
    INVALID(2),
    /** A registry, a tool or the file system prevented a decision; nothing was promoted. */
    UNDECIDED(3),
    /** Stopped by a signal, which decides the status of the process: 130 or 143. This code is used if there was no signal. */
    INTERRUPTED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
