package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The latest verdicts of all jobs, from the controller's ledger. It is only for people: no decision depends on it. Shows at most
 * {@value #KEPT}, of the last {@value #SEARCHED} entries. Thread-safe.
 */
public final class RecentVerdicts {
    /** How many verdicts are shown. */
    public static final int KEPT = 500;

    /** How many entries are looked through for them. */
    static final int SEARCHED = 20_000;

    private final ControllerLedger ledger;
    private final Deque<LedgerReader.Recorded> latest = new ArrayDeque<>();
    private long next;

    public RecentVerdicts(ControllerLedger ledger) {
        this.ledger = ledger;
    }

    /** Adds a verdict and returns once it is on the disk. */
    public void add(RecentVerdict verdict) throws AirworthyException {
        ledger.append(verdict.toEntry(ledger.names()));
    }

    /** The verdicts, the newest first, without those of jobs that were deleted. */
    public synchronized List<RecentVerdict> latest() throws AirworthyException {
        readOn();
        List<RecentVerdict> shown = new ArrayList<>();
        for (LedgerReader.Recorded recorded : latest) {
            Optional<RecentVerdict> verdict = RecentVerdict.of(recorded.entry(), ledger.names());
            verdict.ifPresent(shown::add);
        }
        return List.copyOf(shown);
    }

    private void readOn() throws AirworthyException {
        LedgerReader reader = ledger.open();
        long size = reader.size();
        for (long index = Math.max(next, size - SEARCHED); index < size; index++) {
            LedgerReader.Recorded recorded = new LedgerReader.Recorded(index, reader.entry(index));
            if (RecentVerdict.isVerdict(recorded.entry())) {
                latest.addFirst(recorded);
            }
            if (latest.size() > KEPT) {
                latest.removeLast();
            }
            next = index + 1;
        }
    }
}
