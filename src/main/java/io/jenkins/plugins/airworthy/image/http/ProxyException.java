package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;

/** A proxy cannot be reached, or does not let us through. */
public final class ProxyException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int WANTS_A_PASSWORD = 407;
    private static final int FAULT_OF_ITS_OWN = 500;

    private final boolean refusal;

    private ProxyException(String message, boolean refusal, Throwable cause) {
        super(message, cause);
        this.refusal = refusal;
    }

    static ProxyException refused(Proxy proxy, int status) {
        String what = status == WANTS_A_PASSWORD
                ? (proxy.authorization().isPresent() ? "wants another user or password" : "wants a user and a password")
                : "does not let us through";
        return new ProxyException(
                "the proxy " + proxy + " " + what + " (" + status + ")", status < FAULT_OF_ITS_OWN, null);
    }

    static ProxyException unreachable(Proxy proxy, IOException cause) {
        return new ProxyException("the proxy " + proxy + " cannot be reached", false, cause);
    }

    /** Whether trying again cannot help. */
    public boolean isLasting() {
        return refusal;
    }
}
