package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.agent.BuildInstructions;
import io.jenkins.plugins.airworthy.jenkins.agent.BuildOnAgent;
import io.jenkins.plugins.airworthy.jenkins.agent.DockerfileInstructions;
import io.jenkins.plugins.airworthy.jenkins.agent.DockerfileOnAgent;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code imageBuild}: puts files of the workspace on a base image, or on none, and publishes the result, on the agent; or lets a
 * builder there build a Dockerfile. The controller looks the reported image up in the registry before it counts as built by this run.
 */
public final class ImageBuildStep extends ImageStep {
    public static final String TITLE = "Build a container image";

    private final String to;
    private String base = "";
    private List<String> files = ListsDescriptor.kept(List.of());
    private List<String> entrypoint = ListsDescriptor.kept(List.of());
    private List<String> cmd = ListsDescriptor.kept(List.of());
    private List<String> env = ListsDescriptor.kept(List.of());
    private List<String> labels = ListsDescriptor.kept(List.of());
    private List<String> ports = ListsDescriptor.kept(List.of());
    private List<String> volumes = ListsDescriptor.kept(List.of());
    private List<String> platforms = ListsDescriptor.kept(List.of());
    private String user = "";
    private String workdir = "";
    private String dockerfile = "";
    private String context = "";
    private String target = "";
    private String builder = "";
    private List<String> buildArgs = ListsDescriptor.kept(List.of());
    private List<String> cacheFrom = ListsDescriptor.kept(List.of());
    private List<String> cacheTo = ListsDescriptor.kept(List.of());

    /** @param to where the image goes, with the tag that is to point to it */
    @DataBoundConstructor
    public ImageBuildStep(String to) {
        this.to = GivenText.trimmed(to);
    }

    public String getTo() {
        return to;
    }

    public String getBase() {
        return base;
    }

    /** The base image, or the word scratch. */
    @DataBoundSetter
    public void setBase(String base) {
        this.base = GivenText.trimmed(base);
    }

    public List<String> getFiles() {
        return files;
    }

    /** {@code FROM:TO[,mode=0644][,owner=0:0]}, FROM in the workspace; each becomes one layer. */
    @DataBoundSetter
    public void setFiles(List<String> files) {
        this.files = ListsDescriptor.kept(files);
    }

    public List<String> getEntrypoint() {
        return entrypoint;
    }

    /** The words of the program to start; a single empty word means none, not even the base's. */
    @DataBoundSetter
    public void setEntrypoint(List<String> entrypoint) {
        this.entrypoint = ListsDescriptor.kept(entrypoint);
    }

    public List<String> getCmd() {
        return cmd;
    }

    /** Arguments for the entrypoint. */
    @DataBoundSetter
    public void setCmd(List<String> cmd) {
        this.cmd = ListsDescriptor.kept(cmd);
    }

    public List<String> getEnv() {
        return env;
    }

    /** {@code NAME=VALUE}. */
    @DataBoundSetter
    public void setEnv(List<String> env) {
        this.env = ListsDescriptor.kept(env);
    }

    public List<String> getLabels() {
        return labels;
    }

    /** {@code NAME=VALUE}. */
    @DataBoundSetter
    public void setLabels(List<String> labels) {
        this.labels = ListsDescriptor.kept(labels);
    }

    public List<String> getPorts() {
        return ports;
    }

    /** {@code 8080} or {@code 53/udp}. */
    @DataBoundSetter
    public void setPorts(List<String> ports) {
        this.ports = ListsDescriptor.kept(ports);
    }

    public List<String> getVolumes() {
        return volumes;
    }

    /** Folders that outlive a container. */
    @DataBoundSetter
    public void setVolumes(List<String> volumes) {
        this.volumes = ListsDescriptor.kept(volumes);
    }

    public List<String> getPlatforms() {
        return platforms;
    }

    /** {@code OS/ARCH}; empty means the base's only one, or linux/amd64; several make an image index. */
    @DataBoundSetter
    public void setPlatforms(List<String> platforms) {
        this.platforms = ListsDescriptor.kept(platforms);
    }

    public String getUser() {
        return user;
    }

    /** The user in a container, preferably a number. */
    @DataBoundSetter
    public void setUser(String user) {
        this.user = GivenText.trimmed(user);
    }

    public String getWorkdir() {
        return workdir;
    }

    /** The folder in which the program starts. */
    @DataBoundSetter
    public void setWorkdir(String workdir) {
        this.workdir = GivenText.trimmed(workdir);
    }

    public String getDockerfile() {
        return dockerfile;
    }

    /** A Dockerfile in the workspace, which a builder on the agent builds instead of the files. */
    @DataBoundSetter
    public void setDockerfile(String dockerfile) {
        this.dockerfile = GivenText.trimmed(dockerfile);
    }

    public String getContext() {
        return context;
    }

    /** The folder whose files the Dockerfile can copy; empty for the workspace. */
    @DataBoundSetter
    public void setContext(String context) {
        this.context = GivenText.trimmed(context);
    }

    public String getTarget() {
        return target;
    }

    /** The stage of the Dockerfile to build; empty for the last. */
    @DataBoundSetter
    public void setTarget(String target) {
        this.target = GivenText.trimmed(target);
    }

    public String getBuilder() {
        return builder;
    }

    /** buildah, buildx, buildctl or docker; empty for the first that is found. */
    @DataBoundSetter
    public void setBuilder(String builder) {
        this.builder = GivenText.trimmed(builder);
    }

    public List<String> getBuildArgs() {
        return buildArgs;
    }

    /** {@code NAME=VALUE}. */
    @DataBoundSetter
    public void setBuildArgs(List<String> buildArgs) {
        this.buildArgs = ListsDescriptor.kept(buildArgs);
    }

    public List<String> getCacheFrom() {
        return cacheFrom;
    }

    /** Repositories whose layers the build may use again. */
    @DataBoundSetter
    public void setCacheFrom(List<String> cacheFrom) {
        this.cacheFrom = ListsDescriptor.kept(cacheFrom);
    }

    public List<String> getCacheTo() {
        return cacheTo;
    }

    /** Repositories in which the build keeps its layers. */
    @DataBoundSetter
    public void setCacheTo(List<String> cacheTo) {
        this.cacheTo = ListsDescriptor.kept(cacheTo);
    }

    /** A Jenkins that was stopped while an older version of this plugin worked has no newer fields. */
    Object readResolve() {
        dockerfile = GivenText.trimmed(dockerfile);
        context = GivenText.trimmed(context);
        target = GivenText.trimmed(target);
        builder = GivenText.trimmed(builder);
        buildArgs = ListsDescriptor.kept(buildArgs);
        cacheFrom = ListsDescriptor.kept(cacheFrom);
        cacheTo = ListsDescriptor.kept(cacheTo);
        return this;
    }

    @Override
    protected Serializable work(StepEnvironment place) throws AirworthyException, IOException, InterruptedException {
        if (to == null || to.isEmpty()) {
            throw new InvalidInputException("to is missing: name where the image goes, with its tag");
        }
        ImageReference image = ImageReference.parse(place.expand(to));
        if (!dockerfile.isEmpty()) {
            refuse("dockerfile", "is built: the Dockerfile says this itself, so leave it out", ofFiles());
            return BuiltImageValue.of(new DockerfileOnAgent(place, "imageBuild").build(ofDockerfile(place), image));
        }
        refuse("dockerfile", "is missing: this is for a Dockerfile, so name one or leave it out", ofDockerfiles());
        BuildInstructions instructions = new BuildInstructions(
                place.expand(base),
                place.expand(files),
                place.expand(entrypoint),
                place.expand(cmd),
                place.expand(env),
                place.expand(labels),
                place.expand(ports),
                place.expand(volumes),
                place.expand(platforms),
                place.expand(user),
                place.expand(workdir));
        return BuiltImageValue.of(new BuildOnAgent(place, "imageBuild").build(instructions, image));
    }

    private DockerfileInstructions ofDockerfile(StepEnvironment place) {
        return new DockerfileInstructions(
                place.expand(dockerfile),
                place.expand(context),
                place.expand(buildArgs),
                place.expand(target),
                place.expand(platforms),
                place.expand(cacheFrom),
                place.expand(cacheTo),
                place.expand(builder));
    }

    /** The arguments of a build of files alone; false for those that are not given. */
    private Map<String, Boolean> ofFiles() {
        Map<String, Boolean> given = new TreeMap<>();
        given.put("base", !base.isEmpty());
        given.put("user", !user.isEmpty());
        given.put("workdir", !workdir.isEmpty());
        given.put("files", !files.isEmpty());
        given.put("entrypoint", !entrypoint.isEmpty());
        given.put("cmd", !cmd.isEmpty());
        given.put("env", !env.isEmpty());
        given.put("labels", !labels.isEmpty());
        given.put("ports", !ports.isEmpty());
        given.put("volumes", !volumes.isEmpty());
        return given;
    }

    /** The same of a build of a Dockerfile. */
    private Map<String, Boolean> ofDockerfiles() {
        Map<String, Boolean> given = new TreeMap<>();
        given.put("context", !context.isEmpty());
        given.put("target", !target.isEmpty());
        given.put("builder", !builder.isEmpty());
        given.put("buildArgs", !buildArgs.isEmpty());
        given.put("cacheFrom", !cacheFrom.isEmpty());
        given.put("cacheTo", !cacheTo.isEmpty());
        return given;
    }

    private static void refuse(String dockerfile, String why, Map<String, Boolean> given) throws InvalidInputException {
        for (Map.Entry<String, Boolean> argument : given.entrySet()) {
            if (argument.getValue()) {
                throw new InvalidInputException(
                        "'" + argument.getKey() + "' is given, and a " + dockerfile + " " + why);
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends ListsDescriptor {
        @Override
        public String getFunctionName() {
            return "imageBuild";
        }

        @Override
        public String getDisplayName() {
            return TITLE;
        }

        @Override
        public boolean needsWorkspace() {
            return true;
        }

        @POST
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkBuildTarget(item, value);
        }

        @POST
        public FormValidation doCheckBase(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String dockerfile) {
            return StepForm.checkBase(item, value, dockerfile);
        }

        @POST
        public FormValidation doCheckFiles(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String base) {
            return StepForm.checkFiles(item, value, base);
        }

        @Override
        protected Set<String> lists() {
            return Set.of(
                    "files",
                    "entrypoint",
                    "cmd",
                    "env",
                    "labels",
                    "ports",
                    "volumes",
                    "platforms",
                    "buildArgs",
                    "cacheFrom",
                    "cacheTo");
        }
    }
}
