package jenkins.plugins.git;

import hudson.plugins.git.util.BuildChooser;
import jenkins.scm.api.SCMSource;

public abstract class AbstractGitSCMSource extends SCMSource {
    public static class SpecificRevisionBuildChooser extends BuildChooser {}
}
