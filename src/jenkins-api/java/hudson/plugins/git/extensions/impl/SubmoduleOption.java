package hudson.plugins.git.extensions.impl;

import hudson.plugins.git.extensions.GitSCMExtension;

public class SubmoduleOption extends GitSCMExtension {
    public boolean isTrackingSubmodules() {
        throw new UnsupportedOperationException();
    }
}
