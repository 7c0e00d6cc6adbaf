package io.jenkins.plugins.airworthy.image.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * The pool of idle connections of this process, for the next request on the same route. Each access closes connections that were
 * idle for too long. A connection that received unrequested bytes or its end is not
 * reused.
 */
final class IdleConnections {
    static final IdleConnections SHARED = new IdleConnections(32, Duration.ofSeconds(15));

    private final int most;
    private final Duration longest;
    /** The most recently used first. */
    private final Deque<Idle> all = new ArrayDeque<>();

    private record Idle(Connection connection, long since) {}

    IdleConnections(int most, Duration longest) {
        this.most = most;
        this.longest = longest;
    }

    Optional<Connection> take(ConnectionRoute route) {
        Optional<Connection> found = remove(route);
        while (found.isPresent() && !found.get().isFit()) {
            found.get().close();
            found = remove(route);
        }
        return found;
    }

    synchronized void give(Connection connection) {
        dropOld();
        all.addFirst(new Idle(connection, System.nanoTime()));
        if (all.size() > most) {
            all.removeLast().connection().close();
        }
    }

    private synchronized Optional<Connection> remove(ConnectionRoute route) {
        dropOld();
        for (Iterator<Idle> each = all.iterator(); each.hasNext(); ) {
            Connection connection = each.next().connection();
            if (connection.route().equals(route)) {
                each.remove();
                return Optional.of(connection);
            }
        }
        return Optional.empty();
    }

    private void dropOld() {
        long now = System.nanoTime();
        while (!all.isEmpty() && now - all.getLast().since() > longest.toNanos()) {
            all.removeLast().connection().close();
        }
    }
}
