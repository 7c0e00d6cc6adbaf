package io.jenkins.plugins.airworthy.jenkins.ui.manage;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;

import java.util.List;

/** Tells administrators on their pages that nothing is signed or promoted because of the ledger, and why. */
@Extension
public final class LedgerMonitor extends AdministrativeMonitor {
    @Override
    public String getDisplayName() {
        return "Airworthy: the ledger";
    }

    @Override
    public boolean isActivated() {
        return !getProblems().isEmpty();
    }

    @Override
    public boolean isSecurity() {
        return true;
    }

    /** What speaks against signing and promoting, as sentences. */
    public List<String> getProblems() {
        return ControllerLedger.current().problems();
    }
}
