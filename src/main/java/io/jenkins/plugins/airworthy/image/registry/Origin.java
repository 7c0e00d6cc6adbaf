package io.jenkins.plugins.airworthy.image.registry;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port, to which a credential is limited (<a href="https://www.rfc-editor.org/rfc/rfc6454">RFC 6454</a>). */
record Origin(String scheme, String host, int port) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    static Origin of(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    /** Returns whether a URI can be requested at all: http or https, with a host, without a user. */
    static boolean isUsable(URI uri) {
        return uri.getScheme() != null
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?");
    }

    /** Written out: what a record has by itself is linked at its first use, for longer than a request to a registry takes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Origin that
                && scheme.equals(that.scheme)
                && host.equals(that.host)
                && port == that.port;
    }

    @Override
    public int hashCode() {
        return host.hashCode() + port;
    }

    boolean isEncrypted() {
        return scheme.equals("https");
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
