package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.build.BuildRequest;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.Policies;
import io.jenkins.plugins.airworthy.jenkins.form.FormCheck;
import jenkins.model.Jenkins;

import java.util.List;

/**
 * The choices and checks of the forms of the steps. Shows nothing to users who may not configure the job, and only those keys and
 * policies that the job is offered. The work checks everything again.
 */
final class StepForm {
    private StepForm() {}

    /** Whether the user may see or change the settings of the job; without a job, of this Jenkins. */
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
        return FormCheck.of(() -> AllowedLocations.current().require(ImageReference.parse(GivenText.trimmed(image))));
    }

    static FormValidation checkTarget(Item job, String target) {
        return !isOpenTo(job) || isExpanded(target)
                ? FormValidation.ok()
                : FormCheck.of(() -> AllowedLocations.current().target(GivenText.trimmed(target)));
    }

    /** The target of a build: the registry is checked when the build runs. */
    static FormValidation checkBuildTarget(Item job, String target) {
        if (!isOpenTo(job) || isExpanded(target)) {
            return FormValidation.ok();
        }
        return GivenText.of(target).isEmpty()
                ? FormValidation.error("Name where the image goes, with its tag.")
                : FormCheck.of(
                        () -> ImageReference.parse(GivenText.trimmed(target)).newTag());
    }

    static FormValidation checkBase(Item job, String base, String dockerfile) {
        return isOpenTo(job)
                        && GivenText.of(base).isEmpty()
                        && GivenText.of(dockerfile).isEmpty()
                ? FormValidation.error("Name the image to build upon, the word scratch, or a Dockerfile below.")
                : FormValidation.ok();
    }

    static FormValidation checkFiles(Item job, String files, String base) {
        return isOpenTo(job)
                        && GivenText.of(files).isEmpty()
                        && GivenText.trimmed(base).equals(BuildRequest.SCRATCH)
                ? FormValidation.error("Name at least one file: on scratch, the image would be empty.")
                : FormValidation.ok();
    }

    static FormValidation checkPredicateType(Item job, String type) {
        return isOpenTo(job)
                ? FormCheck.of(() -> PredicateTypes.requireOwn(GivenText.trimmed(type), "The type"))
                : FormValidation.ok();
    }

    /** The meaning of a variable is known only when the build runs. */
    private static boolean isExpanded(String reference) {
        return GivenText.trimmed(reference).contains("$");
    }

    private static FormValidation checkOffered(String what, String name, List<String> offered) {
        return GivenText.of(name).isEmpty() || offered.contains(name.trim())
                ? FormValidation.ok()
                : FormValidation.error("This job is not offered the " + what + " '" + name.trim() + "'; it may use "
                        + offered + ". An administrator can offer others under Manage Jenkins, Airworthy.");
    }

    /** Empty if the keys that may sign are not known; the work says why. */
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
