package hudson.plugins.git.extensions.impl;

import hudson.plugins.git.extensions.GitSCMExtension;

public class IgnoreNotifyCommit extends GitSCMExtension {}
