package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;

/** A proxy does not let us through. */
public final class ProxyRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String proxy;
    private final int status;

    ProxyRefusedException(Proxy proxy, int status) {
        super("the proxy " + proxy + " answered " + status);
        this.proxy = proxy.toString();
        this.status = status;
    }

    public String proxy() {
        return proxy;
    }

    public int status() {
        return status;
    }
}
