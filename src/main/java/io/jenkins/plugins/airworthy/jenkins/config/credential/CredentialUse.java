package io.jenkins.plugins.airworthy.jenkins.config.credential;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Node;
import hudson.model.Run;

/** Tracks the use of a credential, for the page on which administrators see what uses it. */
@FunctionalInterface
public interface CredentialUse {
    /** For a person at a form, whose use leaves no trace. */
    CredentialUse UNTRACKED = credential -> {};

    void track(Credentials credential);

    static CredentialUse by(Run<?, ?> run) {
        return credential -> CredentialsProvider.track(run, credential);
    }

    static CredentialUse on(Node node) {
        return credential -> CredentialsProvider.track(node, credential);
    }
}
