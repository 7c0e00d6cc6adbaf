package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.EnvironmentSpecific;
import hudson.model.Node;
import hudson.model.PersistentDescriptor;
import hudson.model.TaskListener;
import hudson.slaves.NodeSpecific;
import hudson.tools.ToolDescriptor;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolProperty;
import hudson.util.FormValidation;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.io.File;
import java.io.IOException;
import java.util.List;

/** Trivy as a tool: the absolute path of its program, or of the folder that holds it, which each agent may override. */
public final class TrivyTool extends ToolInstallation
        implements NodeSpecific<TrivyTool>, EnvironmentSpecific<TrivyTool> {
    private static final long serialVersionUID = 1;

    @DataBoundConstructor
    public TrivyTool(String name, String home, List<? extends ToolProperty<?>> properties) {
        super(name, home, properties);
    }

    @Override
    public TrivyTool forNode(Node node, TaskListener log) throws IOException, InterruptedException {
        return new TrivyTool(getName(), translateFor(node, log), List.copyOf(getProperties()));
    }

    /** The same tool: a job's environment does not decide which program scans. */
    @Override
    public TrivyTool forEnvironment(EnvVars environment) {
        return this;
    }

    /** The descriptor of this tool. It downloads nothing: the person who installs a scanner checks it. */
    @Extension
    @Symbol("trivy")
    public static final class DescriptorImpl extends ToolDescriptor<TrivyTool> implements PersistentDescriptor {
        @Override
        public String getDisplayName() {
            return "Trivy";
        }

        @Override
        public void setInstallations(TrivyTool... installations) {
            super.setInstallations(installations);
            save();
        }

        /** A path on agents, which need not exist on the controller. */
        @POST
        @Override
        public FormValidation doCheckHome(@QueryParameter File value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            // A controller on Windows changes the slashes of a path for other systems.
            String path = value.getPath();
            return path.isEmpty()
                            || ConfigurationCheck.isAbsolute(path)
                            || ConfigurationCheck.isAbsolute(path.replace('\\', '/'))
                    ? FormValidation.ok()
                    : FormValidation.error("Give the absolute path of Trivy, or of its folder, on the agents.");
        }
    }
}
