package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.gate.Judged;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs trials of policies on separate threads. Refuses more than a few at once, ends trials that take too long, and forgets old
 * ones. Shows a trial only to the person who started it.
 */
public final class PolicyPreviews {
    /** How many trials run at once. */
    static final int MAX_RUNNING = 2;

    /** How many trials may wait. */
    static final int MAX_WAITING = 4;

    /** How many trials are kept. */
    static final int MAX_KEPT = 20;

    /** How long one trial may take. */
    public static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Duration limit;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor watch;
    private final Map<String, PolicyPreview> kept = new LinkedHashMap<>();

    public PolicyPreviews(Duration limit) {
        this.limit = limit;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX_RUNNING,
                MAX_RUNNING,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                threads("Airworthy: trial of a policy"));
        pool.allowCoreThreadTimeOut(true);
        this.workers = pool;
        this.watch = new ScheduledThreadPoolExecutor(1, threads("Airworthy: time limit of trials"));
        watch.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
        watch.setRemoveOnCancelPolicy(true);
    }

    /** Starts a trial. */
    synchronized PolicyPreview start(String owner, String image, Callable<Judged> work) throws InvalidInputException {
        PolicyPreview trial = new PolicyPreview(UUID.randomUUID().toString(), owner, image, work);
        FutureTask<Void> task = new FutureTask<>(trial, null);
        trial.runsAs(task);
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            throw new InvalidInputException(
                    "too many policies are being tried at this moment: try again in a minute", e);
        }
        trial.limitedBy(watch.schedule(() -> trial.stopAfter(limit), limit.toMillis(), TimeUnit.MILLISECONDS));
        kept.put(trial.getId(), trial);
        if (kept.size() > MAX_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        return trial;
    }

    synchronized Optional<PolicyPreview> find(String id, String asking) {
        return Optional.ofNullable(kept.get(id)).filter(trial -> trial.owner().equals(asking));
    }

    private static ThreadFactory threads(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
