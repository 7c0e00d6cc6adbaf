package io.jenkins.plugins.airworthy.jenkins.form;

import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;

/** Validates a value of a form, with the message of the failure that the value would cause. */
public final class FormCheck {
    private FormCheck() {}

    /** A check that may fail. */
    @FunctionalInterface
    public interface Check {
        void run() throws AirworthyException;
    }

    /** A check that may fail or warn. */
    @FunctionalInterface
    public interface Answer {
        FormValidation check() throws AirworthyException;
    }

    /** Returns the reason if the check fails. */
    public static FormValidation of(Check check) {
        return answer(() -> {
            check.run();
            return FormValidation.ok();
        });
    }

    /** Returns the check's own answer, which may be a warning, or the reason if it fails. */
    public static FormValidation answer(Answer answer) {
        try {
            return answer.check();
        } catch (AirworthyException e) {
            return FormValidation.error(e.getMessage()); // Jenkins escapes it
        }
    }
}
