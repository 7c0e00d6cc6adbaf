package io.jenkins.plugins.airworthy.image.registry;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request to a registry.
 *
 * @param what describes it for a person: "read the manifest of localhost:5000/app:1"
 * @param scopes what a token must allow (distribution, token scope documentation)
 * @param repeats when it may be sent again
 * @param elsewhere whether it must not be sent to an address of this machine
 */
record Request(
        String what,
        String method,
        URI uri,
        Map<String, String> headers,
        Optional<byte[]> body,
        List<String> scopes,
        Repeats repeats,
        boolean elsewhere) {

    /** When a request may be sent again. */
    enum Repeats {
        /** Sending it twice does no harm. */
        FREELY,
        /** Only after the registry said that it did nothing. */
        IF_NOTHING_WAS_DONE,
        /** The sender must first check what has changed. */
        NEVER
    }

    Request {
        headers = Map.copyOf(headers);
        scopes = List.copyOf(scopes);
    }

    static Request get(String what, URI uri, List<String> scopes) {
        return new Request(what, "GET", uri, Map.of(), Optional.empty(), scopes, Repeats.FREELY, false);
    }

    static Request head(String what, URI uri, List<String> scopes) {
        return new Request(what, "HEAD", uri, Map.of(), Optional.empty(), scopes, Repeats.FREELY, false);
    }

    static Request put(String what, URI uri, byte[] body, List<String> scopes) {
        return new Request(what, "PUT", uri, Map.of(), Optional.of(body), scopes, Repeats.FREELY, false);
    }

    static Request post(String what, URI uri, byte[] body, List<String> scopes) {
        return new Request(what, "POST", uri, Map.of(), Optional.of(body), scopes, Repeats.IF_NOTHING_WAS_DONE, false);
    }

    static Request delete(String what, URI uri, List<String> scopes) {
        return new Request(what, "DELETE", uri, Map.of(), Optional.empty(), scopes, Repeats.IF_NOTHING_WAS_DONE, false);
    }

    Request with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Request(what, method, uri, more, body, scopes, repeats, elsewhere);
    }

    Request to(URI other) {
        return new Request(what, method, other, headers, body, scopes, repeats, elsewhere);
    }

    Request elsewhere(boolean notHere) {
        return new Request(what, method, uri, headers, body, scopes, repeats, notHere);
    }

    Request once() {
        return new Request(what, method, uri, headers, body, scopes, Repeats.IF_NOTHING_WAS_DONE, elsewhere);
    }

    Request never() {
        return new Request(what, method, uri, headers, body, scopes, Repeats.NEVER, elsewhere);
    }

    boolean repeatable() {
        return repeats == Repeats.FREELY;
    }

    boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
