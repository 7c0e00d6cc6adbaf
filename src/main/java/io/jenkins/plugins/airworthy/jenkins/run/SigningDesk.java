package io.jenkins.plugins.airworthy.jenkins.run;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;

/**
 * The one place on the controller where signatures are made, and where it is decided whether they may be. Refuses whatever
 * this run did not build or observe, and every run of a kind that the key does not accept.
 */
public final class SigningDesk {
    public SigningDesk(Run<?, ?> run, TaskListener listener) {}

    /**
     * Signs the image, its provenance and every statement of the run about it that is not signed yet, and attaches them.
     *
     * @param keyNameOrNull the key to use; null for the first one offered that fits
     */
    public SignedImage sign(RecordedImage image, String keyNameOrNull, Progress progress)
            throws AirworthyException, InterruptedException {
        return Missing.part();
    }

    /** Signs a statement of the job's own. Refuses the predicate types that the product itself makes. */
    public SignedImage attest(
            RecordedImage image, String predicateType, byte[] predicate, String keyNameOrNull, Progress progress)
            throws AirworthyException, InterruptedException {
        return Missing.part();
    }
}
