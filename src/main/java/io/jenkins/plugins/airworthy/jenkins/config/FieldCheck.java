package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.InvalidInputException;

/** Turns what is wrong with a field into the message beside it. */
@FunctionalInterface
interface FieldCheck {
    FormValidation check() throws InvalidInputException;

    static FormValidation of(FieldCheck check) {
        try {
            return check.check();
        } catch (InvalidInputException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
