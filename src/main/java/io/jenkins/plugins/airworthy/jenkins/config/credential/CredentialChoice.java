package io.jenkins.plugins.airworthy.jenkins.config.credential;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.Jenkins;

import java.util.List;

/** The credentials of Jenkins itself, for administrators to choose from; other users see only the current choice. */
public final class CredentialChoice {
    private CredentialChoice() {}

    public static ListBoxModel of(Class<? extends StandardCredentials> type, String current) {
        StandardListBoxModel choices = new StandardListBoxModel();
        if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            choices.includeEmptyValue();
            choices.includeAs(ACL.SYSTEM2, Jenkins.get(), type);
        }
        choices.includeCurrentValue(current);
        return choices;
    }

    /**
     * Checks whether a choice can be used; the caller has checked permissions.
     *
     * @param hidden whether no job may see it
     */
    public static FormValidation check(Class<? extends StandardCredentials> type, String id, boolean hidden) {
        if (id.isEmpty()) {
            return FormValidation.ok();
        }
        for (StandardCredentials credential :
                CredentialsProvider.lookupCredentialsInItemGroup(type, Jenkins.get(), ACL.SYSTEM2, List.of())) {
            if (credential.getId().equals(id)) {
                return hidden && credential.getScope() != CredentialsScope.SYSTEM
                        ? FormValidation.error("Every job can use this credential: give it the scope System.")
                        : FormValidation.ok();
            }
        }
        return FormValidation.error("Jenkins itself has no such credential of the right kind.");
    }
}
