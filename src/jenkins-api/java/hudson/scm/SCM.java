package hudson.scm;

import hudson.model.Run;

import java.util.Map;

public abstract class SCM {
    public String getKey() {
        throw new UnsupportedOperationException();
    }

    public String getType() {
        throw new UnsupportedOperationException();
    }

    public void buildEnvironment(Run<?, ?> build, Map<String, String> environment) {
        throw new UnsupportedOperationException();
    }
}
