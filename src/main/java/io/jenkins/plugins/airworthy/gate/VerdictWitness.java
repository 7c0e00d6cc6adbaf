package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;

/** Is told a promotion's verdict before anything is done by it. A failure to write it down ends the promotion: nothing was copied. */
@FunctionalInterface
public interface VerdictWitness {
    void tell(Judged judged) throws AirworthyException, InterruptedException;
}
