package hudson.plugins.git.extensions.impl;

import hudson.plugins.git.extensions.FakeGitSCMExtension;

public class IgnoreNotifyCommit extends FakeGitSCMExtension {}
