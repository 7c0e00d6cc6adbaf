package io.jenkins.plugins.airworthy.jenkins.ui.key;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.security.ACL;
import io.jenkins.plugins.airworthy.jenkins.ui.key.KeyChoices.Choice;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

import java.util.List;

/** The system's credentials that may hold a key or its password; their content is not read. */
final class KeyCredentials {
    private KeyCredentials() {}

    static List<Choice> keys() {
        return matching(CredentialsMatchers.anyOf(
                CredentialsMatchers.instanceOf(FileCredentials.class),
                CredentialsMatchers.instanceOf(StringCredentials.class),
                CredentialsMatchers.instanceOf(StandardCertificateCredentials.class)));
    }

    static List<Choice> passwords() {
        return matching(CredentialsMatchers.instanceOf(StringCredentials.class));
    }

    private static List<Choice> matching(CredentialsMatcher matcher) {
        StandardListBoxModel list = new StandardListBoxModel();
        list.includeEmptyValue();
        list.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, List.of(), matcher);
        return list.stream()
                .map(option -> new Choice(option.value, option.name))
                .toList();
    }
}
