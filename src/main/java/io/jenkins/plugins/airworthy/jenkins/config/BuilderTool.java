package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.EnvironmentSpecific;
import hudson.model.Node;
import hudson.model.PersistentDescriptor;
import hudson.model.TaskListener;
import hudson.slaves.NodeSpecific;
import hudson.tools.ToolDescriptor;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolProperty;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A builder of Dockerfiles as a tool: the absolute path of buildah, buildctl, docker-buildx or docker, or of a folder that holds some of
 * them, which each agent may override. Without any, builders are looked for on each agent's PATH.
 */
public final class BuilderTool extends ToolInstallation
        implements NodeSpecific<BuilderTool>, EnvironmentSpecific<BuilderTool> {
    private static final long serialVersionUID = 1;

    @DataBoundConstructor
    public BuilderTool(String name, String home, List<? extends ToolProperty<?>> properties) {
        super(name, home, properties);
    }

    /** The paths of all of them on an agent. */
    public static List<String> pathsOn(Node node, TaskListener listener)
            throws AirworthyException, InterruptedException {
        List<String> paths = new ArrayList<>();
        for (BuilderTool each :
                ExtensionList.lookupSingleton(DescriptorImpl.class).getInstallations()) {
            try {
                String home =
                        Util.fixNull(each.forNode(node, listener).getHome()).trim();
                if (!home.isEmpty()) {
                    paths.add(home);
                }
            } catch (IOException e) {
                throw new UndecidedException(
                        "the builder '" + each.getName() + "' could not be set up on the agent '"
                                + node.getDisplayName() + "'; see Manage Jenkins, Tools",
                        e);
            }
        }
        return paths;
    }

    @Override
    public BuilderTool forNode(Node node, TaskListener log) throws IOException, InterruptedException {
        return new BuilderTool(getName(), translateFor(node, log), List.copyOf(getProperties()));
    }

    /** The same tool: a job's environment does not decide which program builds. */
    @Override
    public BuilderTool forEnvironment(EnvVars environment) {
        return this;
    }

    /** The descriptor of this tool. It downloads nothing: the person who installs a builder checks it. */
    @Extension
    @Symbol("containerBuilder")
    public static final class DescriptorImpl extends ToolDescriptor<BuilderTool> implements PersistentDescriptor {
        @Override
        public String getDisplayName() {
            return "Container builder";
        }

        @Override
        public void setInstallations(BuilderTool... installations) {
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
                    : FormValidation.error("Give the absolute path of the builder, or of its folder, on the agents.");
        }
    }
}
