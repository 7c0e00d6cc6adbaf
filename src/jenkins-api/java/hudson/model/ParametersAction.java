package hudson.model;

import java.util.List;

public class ParametersAction extends InvisibleAction {
    public List<ParameterValue> getParameters() {
        throw new UnsupportedOperationException();
    }

    public List<ParameterValue> getAllParameters() {
        throw new UnsupportedOperationException();
    }
}
