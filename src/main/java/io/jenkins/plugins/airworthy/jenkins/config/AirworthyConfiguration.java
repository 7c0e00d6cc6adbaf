package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import org.jenkinsci.Symbol;

import java.util.ArrayList;
import java.util.List;

/** All that administrators set up. Registries, scanner and agents have a form on the Security page; keys and policies have pages of their own. */
@Extension
@Symbol("airworthy")
public final class AirworthyConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private List<KeyEntry> keys = new ArrayList<>();
    private List<PolicyEntry> policies = new ArrayList<>();
    private List<RegistryEntry> registries = new ArrayList<>();
    private List<String> trustedAgents = new ArrayList<>();
    private List<String> layoutFolders = new ArrayList<>();
    private TrivyOptions trivy = new TrivyOptions();
    private transient Registries opened;

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

    public synchronized void setKeys(List<KeyEntry> keys) {
        this.keys = new ArrayList<>(keys);
        save();
    }

    public synchronized List<PolicyEntry> getPolicies() {
        return List.copyOf(policies);
    }

    public synchronized void setPolicies(List<PolicyEntry> policies) {
        this.policies = new ArrayList<>(policies);
        save();
    }

    public synchronized List<RegistryEntry> getRegistries() {
        return List.copyOf(registries);
    }

    public synchronized void setRegistries(List<RegistryEntry> registries) {
        this.registries = new ArrayList<>(registries);
        save();
    }

    /** Names of permanent agents that run nothing but this plugin's own tests and scans. */
    public synchronized List<String> getTrustedAgents() {
        return List.copyOf(trustedAgents);
    }

    public synchronized void setTrustedAgents(List<String> trustedAgents) {
        this.trustedAgents = new ArrayList<>(trustedAgents);
        save();
    }

    /** Absolute paths of folders beneath which {@code oci:} references may lead. */
    public synchronized List<String> getLayoutFolders() {
        return List.copyOf(layoutFolders);
    }

    public synchronized void setLayoutFolders(List<String> layoutFolders) {
        this.layoutFolders = new ArrayList<>(layoutFolders);
        save();
    }

    public synchronized TrivyOptions getTrivy() {
        return trivy;
    }

    public synchronized void setTrivy(TrivyOptions trivy) {
        this.trivy = trivy;
        save();
    }

    synchronized Registries registriesNow() {
        if (opened == null) {
            opened = new Registries(registries, new LayoutFolders(layoutFolders));
        }
        return opened;
    }

    @Override
    public synchronized void load() {
        super.load();
        opened = null;
    }

    @Override
    public synchronized void save() {
        opened = null;
        super.save();
    }
}
