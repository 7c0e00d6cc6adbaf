package io.jenkins.plugins.airworthy.jenkins.ui.element;

import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;

/** Tells a form what is wrong with a value, in the words of the failure that it would meet. */
public final class Checks {
    private Checks() {}

    /** What may be wrong. */
    @FunctionalInterface
    public interface Check {
        void run() throws AirworthyException;
    }

    public static FormValidation of(Check check) {
        try {
            check.run();
            return FormValidation.ok();
        } catch (AirworthyException e) {
            return FormValidation.error(e.getMessage()); // Jenkins escapes it
        }
    }
}
