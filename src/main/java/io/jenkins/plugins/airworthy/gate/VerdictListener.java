package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;

/** Receives the verdict of a promotion before anything is copied. If it cannot be recorded, the promotion fails without copying. */
@FunctionalInterface
public interface VerdictListener {
    void tell(Judged judged) throws AirworthyException, InterruptedException;
}
