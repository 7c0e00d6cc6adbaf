package io.jenkins.plugins.airworthy.image.http;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The header fields of an answer; names count in any case of letters. */
public record Headers(Map<String, List<String>> values) {
    static Headers of(HttpResponse head) {
        return new Headers(Stream.of(head.getHeaders())
                .collect(Collectors.groupingBy(
                        header -> header.getName().toLowerCase(Locale.ROOT),
                        Collectors.mapping(Headers::value, Collectors.toUnmodifiableList()))));
    }

    private static String value(Header header) {
        return header.getValue() == null ? "" : header.getValue();
    }

    public List<String> all(String name) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
