package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import hudson.model.ModelObject;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.jenkins.ui.run.ShownVerdict;
import io.jenkins.plugins.airworthy.sign.attach.RejectedEvidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * A trial of a policy on an image: running, or ended with a verdict or a failure. It writes nothing. It belongs to the person who
 * started it.
 */
public final class PolicyPreview implements Runnable, ModelObject {
    /** How many rejected pieces of evidence are shown. */
    public static final int MAX_REJECTED = 20;

    private final String id;
    private final String owner;
    private final String image;
    private final Callable<Judged> work;
    private volatile Outcome outcome;
    private volatile Future<?> future;
    private Future<?> timer;

    /** How a trial ended. */
    private record Outcome(Optional<ShownVerdict> verdict, List<String> rejected, String failure) {}

    PolicyPreview(String id, String owner, String image, Callable<Judged> work) {
        this.id = id;
        this.owner = owner;
        this.image = image;
        this.work = work;
    }

    @Override
    public void run() {
        try {
            Judged judged = work.call();
            List<String> rejected = judged.rejected().stream()
                    .limit(MAX_REJECTED)
                    .map(RejectedEvidence::reason)
                    .toList();
            end(new Outcome(Optional.of(ShownVerdict.of(judged.verdict())), rejected, ""));
        } catch (AirworthyException e) {
            end(failed(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(failed("stopped"));
        } catch (Exception e) {
            end(failed("could not be decided; Jenkins' log says more"));
            throw new IllegalStateException("a trial of a policy failed unexpectedly", e);
        }
    }

    /** Ends the trial if it is still running. */
    void stopAfter(Duration limit) {
        Future<?> running = future;
        if (outcome == null) {
            end(failed("took longer than the allowed " + limit.toSeconds() + " seconds"));
        }
        if (running != null) {
            running.cancel(true);
        }
    }

    void runsAs(Future<?> running) {
        this.future = running;
    }

    synchronized void limitedBy(Future<?> limit) {
        this.timer = limit;
        if (outcome != null) {
            limit.cancel(false);
        }
    }

    private synchronized void end(Outcome how) {
        if (outcome == null) {
            outcome = how;
        }
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private static Outcome failed(String message) {
        return new Outcome(Optional.empty(), List.of(), message);
    }

    String owner() {
        return owner;
    }

    @Override
    public String getDisplayName() {
        return "Trial of a policy";
    }

    public String getId() {
        return id;
    }

    /** The image as it was asked for. */
    public String getImage() {
        return image;
    }

    public boolean isRunning() {
        return outcome == null;
    }

    /** The verdict; null while there is none, as views require. */
    public ShownVerdict getVerdict() {
        Outcome ended = outcome;
        return ended == null ? null : ended.verdict.orElse(null);
    }

    /** Rejected evidence, with the reason. */
    public List<String> getRejected() {
        Outcome ended = outcome;
        return ended == null ? List.of() : ended.rejected;
    }

    /** Why there is no verdict; empty if there is one, or while the trial is running. */
    public String getFailure() {
        Outcome ended = outcome;
        return ended == null ? "" : ended.failure;
    }
}
