package io.jenkins.plugins.airworthy.image.registry;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing asked of a registry.
 *
 * @param what describes it for a person: "read the manifest of localhost:5000/app:1"
 * @param scopes what a token must allow (distribution, token scope documentation)
 * @param repeatable whether sending it twice does no harm
 */
record Request(
        String what,
        String method,
        URI uri,
        Map<String, String> headers,
        Optional<byte[]> body,
        List<String> scopes,
        boolean repeatable) {

    Request {
        headers = Map.copyOf(headers);
        scopes = List.copyOf(scopes);
    }

    static Request get(String what, URI uri, List<String> scopes) {
        return new Request(what, "GET", uri, Map.of(), Optional.empty(), scopes, true);
    }

    static Request head(String what, URI uri, List<String> scopes) {
        return new Request(what, "HEAD", uri, Map.of(), Optional.empty(), scopes, true);
    }

    static Request put(String what, URI uri, byte[] body, List<String> scopes) {
        return new Request(what, "PUT", uri, Map.of(), Optional.of(body), scopes, true);
    }

    static Request post(String what, URI uri, byte[] body, List<String> scopes) {
        return new Request(what, "POST", uri, Map.of(), Optional.of(body), scopes, false);
    }

    static Request delete(String what, URI uri, List<String> scopes) {
        return new Request(what, "DELETE", uri, Map.of(), Optional.empty(), scopes, false);
    }

    Request with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Request(what, method, uri, more, body, scopes, repeatable);
    }

    Request to(URI other) {
        return new Request(what, method, other, headers, body, scopes, repeatable);
    }

    Request once() {
        return new Request(what, method, uri, headers, body, scopes, false);
    }

    boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
