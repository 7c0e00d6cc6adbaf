package io.jenkins.plugins.airworthy.image.http;

import java.net.URI;
import java.util.Map;

/**
 * A request as it is sent, without its body.
 *
 * @param elsewhere whether it may not be sent to an address of this machine
 */
public record OutgoingRequest(String method, URI uri, Map<String, String> headers, boolean elsewhere) {
    public OutgoingRequest {
        headers = Map.copyOf(headers);
    }
}
