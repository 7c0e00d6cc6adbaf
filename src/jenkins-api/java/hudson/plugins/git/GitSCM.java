package hudson.plugins.git;

import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.extensions.GitSCMExtensionDescriptor;
import hudson.util.DescribableList;
import org.eclipse.jgit.transport.RemoteConfig;

import java.util.List;

public class GitSCM extends GitSCMBackwardCompatibility {
    public List<UserRemoteConfig> getUserRemoteConfigs() {
        throw new UnsupportedOperationException();
    }

    public List<RemoteConfig> getRepositories() {
        throw new UnsupportedOperationException();
    }

    public List<BranchSpec> getBranches() {
        throw new UnsupportedOperationException();
    }

    public DescribableList<GitSCMExtension, GitSCMExtensionDescriptor> getExtensions() {
        throw new UnsupportedOperationException();
    }
}
