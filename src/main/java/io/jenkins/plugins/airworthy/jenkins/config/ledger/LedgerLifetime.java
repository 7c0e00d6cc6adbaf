package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import hudson.Extension;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Opens the ledger when Jenkins has started, and closes it with a last checkpoint when Jenkins stops. */
@Extension
public final class LedgerLifetime extends ItemListener {
    private static final Logger LOG = Logger.getLogger(LedgerLifetime.class.getName());

    @Override
    public void onLoaded() {
        ControllerLedger ledger = ControllerLedger.current();
        try {
            ledger.open();
        } catch (AirworthyException e) {
            LOG.log(Level.SEVERE, "Airworthy signs and promotes nothing", e);
            return;
        }
        ledger.problems().forEach(problem -> LOG.severe("Airworthy signs and promotes nothing: " + problem));
    }

    @Override
    public void onBeforeShutdown() {
        try {
            ControllerLedger.current().close();
        } catch (AirworthyException e) {
            LOG.log(Level.WARNING, "the last checkpoint of the ledger could not be written; its entries are kept", e);
        }
    }
}
