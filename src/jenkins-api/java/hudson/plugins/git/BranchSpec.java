package hudson.plugins.git;

import hudson.model.AbstractDescribableImpl;

import java.io.Serializable;

public class BranchSpec extends AbstractDescribableImpl<BranchSpec> implements Serializable {
    public String getName() {
        throw new UnsupportedOperationException();
    }
}
