package io.jenkins.plugins.airworthy.image.http;

import io.jenkins.plugins.airworthy.ThisMachine;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Opens connections. Refuses to connect to this machine for a request that must not reach it; the checked
 * addresses are the ones that are connected to, so that DNS cannot change in between.
 */
final class Connector {
    private final Duration limit;

    Connector(Duration limit) {
        this.limit = limit;
    }

    Connection open(ConnectionRoute route, boolean elsewhere) throws IOException {
        WaitLimit.Until patience = WaitLimit.Until.connected(limit);
        Connection connection = new Connection(route, new ConnectionSocket(pipe(route, elsewhere, patience)));
        try {
            connection.establish(patience);
            return connection;
        } catch (IOException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    private TcpConnection pipe(ConnectionRoute route, boolean elsewhere, WaitLimit.Until patience) throws IOException {
        if (route.proxy().isEmpty()) {
            List<InetAddress> addresses = HostLookup.of(route.host(), limit);
            requireElsewhere(route, elsewhere, addresses);
            return first(addresses, route.port(), patience);
        }
        requireElsewhere(route, elsewhere, List.of());
        Proxy proxy = route.proxy().get();
        try {
            return first(HostLookup.of(proxy.host(), limit), proxy.port(), patience);
        } catch (UnknownHostException | ConnectException | TimedOutException.Connecting e) {
            throw ProxyException.unreachable(proxy, e);
        }
    }

    /** @param addresses that are to be connected to; none if a proxy connects to it, when only the name is known */
    void requireElsewhere(ConnectionRoute route, boolean elsewhere, List<InetAddress> addresses) throws IOException {
        if (!elsewhere) {
            return;
        }
        boolean here = addresses.isEmpty()
                ? HostLookup.leadsHere(route.host(), limit)
                : addresses.stream().anyMatch(ThisMachine::isHere);
        if (here) {
            throw new LeadsHereException(route.host());
        }
    }

    /** Each address gets its share of the time that is left. */
    private static TcpConnection first(List<InetAddress> addresses, int port, WaitLimit.Until patience)
            throws IOException {
        IOException failure = new ConnectException("no address");
        for (int i = 0; i < addresses.size(); i++) {
            Duration share = Duration.ofNanos(Math.max(0, patience.nanosLeft()) / (addresses.size() - i));
            try {
                return TcpConnection.to(new InetSocketAddress(addresses.get(i), port), patience.within(share));
            } catch (ConnectException | TimedOutException.Connecting e) {
                failure = e;
            }
        }
        throw failure;
    }
}
