package io.jenkins.plugins.airworthy.jenkins.ui.manage;

import hudson.Extension;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;

import java.util.logging.Logger;

/** Writes into Jenkins' log what of our set-up cannot work, once all of Jenkins is there: code may bring credentials after it. */
@Extension
public final class SetupWatch extends ItemListener {
    private static final Logger LOG = Logger.getLogger(SetupWatch.class.getName());

    @Override
    public void onLoaded() {
        AirworthyConfiguration.get().problems().list().forEach(problem -> LOG.warning("Airworthy: " + problem));
    }
}
