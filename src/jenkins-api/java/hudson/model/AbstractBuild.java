package hudson.model;

import hudson.FilePath;

import java.util.Set;

public abstract class AbstractBuild<P extends AbstractProject<P, R>, R extends AbstractBuild<P, R>> extends Run<P, R>
        implements Queue.Executable {
    public final P getProject() {
        throw new UnsupportedOperationException();
    }

    public Node getBuiltOn() {
        throw new UnsupportedOperationException();
    }

    public String getBuiltOnStr() {
        throw new UnsupportedOperationException();
    }

    public final FilePath getWorkspace() {
        throw new UnsupportedOperationException();
    }

    public Set<String> getSensitiveBuildVariables() {
        throw new UnsupportedOperationException();
    }
}
