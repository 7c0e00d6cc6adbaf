package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;

/** What a run is at, so that a run that is stopped can say it: the last task, or the last request to a registry. */
final class CurrentWork implements RequestListener {
    private volatile String text = "the beginning";

    void begin(String what) {
        text = what;
    }

    @Override
    public void sending(String method, String host, String path) {
        // An address of a redirect may begin with a name and a password.
        text = method + " " + host.substring(host.lastIndexOf('@') + 1) + path;
    }

    /** Requests are remembered here and told to another listener. */
    RequestListener and(RequestListener other) {
        return new RequestListener() {
            @Override
            public void sending(String method, String host, String path) {
                CurrentWork.this.sending(method, host, path);
                other.sending(method, host, path);
            }

            @Override
            public void answered(String method, String host, String path, int status, long milliseconds) {
                other.answered(method, host, path, status, milliseconds);
            }
        };
    }

    @Override
    public String toString() {
        return AirworthyException.oneLine(text);
    }
}
