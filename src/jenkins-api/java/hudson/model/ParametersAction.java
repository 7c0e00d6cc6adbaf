package hudson.model;

import jenkins.model.RunAction2;

import java.util.List;

public class ParametersAction implements RunAction2 {
    public List<ParameterValue> getParameters() {
        throw new UnsupportedOperationException();
    }

    public List<ParameterValue> getAllParameters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getIconFileName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getUrlName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onAttached(Run<?, ?> run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onLoad(Run<?, ?> run) {
        throw new UnsupportedOperationException();
    }
}
