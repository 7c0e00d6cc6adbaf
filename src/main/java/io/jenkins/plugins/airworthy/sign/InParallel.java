package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same to several things at once, in a few threads that end with the call. The first failure ends all. */
final class InParallel {
    /** How many requests are under way at once: enough to hide a registry's latency, too few to trouble it. */
    static final int THREADS = 6;

    private InParallel() {}

    /** One piece of the work. */
    @FunctionalInterface
    interface Work<A, B> {
        B apply(A input) throws AirworthyException, InterruptedException;
    }

    /** The results in the order of the inputs. */
    static <A, B> List<B> map(List<A> inputs, Work<A, B> work) throws AirworthyException, InterruptedException {
        List<B> results = new ArrayList<>();
        if (inputs.size() == 1) {
            results.add(work.apply(inputs.get(0)));
        }
        if (inputs.size() <= 1) {
            return results;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, inputs.size()), task -> {
            Thread thread = new Thread(task, "airworthy-evidence");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<B>> futures = new ArrayList<>();
            for (A input : inputs) {
                futures.add(threads.submit(() -> work.apply(input)));
            }
            for (Future<B> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw rethrow(e.getCause());
        } finally {
            threads.shutdownNow();
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
            throw error;
        }
        throw (RuntimeException) cause;
    }
}
