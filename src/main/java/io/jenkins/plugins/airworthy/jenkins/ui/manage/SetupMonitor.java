package io.jenkins.plugins.airworthy.jenkins.ui.manage;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;

import java.util.List;

/** Tells administrators on every page of theirs what of our set-up cannot work, or contradicts what is remembered of keys. */
@Extension
public final class SetupMonitor extends AdministrativeMonitor {
    /** How many are shown at once. */
    static final int MAX_SHOWN = 20;

    @Override
    public String getDisplayName() {
        return "Airworthy: keys, policies and registries that cannot work";
    }

    @Override
    public boolean isActivated() {
        return !getProblems().isEmpty();
    }

    @Override
    public boolean isSecurity() {
        return true;
    }

    /** In sentences, the weightiest first. */
    public List<String> getProblems() {
        return AirworthyConfiguration.get().problems().list();
    }

    public List<String> getShown() {
        List<String> problems = getProblems();
        return problems.subList(0, Math.min(MAX_SHOWN, problems.size()));
    }

    public int getMore() {
        return getProblems().size() - getShown().size();
    }
}
