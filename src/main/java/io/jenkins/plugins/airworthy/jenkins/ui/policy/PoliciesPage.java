package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import hudson.model.ModelObject;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyPermissions;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import jenkins.model.Jenkins;

import java.util.List;
import java.util.Optional;

/** The policies, and the editor for a new one. */
public final class PoliciesPage implements ModelObject {
    /** The address of the editor for a new policy; no policy may have this name. */
    static final String NEW = "new";

    private final PolicyPreviews trials;

    public PoliciesPage(PolicyPreviews trials) {
        this.trials = trials;
    }

    public List<ShownPolicy> getAll() {
        return AirworthyConfiguration.get().getPolicies().stream()
                .map(ShownPolicy::of)
                .toList();
    }

    /** What happens to changes of policies; empty if they are permanent. */
    public String getAdvice() {
        return PolicyNotices.advice(Optional.empty());
    }

    @Override
    public String getDisplayName() {
        return "Policies";
    }

    public boolean isEditable() {
        return Jenkins.get().hasPermission(AirworthyPermissions.EDIT_POLICIES);
    }

    /** One policy's editor, by name; null if there is none, as Stapler requires. */
    public PolicyPage getDynamic(String name) {
        if (name.equals(NEW)) {
            return isEditable() ? new PolicyPage(new PolicyEntry("", template()), trials) : null;
        }
        return PolicyEdit.find(name).map(entry -> new PolicyPage(entry, trials)).orElse(null);
    }

    private static String template() {
        return PolicyTemplate.of(PolicySurroundings.current()).text();
    }
}
