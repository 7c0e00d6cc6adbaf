package io.jenkins.plugins.airworthy.image.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One challenge of a {@code WWW-Authenticate} header
 * (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110</a>), with its parameters.
 */
record Challenge(String scheme, Map<String, String> parameters) {
    /** Maximum number of challenges of one answer. */
    private static final int MAX_CHALLENGES = 8;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern SCHEME = Pattern.compile("\\G[\\s,]*(" + TOKEN + ")(?=[\\s,]|$)(?!\\s*=)");
    private static final Pattern PARAMETER =
            Pattern.compile("\\G[\\s,]*(" + TOKEN + ")\\s*=\\s*(?:\"([^\"]*+)\"|(" + TOKEN + "))");

    /** Parses the challenges of these headers. Malformed text ends the parsing of its header, and so
     * do escapes in quoted text, which no registry needs. */
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers) {
            int at = 0;
            Matcher scheme = SCHEME.matcher(header);
            while (challenges.size() < MAX_CHALLENGES && scheme.find(at)) {
                at = scheme.end();
                Map<String, String> parameters = new LinkedHashMap<>();
                Matcher parameter = PARAMETER.matcher(header);
                while (parameter.find(at)) {
                    String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
                    parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
                    at = parameter.end();
                }
                challenges.add(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), Map.copyOf(parameters)));
            }
        }
        return List.copyOf(challenges);
    }

    static Optional<Challenge> named(String scheme, List<Challenge> challenges) {
        return challenges.stream().filter(c -> c.scheme().equals(scheme)).findFirst();
    }
}
