package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Applies a function to several inputs in parallel, in a few threads. The first failure, or an interrupt, ends all of them
 * at once: when the call returns, all its threads have ended, unless one ignores interrupts.
 */
public final class InParallel {
    /** How long to wait for running work to end after it was interrupted. */
    private static final long ENDING_SECONDS = 30;

    private final String name;
    private final int threads;

    /** @param name of the threads */
    public InParallel(String name, int threads) {
        this.name = name;
        this.threads = threads;
    }

    /** One piece of the work. */
    @FunctionalInterface
    public interface Work<A, B> {
        B apply(A input) throws AirworthyException, InterruptedException;
    }

    /** The results in the order of the inputs. */
    public <A, B> List<B> map(List<A> inputs, Work<A, B> work) throws AirworthyException, InterruptedException {
        List<B> results = new ArrayList<>();
        if (inputs.size() == 1) {
            results.add(work.apply(inputs.get(0)));
        }
        if (inputs.size() <= 1) {
            return results;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, inputs.size()), task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<B> ends = new ExecutorCompletionService<>(pool);
            List<Future<B>> all = new ArrayList<>();
            for (A input : inputs) {
                all.add(ends.submit(() -> work.apply(input)));
            }
            for (int ended = 0; ended < all.size(); ended++) {
                ends.take().get();
            }
            for (Future<B> each : all) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw rethrow(e.getCause());
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static RuntimeException rethrow(Throwable cause) throws AirworthyException, InterruptedException {
        if (cause instanceof AirworthyException expected) {
            throw expected;
        }
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof Error error) {
            throw error; // above all an OutOfMemoryError, which is reported as such
        }
        throw (RuntimeException) cause;
    }
}
