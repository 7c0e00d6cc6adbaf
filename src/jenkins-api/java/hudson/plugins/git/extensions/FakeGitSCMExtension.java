package hudson.plugins.git.extensions;

public abstract class FakeGitSCMExtension extends GitSCMExtension {}
