package io.jenkins.plugins.airworthy.recall;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A repository of source code in one spelling: host and path. Scheme, user, usual port, revision, letter case, the ending
 * {@code .git} and what encodes or climbs say nothing. A repository too many is the safe side.
 */
final class SourceRepository {
    private static final Pattern SCHEME = Pattern.compile("(?:git\\+)?([a-z][a-z0-9+.-]*)://");

    /** {@code user@host:path}, as SSH writes it. */
    private static final Pattern OF_SSH = Pattern.compile("(?:[^@/:]+@)?([^@/:]+):(?![0-9]*(?:/|$))");

    /** Where a revision or a query begins. */
    private static final Pattern END = Pattern.compile("[#?]|(?<=[^/])@");

    private static final Pattern PORT = Pattern.compile(":([0-9]*)$");
    private static final Map<String, String> USUAL = Map.of("https", "443", "http", "80", "git", "9418");
    private static final String ENDING = ".git";

    private static final Pattern ENCODED = Pattern.compile("%[0-9a-f]{2}");
    private static final int MAX_DECODINGS = 8;
    private static final int HEXADECIMAL = 16;

    private SourceRepository() {}

    static boolean areSame(String a, String b) {
        return of(a).equals(of(b));
    }

    static String of(String uri) {
        String text = uri.toLowerCase(Locale.ROOT);
        Matcher scheme = SCHEME.matcher(text);
        Matcher ssh = OF_SSH.matcher(text);
        if (scheme.lookingAt()) {
            String rest = text.substring(scheme.end());
            int slash = rest.indexOf('/');
            int end = slash < 0 ? rest.length() : slash;
            return host(rest.substring(0, end), scheme.group(1)) + path(rest.substring(end));
        }
        if (ssh.lookingAt()) {
            return host(ssh.group(1), "ssh") + path(text.substring(ssh.end()));
        }
        int slash = Math.max(0, text.indexOf('/'));
        return host(text.substring(0, slash), "https") + path(text.substring(slash));
    }

    /** SSH has a port of its own beside that of the web, so it never tells repositories apart. */
    private static String host(String authority, String scheme) {
        String host = decoded(authority.substring(authority.lastIndexOf('@') + 1));
        Matcher port = PORT.matcher(host);
        if (port.find()) {
            boolean usual = port.group(1).isEmpty()
                    || scheme.endsWith("ssh")
                    || port.group(1).equals(USUAL.get(scheme));
            String name = withoutDots(host.substring(0, port.start()));
            return usual ? name : name + port.group();
        }
        return withoutDots(host);
    }

    private static String withoutDots(String host) {
        int end = host.length();
        while (end > 0 && host.charAt(end - 1) == '.') {
            end--;
        }
        return host.substring(0, end);
    }

    private static String path(String text) {
        Matcher end = END.matcher(text);
        Deque<String> segments = new ArrayDeque<>();
        for (String segment :
                decoded(end.find() ? text.substring(0, end.start()) : text).split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        String path = "/" + String.join("/", segments);
        return path.endsWith(ENDING) ? path.substring(0, path.length() - ENDING.length()) : path;
    }

    /** Decodes what is encoded, also more than once. */
    private static String decoded(String text) {
        String decoded = text;
        for (int i = 0; i < MAX_DECODINGS && ENCODED.matcher(decoded).find(); i++) {
            decoded = decodedOnce(decoded).toLowerCase(Locale.ROOT);
        }
        return decoded;
    }

    private static String decodedOnce(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher encoded = ENCODED.matcher(text);
        int at = 0;
        while (encoded.find()) {
            bytes.writeBytes(text.substring(at, encoded.start()).getBytes(UTF_8));
            bytes.write(Integer.parseInt(encoded.group().substring(1), HEXADECIMAL));
            at = encoded.end();
        }
        bytes.writeBytes(text.substring(at).getBytes(UTF_8));
        return bytes.toString(UTF_8);
    }
}
