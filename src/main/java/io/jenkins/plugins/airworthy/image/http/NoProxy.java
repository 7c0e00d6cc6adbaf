package io.jenkins.plugins.airworthy.image.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code NO_PROXY} keeps away from proxies, as curl and Go read it: {@code *} for everything; a name for itself and
 * all below it; a name with a dot before it for those below it; an address; a block of addresses ({@code 10.0.0.0/8}).
 * Each may end with a port. No name is looked up.
 */
final class NoProxy {
    private static final Pattern WITH_PORT = Pattern.compile("(.+):([0-9]{1,5})");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*");

    private final List<String> entries;

    NoProxy(String text) {
        entries = Arrays.stream(text.split(","))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    boolean covers(String host, int port) {
        String bare = bare(host.toLowerCase(Locale.ROOT));
        return entries.stream().anyMatch(entry -> covers(entry, bare, port));
    }

    private static boolean covers(String entry, String host, int port) {
        var parts = WITH_PORT.matcher(entry);
        boolean hasPort = parts.matches() && !ADDRESS.matcher(entry).matches();
        if (hasPort && Integer.parseInt(parts.group(2)) != port) {
            return false;
        }
        String name = bare(hasPort ? parts.group(1) : entry);
        if (name.equals("*") || name.equals(host)) {
            return true;
        }
        int slash = name.indexOf('/');
        if (slash > 0) {
            return isInBlock(name.substring(0, slash), name.substring(slash + 1), host);
        }
        return !ADDRESS.matcher(host).matches() && host.endsWith(name.startsWith(".") ? name : "." + name);
    }

    private static boolean isInBlock(String network, String length, String host) {
        Optional<byte[]> from = address(network);
        Optional<byte[]> of = address(host);
        if (from.isEmpty()
                || of.isEmpty()
                || from.get().length != of.get().length
                || !length.matches("[0-9]{1,3}")
                || Integer.parseInt(length) > from.get().length * Byte.SIZE) {
            return false;
        }
        for (int bit = 0; bit < Integer.parseInt(length); bit++) {
            int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
            if (((from.get()[bit / Byte.SIZE] ^ of.get()[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Only of what is an address already: nothing is asked of a name server. */
    private static Optional<byte[]> address(String text) {
        try {
            return ADDRESS.matcher(text).matches()
                    ? Optional.of(InetAddress.getByName(text).getAddress())
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
