package io.jenkins.plugins.airworthy.image.http;

import javax.net.ssl.SSLContext;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * What connections must have in common to be used for each other's requests.
 *
 * @param host as it is written in an address, in lower case
 * @param tls empty for plain http
 */
record ConnectionRoute(String host, int port, Optional<SSLContext> tls, Optional<Proxy> proxy) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    static ConnectionRoute of(URI uri, Optional<SSLContext> tls, Optional<Proxy> proxy) {
        int usual = tls.isPresent() ? HTTPS_PORT : HTTP_PORT;
        int port = uri.getPort() >= 0 ? uri.getPort() : usual;
        return new ConnectionRoute(uri.getHost().toLowerCase(Locale.ROOT), port, tls, proxy);
    }

    /** Written out: what a record has by itself is linked at its first use, for longer than a request to a registry takes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionRoute that
                && host.equals(that.host)
                && port == that.port
                && tls.equals(that.tls)
                && proxy.equals(that.proxy);
    }

    @Override
    public int hashCode() {
        return host.hashCode() + port;
    }

    /** The host as TLS wants it. */
    String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether a proxy passes the bytes on without knowing of requests. */
    boolean isTunnel() {
        return tls.isPresent() && proxy.isPresent();
    }
}
