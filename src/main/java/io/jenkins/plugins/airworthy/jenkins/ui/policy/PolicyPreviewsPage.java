package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.jenkins.config.AirworthyPermissions;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;

/** Trials of policies, each under an address that only the person who asked for it can use. */
public final class PolicyPreviewsPage implements StaplerProxy {
    private final PolicyPreviews trials;

    public PolicyPreviewsPage(PolicyPreviews trials) {
        this.trials = trials;
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(AirworthyPermissions.EDIT_POLICIES);
        return this;
    }

    /** One trial; null if there is none, as Stapler requires. */
    public PolicyPreview getDynamic(String id) {
        return trials.find(id, Jenkins.getAuthentication2().getName()).orElse(null);
    }
}
