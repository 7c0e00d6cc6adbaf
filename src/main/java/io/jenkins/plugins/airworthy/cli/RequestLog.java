package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;

import java.io.PrintStream;

/**
 * Writes a line for each request to a registry: method, host, path, status and milliseconds. Never a header, a query or a credential.
 */
final class RequestLog implements RequestListener {
    private final PrintStream err;

    RequestLog(PrintStream err) {
        this.err = err;
    }

    @Override
    public void sending(String method, String host, String path) {}

    @Override
    public void answered(String method, String host, String path, int status, long milliseconds) {
        // An address of a redirect may begin with a name and a password.
        String shown = host.substring(host.lastIndexOf('@') + 1);
        String answer = status == NO_ANSWER ? "no answer" : "" + status;
        String line = "request: " + method + " " + shown + " " + path + " " + answer + " " + milliseconds + " ms";
        err.println(AirworthyException.oneLine(line));
        err.flush();
    }
}
