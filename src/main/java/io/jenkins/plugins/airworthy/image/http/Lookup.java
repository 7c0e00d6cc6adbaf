package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The addresses of a host. The platform's look-up heeds no interrupt, so it has a thread of its own. */
final class Lookup {
    private Lookup() {}

    static List<InetAddress> of(String host, Duration limit) throws IOException {
        FutureTask<InetAddress[]> task = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread thread = new Thread(task, "airworthy-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return List.of(task.get(limit.toMillis(), TimeUnit.MILLISECONDS));
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
