package hudson.tools;

import hudson.EnvVars;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.util.DescribableList;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

public abstract class ToolInstallation implements Describable<ToolInstallation>, Serializable {
    protected ToolInstallation(String name, String home, List<? extends ToolProperty<?>> properties) {}

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public String getHome() {
        throw new UnsupportedOperationException();
    }

    public DescribableList<ToolProperty<?>, ToolPropertyDescriptor> getProperties() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Descriptor<ToolInstallation> getDescriptor() {
        throw new UnsupportedOperationException();
    }

    public ToolInstallation translate(Node node, EnvVars envs, TaskListener listener)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    protected String translateFor(Node node, TaskListener log) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
