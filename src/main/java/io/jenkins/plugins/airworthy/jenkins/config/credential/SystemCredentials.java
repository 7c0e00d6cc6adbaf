package io.jenkins.plugins.airworthy.jenkins.config.credential;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.security.ACL;
import io.jenkins.plugins.airworthy.InvalidInputException;
import jenkins.model.Jenkins;

import java.util.List;

/**
 * The credentials of Jenkins itself, found by their id at the moment they are used. Those of folders and users are not found,
 * since a user who may configure a folder could put one there with the same id.
 */
public final class SystemCredentials {
    private final CredentialUse use;

    public SystemCredentials(CredentialUse use) {
        this.use = use;
    }

    /**
     * The credential of this id and type.
     *
     * @param what needs it, for errors
     */
    public <C extends StandardCredentials> C require(String id, Class<C> type, String what)
            throws InvalidInputException {
        return require(id, type, what, "");
    }

    private <C extends StandardCredentials> C require(String id, Class<C> type, String what, String how)
            throws InvalidInputException {
        C found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(type, Jenkins.get(), ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(id));
        if (found == null) {
            throw new InvalidInputException(what + ": Jenkins itself has no credential '" + id
                    + "' of the right kind; an administrator can add it under Manage Jenkins, Credentials, System"
                    + how);
        }
        use.track(found);
        return found;
    }

    /** The same for secrets that no job may see. Refuses scope Global: any job could bind such a credential to a variable. */
    public <C extends StandardCredentials> C requireHidden(String id, Class<C> type, String what)
            throws InvalidInputException {
        C found = require(id, type, what, ", with the scope System");
        if (found.getScope() != CredentialsScope.SYSTEM) {
            throw new InvalidInputException(what + ": the credential '" + id
                    + "' is offered to every job; an administrator must give it the scope System");
        }
        return found;
    }
}
