package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialChoice;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialUse;
import io.jenkins.plugins.airworthy.jenkins.config.credential.SystemCredentials;
import io.jenkins.plugins.airworthy.jenkins.form.FormCheck;
import io.jenkins.plugins.airworthy.jenkins.form.RequiredParameter;
import io.jenkins.plugins.airworthy.scan.TrivySettings;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** How Trivy is run on every agent. Jobs cannot change any of this. */
public final class TrivyOptions implements Describable<TrivyOptions> {
    private static final String TOKEN = "the token of the Trivy server";
    private static final int DEFAULT_MINUTES = (int) TrivySettings.DEFAULT_TIME_LIMIT.toMinutes();

    private String tool = "";
    private String server = "";
    private String tokenCredentialsId = "";
    private String cache = "";
    private boolean offline;
    private int minutes = DEFAULT_MINUTES;

    @DataBoundConstructor
    public TrivyOptions() {}

    /** The administrator's settings. */
    public static TrivyOptions current() {
        return AirworthyConfiguration.get().getTrivy();
    }

    /** The path and settings with which an agent runs Trivy. */
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
        if (tokenCredentialsId.isEmpty()) {
            return "";
        }
        if (!TrustedAgents.current().isTrusted(node)) {
            throw new InvalidInputException("the token of the Trivy server goes to trusted agents only, and "
                    + node.getDisplayName()
                    + " is not one: anyone who has the token can put their own findings into the"
                    + " server's cache. An administrator can list trusted agents, or scan without a server, under Manage Jenkins,"
                    + " Security, Airworthy");
        }
        return new SystemCredentials(CredentialUse.on(node))
                .require(tokenCredentialsId, StringCredentials.class, TOKEN)
                .getSecret()
                .getPlainText();
    }

    /** Refuses a missing credential for the token. */
    void requireToken() throws InvalidInputException {
        if (!tokenCredentialsId.isEmpty()) {
            new SystemCredentials(CredentialUse.UNTRACKED).require(tokenCredentialsId, StringCredentials.class, TOKEN);
        }
    }

    private String home(Node node, TaskListener listener) throws AirworthyException, InterruptedException {
        String agent = "the agent '" + node.getDisplayName() + "'";
        for (TrivyTool each : installations()) {
            if (tool.isEmpty() || tool.equals(each.getName())) {
                try {
                    String home = Util.fixNull(each.forNode(node, listener).getHome());
                    if (home.isBlank()) {
                        throw new InvalidInputException("the Trivy named '" + each.getName() + "' has no path for "
                                + agent + "; an administrator can give one under Manage Jenkins, Tools");
                    }
                    return home;
                } catch (IOException e) {
                    throw new UndecidedException(
                            "Trivy could not be set up on " + agent + "; see Manage Jenkins, Tools", e);
                }
            }
        }
        throw new InvalidInputException(
                (tool.isEmpty() ? "no Trivy is set up" : "no Trivy named '" + tool + "' is set up")
                        + "; an administrator can add one under Manage Jenkins, Tools");
    }

    private static TrivyTool[] installations() {
        return ExtensionList.lookupSingleton(TrivyTool.DescriptorImpl.class).getInstallations();
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

    /** Older configurations lack newer fields. */
    Object readResolve() {
        tool = Util.fixNull(tool);
        server = Util.fixNull(server);
        tokenCredentialsId = Util.fixNull(tokenCredentialsId);
        cache = Util.fixNull(cache);
        minutes = minutes < 1 ? DEFAULT_MINUTES : minutes;
        return this;
    }

    /** The descriptor of these options. Its checks are for administrators only. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<TrivyOptions> {
        @Override
        public String getDisplayName() {
            return "Trivy";
        }

        @POST
        public ListBoxModel doFillToolItems(@QueryParameter String tool) {
            ListBoxModel items = new ListBoxModel();
            items.add("The first one", "");
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                for (TrivyTool each : installations()) {
                    items.add(each.getName());
                }
            } else if (tool != null && !tool.isEmpty()) {
                items.add(tool);
            }
            return items;
        }

        @POST
        public FormValidation doCheckTool() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return installations().length > 0
                    ? FormValidation.ok()
                    : FormValidation.warning("No Trivy is set up yet; add one under Manage Jenkins, Tools.");
        }

        @POST
        public FormValidation doCheckServer(@QueryParameter String value, @QueryParameter String tokenCredentialsId) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return check(options -> {
                options.setServer(value);
                options.setTokenCredentialsId(value.isBlank() ? "" : tokenCredentialsId);
            });
        }

        @POST
        public ListBoxModel doFillTokenCredentialsIdItems(@QueryParameter String tokenCredentialsId) {
            return CredentialChoice.of(StringCredentials.class, Util.fixNull(tokenCredentialsId));
        }

        @POST
        public FormValidation doCheckTokenCredentialsId(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return CredentialChoice.check(StringCredentials.class, value, false);
        }

        @POST
        public FormValidation doCheckCache(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return check(options -> options.setCache(value));
        }

        @POST
        public FormValidation doCheckMinutes(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            RequiredParameter.require(value, "value");
            return value.matches("[0-9]{1,4}")
                    ? check(options -> options.setMinutes(Integer.parseInt(value)))
                    : FormValidation.error("A whole number of minutes.");
        }

        private static FormValidation check(Consumer<TrivyOptions> fill) {
            TrivyOptions options = new TrivyOptions();
            fill.accept(options);
            return FormCheck.of(() -> {
                ConfigurationCheck.trivy(options);
            });
        }
    }
}
