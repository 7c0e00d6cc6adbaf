package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;

/** A request that must not reach this machine would have reached it. Nothing was sent. */
public final class LeadsHereException extends IOException {
    private static final long serialVersionUID = 1L;

    LeadsHereException(String host) {
        super(host + ", an address of this machine");
    }
}
