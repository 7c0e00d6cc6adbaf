package io.jenkins.plugins.airworthy.image.http;

import io.jenkins.plugins.airworthy.BoundedRead;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A response of a server; its body is read at most once. Closing it early closes the connection. */
public record Response(URI uri, int status, Headers headers, BodyStream body) implements AutoCloseable {
    /** Maximum number of unneeded bytes that are read so that the connection can be reused. */
    private static final int DRAIN_BYTES = 64 * 1024;

    /** How much of a header is read. */
    private static final int MAX_HEADER_LENGTH = 8 * 1024;

    public Optional<String> header(String name) {
        return headers.all(name).stream().findFirst().filter(value -> value.length() <= MAX_HEADER_LENGTH);
    }

    public List<String> all(String name) {
        return headers.all(name).stream()
                .filter(value -> value.length() <= MAX_HEADER_LENGTH)
                .toList();
    }

    /** Also those that are too long to be understood. */
    public List<String> allOfAnyLength(String name) {
        return headers.all(name);
    }

    /** The media type without parameters, in lower case. */
    public Optional<String> mediaType() {
        return header("Content-Type")
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty());
    }

    public OptionalLong contentLength() {
        Optional<String> length = header("Content-Length").filter(value -> value.matches("[0-9]{1,18}"));
        return length.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length.get()));
    }

    /** Reads the whole body; empty if it has more bytes than allowed. */
    public Optional<byte[]> bytes(int allowed) throws IOException {
        if (contentLength().isPresent() && contentLength().getAsLong() > allowed) {
            return Optional.empty();
        }
        return BoundedRead.whole(body, allowed);
    }

    /** Reads the rest when it is short. */
    public void discard() throws IOException {
        try (body) {
            body.readNBytes(DRAIN_BYTES);
        }
    }

    @Override
    public void close() {
        body.close();
    }
}
