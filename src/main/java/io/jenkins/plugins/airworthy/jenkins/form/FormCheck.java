package io.jenkins.plugins.airworthy.jenkins.form;

import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;

/** Tells a form what is wrong with a value, in the words of the failure that it would meet. */
public final class FormCheck {
    private FormCheck() {}

    /** What may be wrong. */
    @FunctionalInterface
    public interface Check {
        void run() throws AirworthyException;
    }

    /** What may be wrong, or only doubtful. */
    @FunctionalInterface
    public interface Answer {
        FormValidation check() throws AirworthyException;
    }

    /** Says in the form why the check failed, if it did. */
    public static FormValidation of(Check check) {
        return answer(() -> {
            check.run();
            return FormValidation.ok();
        });
    }

    /** The check's own answer, which may be a warning, or why it failed. */
    public static FormValidation answer(Answer answer) {
        try {
            return answer.check();
        } catch (AirworthyException e) {
            return FormValidation.error(e.getMessage()); // Jenkins escapes it
        }
    }
}
