package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import hudson.Extension;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.airworthy.AirworthyException;

import java.time.Duration;

/** Writes a checkpoint of the ledger every minute in which something happened. */
@Extension
public final class LedgerCheckpoints extends PeriodicWork {
    @Override
    public long getRecurrencePeriod() {
        return Duration.ofMinutes(1).toMillis();
    }

    @Override
    protected void doRun() throws AirworthyException {
        ControllerLedger.current().checkpointIfNeeded();
    }
}
