package hudson.plugins.git.extensions;

import hudson.model.AbstractDescribableImpl;

public abstract class GitSCMExtension extends AbstractDescribableImpl<GitSCMExtension> {}
