package io.jenkins.plugins.airworthy.jenkins.ui.run;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Updates the names beside the ledger when a job is renamed, moved or deleted: another job that gets the old name must not show the
 * old job's verdicts.
 */
@Extension
public final class JobMoves extends ItemListener {
    private static final Logger LOG = Logger.getLogger(JobMoves.class.getName());

    /** Jenkins calls this for a folder and then for each item in it. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        try {
            ControllerLedger.current().names().move(oldFullName, newFullName);
        } catch (UndecidedException e) {
            LOG.log(
                    Level.WARNING,
                    "the ledger's entries of " + newFullName + " still show its old name " + oldFullName,
                    e);
        }
    }

    @Override
    public void onDeleted(Item item) {
        try {
            ControllerLedger.current().names().erase(item.getFullName());
        } catch (UndecidedException e) {
            LOG.log(Level.WARNING, "the ledger still knows the name of the deleted " + item.getFullName(), e);
        }
    }
}
