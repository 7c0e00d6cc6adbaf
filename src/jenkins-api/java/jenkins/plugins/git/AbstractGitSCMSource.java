package jenkins.plugins.git;

import hudson.plugins.git.util.BuildChooser;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;

public abstract class AbstractGitSCMSource extends SCMSource {
    public static class SpecificRevisionBuildChooser extends BuildChooser {}

    public static class SCMRevisionImpl extends SCMRevision {
        public SCMRevisionImpl(SCMHead head, String hash) {
            super(head);
        }
    }
}
