package hudson.plugins.git.extensions.impl;

import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.util.BuildChooser;

public class BuildChooserSetting extends GitSCMExtension {
    public BuildChooser getBuildChooser() {
        throw new UnsupportedOperationException();
    }
}
