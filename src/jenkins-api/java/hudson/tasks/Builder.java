package hudson.tasks;

import hudson.model.Describable;
import hudson.model.Descriptor;

public abstract class Builder implements BuildStep, Describable<Builder> {
    protected Builder() {}

    @Override
    public Descriptor<Builder> getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
