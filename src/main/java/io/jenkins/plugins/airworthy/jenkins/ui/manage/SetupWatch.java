package io.jenkins.plugins.airworthy.jenkins.ui.manage;

import hudson.Extension;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;

import java.util.logging.Logger;

/** Logs settings that cannot work once Jenkins has started: configuration as code may add credentials after our settings. */
@Extension
public final class SetupWatch extends ItemListener {
    private static final Logger LOG = Logger.getLogger(SetupWatch.class.getName());

    @Override
    public void onLoaded() {
        AirworthyConfiguration.get().problems().list().forEach(problem -> LOG.warning("Airworthy: " + problem));
    }
}
