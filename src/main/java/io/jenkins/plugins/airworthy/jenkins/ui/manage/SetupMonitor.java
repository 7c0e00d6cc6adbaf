package io.jenkins.plugins.airworthy.jenkins.ui.manage;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;

import java.util.List;

/** Warns administrators on their pages about settings that cannot work, or contradict the record of ended keys. */
@Extension
public final class SetupMonitor extends AdministrativeMonitor {
    /** How many problems are shown at once. */
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

    /** The problems as sentences, the most severe first. */
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
