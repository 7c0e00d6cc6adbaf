package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;
import java.util.Set;

/** A proxy cannot be used or reached, or does not let us through. */
public final class ProxyException extends IOException {
    private static final long serialVersionUID = 1L;
    /** Some proxies say 401 of it, which is for the servers behind them. */
    private static final Set<Integer> WANTS_A_PASSWORD = Set.of(401, 407);

    private static final int FAULT_OF_ITS_OWN = 500;

    private final boolean refusal;

    private ProxyException(String message, boolean refusal, Throwable cause) {
        super(message, cause);
        this.refusal = refusal;
    }

    static ProxyException refused(Proxy proxy, int status) {
        String what = WANTS_A_PASSWORD.contains(status)
                ? (proxy.authorization().isPresent() ? "wants another user or password" : "wants a user and a password")
                : "does not let us through";
        return new ProxyException(
                "the proxy " + proxy + " " + what + " (" + status + ")", status < FAULT_OF_ITS_OWN, null);
    }

    static ProxyException unreachable(Proxy proxy, IOException cause) {
        return new ProxyException("the proxy " + proxy + " cannot be reached", false, cause);
    }

    /**
     * What was set names no proxy that could be asked.
     *
     * @param what is wrong with it, without any password
     */
    public static ProxyException unusable(String what) {
        return new ProxyException(what, true, null);
    }

    /** Whether trying again cannot help. */
    public boolean isLasting() {
        return refusal;
    }
}
