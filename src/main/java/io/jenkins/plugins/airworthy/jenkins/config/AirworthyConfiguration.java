package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import hudson.util.FormApply;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeptKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEnding;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyLoader;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRing;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyStates;
import io.jenkins.plugins.airworthy.jenkins.config.key.SigstoreInstance;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.form.FormCheck;
import io.jenkins.plugins.airworthy.jenkins.form.FormLines;
import io.jenkins.plugins.airworthy.jenkins.form.RequiredParameter;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The configuration of Airworthy. Registries, scanner, trusted agents and layout folders have a form on the Security page; keys and
 * policies have their own pages. Refuses to store settings that cannot be used.
 */
@Extension
@Symbol("airworthy")
public final class AirworthyConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private static final Logger LOG = Logger.getLogger(AirworthyConfiguration.class.getName());

    private List<KeyEntry> keys = new ArrayList<>();
    private List<PolicyEntry> policies = new ArrayList<>();
    private List<RegistryEntry> registries = new ArrayList<>();
    // Read under the queue's lock, which must not wait for a setting that is being stored.
    private volatile List<String> trustedAgents = new ArrayList<>();
    private List<String> layoutFolders = new ArrayList<>();
    private TrivyOptions trivy = new TrivyOptions();
    private SigstoreInstance sigstore = new SigstoreInstance();
    private int verdictMinutes = (int) Gate.DEFAULT_TIME_LIMIT.toMinutes();
    private transient Registries opened;
    private transient SetupProblems problems;
    private transient Set<String> keysAsCode;
    private transient Set<String> policiesAsCode;

    public static AirworthyConfiguration get() {
        return ExtensionList.lookupSingleton(AirworthyConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return "Airworthy";
    }

    @Override
    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(GlobalConfigurationCategory.Security.class);
    }

    public synchronized List<KeyEntry> getKeys() {
        return List.copyOf(keys);
    }

    /**
     * Sets the keys from configuration as code or a script. Keys that were made here and are not among them stay.
     */
    public synchronized void setKeys(List<KeyEntry> keys) {
        checkKeys(keys);
        KeptKeys kept = KeptKeys.of(keys, this.keys);
        keysAsCode = keys.stream().map(KeyEntry::getName).collect(Collectors.toUnmodifiableSet());
        storeKeys(kept.keys());
        kept.notices().forEach(text -> LOG.warning("Airworthy: " + text));
        tellContradictions();
    }

    /** Sets the keys after a change on a page. */
    public synchronized void changeKeys(List<KeyEntry> keys) {
        checkKeys(keys);
        storeKeys(keys);
    }

    /** Names of the keys that came from code since Jenkins started, and will be set again at the next start. */
    public synchronized Set<String> getKeysAsCode() {
        return keysAsCode == null ? Set.of() : keysAsCode;
    }

    /**
     * Only new keys are checked one by one: a damaged one must not keep another from being revoked. Only administrators of Jenkins
     * may add a key in hardware, regardless of other permissions: its module runs in the controller.
     */
    private void checkKeys(List<KeyEntry> keys) {
        if (keys.stream().anyMatch(key -> key.isInHardware() && !this.keys.contains(key))) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        }
        checked(() -> {
            ConfigurationCheck.distinct(keys.stream().map(KeyEntry::getName).toList(), "keys");
            for (KeyEntry key : keys) {
                if (!this.keys.contains(key)) {
                    KeyLoader.complete(key);
                    ConfigurationCheck.key(key);
                }
            }
        });
    }

    private void storeKeys(List<KeyEntry> keys) {
        this.keys = new ArrayList<>(keys);
        recordEnded();
        save();
    }

    /** Records keys that the configuration retires or revokes, too: later settings cannot undo that. */
    private void recordEnded() {
        EndedKeys record = EndedKeys.current();
        try {
            KeyStates states = KeyStates.of(keys, record);
            for (KeyEntry key : keys) {
                Optional<KeyEnding> ending = KeyStates.configured(key).filter(each -> states.isNews(key, each));
                if (ending.isPresent()) {
                    record.add(key, ending.get(), "the configuration");
                }
            }
        } catch (UndecidedException e) {
            LOG.log(Level.SEVERE, e.getMessage(), e);
        }
    }

    private void tellContradictions() {
        try {
            KeyStates states = KeyStates.of(keys, EndedKeys.current());
            keys.forEach(key -> states.contradiction(key).ifPresent(text -> LOG.warning("Airworthy: " + text)));
        } catch (UndecidedException e) {
            LOG.log(Level.SEVERE, e.getMessage(), e);
        }
    }

    public synchronized List<PolicyEntry> getPolicies() {
        return List.copyOf(policies);
    }

    /** Sets the policies from configuration as code or a script. */
    public synchronized void setPolicies(List<PolicyEntry> policies) {
        changePolicies(policies);
        policiesAsCode = policies.stream().map(PolicyEntry::getName).collect(Collectors.toUnmodifiableSet());
    }

    /** Names of the policies that came from code since Jenkins started, and will be set again at the next start. */
    public synchronized Set<String> getPoliciesAsCode() {
        return policiesAsCode == null ? Set.of() : policiesAsCode;
    }

    /** Sets the policies after a change on a page. */
    public synchronized void changePolicies(List<PolicyEntry> policies) {
        checked(() -> {
            ConfigurationCheck.distinct(
                    policies.stream().map(PolicyEntry::getName).toList(), "policies");
            for (PolicyEntry policy : policies) {
                if (!this.policies.contains(policy)) {
                    ConfigurationCheck.policy(policy);
                }
            }
        });
        this.policies = new ArrayList<>(policies);
        save();
    }

    public synchronized List<RegistryEntry> getRegistries() {
        return List.copyOf(registries);
    }

    public synchronized void setRegistries(List<RegistryEntry> registries) {
        checked(() -> ConfigurationCheck.registries(registries));
        this.registries = new ArrayList<>(registries);
        save();
    }

    /** Names of permanent agents that run only this plugin's own tests and scans. */
    public List<String> getTrustedAgents() {
        return List.copyOf(trustedAgents);
    }

    /** The same as one text, for the form. */
    public String getTrustedAgentLines() {
        return String.join("\n", getTrustedAgents());
    }

    public synchronized void setTrustedAgents(List<String> trustedAgents) {
        checked(() -> ConfigurationCheck.agents(trustedAgents));
        this.trustedAgents = new ArrayList<>(trustedAgents);
        save();
    }

    /** Absolute paths of folders beneath which {@code oci:} references may lead. */
    public synchronized List<String> getLayoutFolders() {
        return List.copyOf(layoutFolders);
    }

    /** The same as one text, for the form. */
    public String getLayoutFolderLines() {
        return String.join("\n", getLayoutFolders());
    }

    public synchronized void setLayoutFolders(List<String> layoutFolders) {
        checked(() -> ConfigurationCheck.layoutFolders(layoutFolders, home()));
        this.layoutFolders = new ArrayList<>(layoutFolders);
        save();
    }

    public synchronized TrivyOptions getTrivy() {
        return trivy;
    }

    public synchronized void setTrivy(TrivyOptions trivy) {
        checked(() -> ConfigurationCheck.trivy(trivy));
        this.trivy = trivy;
        save();
    }

    /** The keys, with the records of their signatures and of their end. */
    public KeyRing keyRing() {
        return new KeyRing(getKeys(), SignatureLog.current(), EndedKeys.current());
    }

    /** An older configuration has none; then it is empty, and no certificates are believed. */
    public synchronized SigstoreInstance getSigstore() {
        return sigstore == null ? new SigstoreInstance() : sigstore;
    }

    public synchronized void setSigstore(SigstoreInstance sigstore) {
        checked(sigstore::check);
        this.sigstore = sigstore;
        save();
    }

    /** How long one verdict may take, in minutes. */
    public synchronized int getVerdictMinutes() {
        return verdictMinutes;
    }

    public synchronized void setVerdictMinutes(int verdictMinutes) {
        checked(() -> ConfigurationCheck.verdictMinutes(verdictMinutes));
        this.verdictMinutes = verdictMinutes;
        save();
    }

    /** How long one verdict may take. */
    public Duration verdictTimeLimit() {
        return Duration.ofMinutes(getVerdictMinutes());
    }

    /** What the form of the Security page shows: these settings, or once those that were sent and refused. */
    public Object getShown() {
        return RefusedForm.takeFrom(Stapler.getCurrentRequest2().getSession())
                .<Object>map(refused -> refused)
                .orElse(this);
    }

    /**
     * The form of the Security page. Keys and policies are not in it, and stay as they are. If something is wrong, nothing is stored,
     * and the page is shown again with what was sent; <em>Apply</em>, which does not leave the page, only shows the message.
     */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        // A list that lost its last entry is not sent at all: absence means empty.
        SecurityForm sent = SecurityForm.of(request, form);
        try {
            ConfigurationCheck.registries(sent.registries());
            ConfigurationCheck.agents(sent.trustedAgents());
            ConfigurationCheck.layoutFolders(sent.layoutFolders(), home());
            ConfigurationCheck.trivy(sent.trivy());
            sent.sigstore().check();
            ConfigurationCheck.credentials(sent.registries(), sent.trivy());
            ConfigurationCheck.verdictMinutes(sent.verdictMinutes());
        } catch (InvalidInputException e) {
            if (FormApply.isApply(request)) {
                throw new FormException(e.getMessage(), e, "registries");
            }
            new RefusedForm(sent, e.getMessage()).keepIn(request.getSession());
            throw HttpResponses.redirectTo("./#airworthy-problem");
        }
        synchronized (this) {
            registries = new ArrayList<>(sent.registries());
            trustedAgents = new ArrayList<>(sent.trustedAgents());
            layoutFolders = new ArrayList<>(sent.layoutFolders());
            trivy = sent.trivy();
            sigstore = sent.sigstore();
            verdictMinutes = sent.verdictMinutes();
            save();
        }
        return true;
    }

    @POST
    public FormValidation doCheckTrustedAgents(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        RequiredParameter.require(value, "value");
        return FormCheck.answer(() -> {
            for (String name : FormLines.of(value)) {
                ConfigurationCheck.agent(name);
                if (Jenkins.get().getNode(name) == null) {
                    return FormValidation.warning("There is no agent named '" + name + "' at the moment.");
                }
                if (!new TrustedAgents(List.of(name)).isTrusted(Jenkins.get().getNode(name))) {
                    return FormValidation.error("'" + name + "' is not a permanent agent, so it would not be trusted.");
                }
            }
            return FormValidation.ok();
        });
    }

    @POST
    public FormValidation doCheckVerdictMinutes(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        RequiredParameter.require(value, "value");
        return value.matches("[0-9]{1,4}")
                ? FormCheck.of(() -> {
                    ConfigurationCheck.verdictMinutes(Integer.parseInt(value));
                })
                : FormValidation.error("A whole number of minutes.");
    }

    @POST
    public FormValidation doCheckLayoutFolders(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        RequiredParameter.require(value, "value");
        return FormCheck.of(() -> {
            for (String folder : FormLines.of(value)) {
                ConfigurationCheck.layoutFolder(folder, home());
            }
        });
    }

    /** The open registries; a change of the configuration reopens all of them. */
    synchronized Registries registriesNow() {
        if (opened == null) {
            opened = new Registries(registries, new LayoutFolders(layoutFolders));
        }
        return opened;
    }

    /** The problems of the configuration, at most some seconds old. */
    public SetupProblems problems() {
        synchronized (this) {
            if (problems != null && problems.isFresh()) {
                return problems;
            }
        }
        SetupProblems found = SetupProblems.of(this);
        synchronized (this) {
            problems = found;
        }
        return found;
    }

    @Override
    public synchronized void load() {
        super.load();
        opened = null;
        problems = null;
        recordEnded();
        tellContradictions();
    }

    @Override
    public synchronized void save() {
        opened = null;
        problems = null;
        super.save();
    }

    private static Path home() {
        return Jenkins.get().getRootDir().toPath();
    }

    private static void checked(Check check) {
        try {
            check.run();
        } catch (AirworthyException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before the configuration was checked", e);
        }
    }

    /** A check of an administrator's settings, which may fail. */
    @FunctionalInterface
    private interface Check {
        void run() throws AirworthyException, InterruptedException;
    }
}
