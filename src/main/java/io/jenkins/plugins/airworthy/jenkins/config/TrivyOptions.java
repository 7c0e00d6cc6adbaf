package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Node;
import hudson.model.TaskListener;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.scan.TrivySettings;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.io.IOException;
import java.time.Duration;

/** How Trivy is run, on whatever agent. Nothing that a job sets decides any of this. */
public final class TrivyOptions implements Describable<TrivyOptions> {
    private String tool = "";
    private String server = "";
    private String tokenCredentialsId = "";
    private String cache = "";
    private boolean offline;
    private int minutes = (int) TrivySettings.DEFAULT_TIME_LIMIT.toMinutes();

    @DataBoundConstructor
    public TrivyOptions() {}

    /** What the administrator set up. */
    public static TrivyOptions current() {
        return AirworthyConfiguration.get().getTrivy();
    }

    /** Where and how an agent runs Trivy. */
    public AgentTrivy onNode(Node node, TaskListener listener) throws AirworthyException, InterruptedException {
        FilePath root = node.getRootPath();
        if (root == null) {
            throw new UndecidedException("the agent '" + node.getDisplayName() + "' is offline: no scan can run there");
        }
        return new AgentTrivy(
                home(node, listener),
                cache.isEmpty() ? root.child("airworthy").child("trivy").getRemote() : cache,
                offline,
                server,
                token(node),
                Duration.ofMinutes(minutes).toSeconds());
    }

    private String token(Node node) throws InvalidInputException {
        return tokenCredentialsId.isEmpty()
                ? ""
                : new SystemCredentials(CredentialUse.on(node))
                        .require(tokenCredentialsId, StringCredentials.class, "the token of the Trivy server")
                        .getSecret()
                        .getPlainText();
    }

    private String home(Node node, TaskListener listener) throws AirworthyException, InterruptedException {
        try {
            for (TrivyTool each : ExtensionList.lookupSingleton(TrivyTool.DescriptorImpl.class)
                    .getInstallations()) {
                if (tool.isEmpty() || tool.equals(each.getName())) {
                    return Util.fixNull(each.forNode(node, listener).getHome());
                }
            }
        } catch (IOException e) {
            throw new UndecidedException(
                    "Trivy could not be set up on the agent '" + node.getDisplayName() + "'; see Manage Jenkins, Tools",
                    e);
        }
        throw new UndecidedException("no Trivy is set up: add one under Manage Jenkins, Tools");
    }

    /** The name of the tool installation; empty for the only one. */
    public String getTool() {
        return tool;
    }

    @DataBoundSetter
    public void setTool(String tool) {
        this.tool = Util.fixNull(tool).trim();
    }

    /** The address of a Trivy server; empty for none. */
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(String server) {
        this.server = Util.fixNull(server).trim();
    }

    /** A system credential with the server's token; empty for none. */
    public String getTokenCredentialsId() {
        return tokenCredentialsId;
    }

    @DataBoundSetter
    public void setTokenCredentialsId(String tokenCredentialsId) {
        this.tokenCredentialsId = Util.fixNull(tokenCredentialsId);
    }

    /** The folder on agents that holds Trivy's databases; empty for one beneath the agent's own folder. */
    public String getCache() {
        return cache;
    }

    @DataBoundSetter
    public void setCache(String cache) {
        this.cache = Util.fixNull(cache).trim();
    }

    public boolean isOffline() {
        return offline;
    }

    @DataBoundSetter
    public void setOffline(boolean offline) {
        this.offline = offline;
    }

    /** How long one image may take. */
    public int getMinutes() {
        return minutes;
    }

    @DataBoundSetter
    public void setMinutes(int minutes) {
        this.minutes = minutes;
    }

    /** What Jenkins knows of these options. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<TrivyOptions> {
        @Override
        public String getDisplayName() {
            return "Trivy";
        }
    }
}
