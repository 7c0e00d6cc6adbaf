package io.jenkins.plugins.airworthy.jenkins.ui.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.VerdictEntry;
import io.jenkins.plugins.airworthy.policy.Decision;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Adds the verdicts of every run that ends to the list of recent ones. */
@Extension
public final class RecentVerdictsListener extends RunListener<Run<?, ?>> {
    private static final Logger LOG = Logger.getLogger(RecentVerdictsListener.class.getName());

    private RecentVerdicts verdicts;
    private ControllerLedger of;

    public static RecentVerdictsListener get() {
        return ExtensionList.lookupSingleton(RecentVerdictsListener.class);
    }

    private synchronized RecentVerdicts verdicts() {
        ControllerLedger ledger = ControllerLedger.current();
        if (verdicts == null || of != ledger) {
            of = ledger;
            verdicts = new RecentVerdicts(ledger);
        }
        return verdicts;
    }

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        try {
            Optional<ImageRecord> record = ImageRecord.find(run);
            if (record.isPresent()) {
                add(run, record.get().verdicts());
            }
        } catch (AirworthyException e) {
            // The run still has its verdicts; only the list for people lacks them.
            LOG.log(Level.WARNING, "the verdicts of " + run + " are not in the list of recent ones", e);
        }
    }

    private void add(Run<?, ?> run, List<VerdictEntry> judged) throws AirworthyException {
        int number = 0;
        for (VerdictEntry verdict : judged) {
            number++;
            verdicts()
                    .add(new RecentVerdict(
                            verdict.at(),
                            run.getParent().getFullName(),
                            run.getNumber(),
                            number,
                            verdict.image().toString(),
                            verdict.target().map(Object::toString).orElse(""),
                            verdict.policy(),
                            verdict.decision() == Decision.PASSED,
                            verdict.promotedTo().isPresent()));
        }
    }

    /** The verdicts of jobs that the user may see, the newest first. */
    public List<RecentVerdict> visible() throws AirworthyException {
        Map<String, Boolean> seen = new HashMap<>();
        return verdicts().latest().stream()
                .filter(verdict ->
                        seen.computeIfAbsent(verdict.job(), name -> job(name).isPresent()))
                .toList();
    }

    /** A job that the user may see. Jenkins throws if the user may know that the job exists but may not see it. */
    public static Optional<Job<?, ?>> job(String fullName) {
        try {
            return Optional.ofNullable(Jenkins.get().getItemByFullName(fullName, Job.class));
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }
}
