package hudson.plugins.git.extensions.impl;

import hudson.plugins.git.extensions.FakeGitSCMExtension;
import hudson.plugins.git.util.BuildChooser;

public class BuildChooserSetting extends FakeGitSCMExtension {
    public BuildChooser getBuildChooser() {
        throw new UnsupportedOperationException();
    }
}
