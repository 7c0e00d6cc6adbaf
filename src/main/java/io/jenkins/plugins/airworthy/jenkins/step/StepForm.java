package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.Policies;
import io.jenkins.plugins.airworthy.jenkins.form.FormCheck;
import jenkins.model.Jenkins;

import java.util.List;

/**
 * What the forms of the steps offer and check while somebody fills them in. Tells nothing to those who may not configure the job, and
 * of keys and policies only those that the job is offered. The work checks all of it again.
 */
final class StepForm {
    private StepForm() {}

    /** Whoever may see or change the settings of the job; without a job, of this Jenkins. */
    static boolean isOpenTo(Item job) {
        return job == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : job.hasPermission(Item.CONFIGURE) || job.hasPermission(Item.EXTENDED_READ);
    }

    static ComboBoxModel keys(Item job) {
        return new ComboBoxModel(isOpenTo(job) ? offeredKeys(job) : List.of());
    }

    static ComboBoxModel policies(Item job) {
        return new ComboBoxModel(isOpenTo(job) ? offeredPolicies(job) : List.of());
    }

    static FormValidation checkKey(Item job, String name) {
        return isOpenTo(job) ? checkOffered("key", name, offeredKeys(job)) : FormValidation.ok();
    }

    static FormValidation checkPolicy(Item job, String name) {
        if (!isOpenTo(job)) {
            return FormValidation.ok();
        }
        List<String> offered = offeredPolicies(job);
        if (GivenText.of(name).isEmpty() && offered.size() > 1) {
            return FormValidation.error("Several policies are offered to this job: name one of " + offered + ".");
        }
        return checkOffered("policy", name, offered);
    }

    /** An image of this run may be named by its digest. */
    static FormValidation checkImage(Item job, String image) {
        if (!isOpenTo(job)
                || GivenText.of(image).isEmpty()
                || isExpanded(image)
                || GivenText.trimmed(image).matches("sha256:[0-9a-f]{64}")) {
            return FormValidation.ok();
        }
        return FormCheck.of(() -> AllowedPlaces.current().require(ImageReference.parse(GivenText.trimmed(image))));
    }

    static FormValidation checkTarget(Item job, String target) {
        return !isOpenTo(job) || isExpanded(target)
                ? FormValidation.ok()
                : FormCheck.of(() -> AllowedPlaces.current().target(GivenText.trimmed(target)));
    }

    static FormValidation checkPredicateType(Item job, String type) {
        return isOpenTo(job)
                ? FormCheck.of(() -> PredicateTypes.requireOwn(GivenText.trimmed(type), "The type"))
                : FormValidation.ok();
    }

    /** What it means is known when the build runs. */
    private static boolean isExpanded(String reference) {
        return GivenText.trimmed(reference).contains("$");
    }

    private static FormValidation checkOffered(String what, String name, List<String> offered) {
        return GivenText.of(name).isEmpty() || offered.contains(name.trim())
                ? FormValidation.ok()
                : FormValidation.error("This job is offered no " + what + " '" + name.trim() + "'; it may use "
                        + offered + ". An administrator can offer others under Manage Jenkins, Airworthy.");
    }

    /** None where nobody knows which keys may sign; the work says why. */
    private static List<String> offeredKeys(Item job) {
        try {
            return AirworthyConfiguration.get().keyRing().offeredTo(job == null ? "" : job.getFullName());
        } catch (UndecidedException e) {
            return List.of();
        }
    }

    private static List<String> offeredPolicies(Item job) {
        return Policies.current().offeredTo(job == null ? "" : job.getFullName());
    }
}
