package io.jenkins.plugins.airworthy.image.http;

import io.jenkins.plugins.airworthy.ThisMachine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** DNS look-ups. The platform's look-up ignores interrupts, so it runs in its own thread. */
final class HostLookup {
    private HostLookup() {}

    static List<InetAddress> of(String host, Duration limit) throws IOException {
        return List.of(answer(() -> InetAddress.getAllByName(host), limit));
    }

    /** Whether a host, which a proxy will connect to, is this machine as far as can be seen from here. */
    static boolean leadsHere(String host, Duration limit) throws IOException {
        return answer(() -> ThisMachine.isReachedBy(host), limit);
    }

    static <T> T answer(Callable<T> question, Duration limit) throws IOException {
        FutureTask<T> task = new FutureTask<>(question);
        Thread thread = new Thread(task, "airworthy-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            InterruptedIOException failure =
                    new TimedOutException.Connecting("no address within " + limit.toSeconds() + " s");
            failure.initCause(e);
            throw failure;
        } catch (InterruptedException e) {
            throw Interruption.tell(e);
        } catch (ExecutionException e) {
            UnknownHostException failure = new UnknownHostException("no address is known");
            failure.initCause(e.getCause());
            throw failure;
        }
    }
}
