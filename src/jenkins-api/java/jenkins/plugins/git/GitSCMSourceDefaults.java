package jenkins.plugins.git;

import hudson.plugins.git.extensions.GitSCMExtension;

public class GitSCMSourceDefaults extends GitSCMExtension {}
