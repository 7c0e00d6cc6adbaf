package io.jenkins.plugins.airworthy.image.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One link of an answer's {@code Link} header (RFC 8288), and how its target relates to the answer. Since only this header
 * says whether a list continues, a header that is not completely understood is refused.
 *
 * @param target as written
 * @param relations in lower case
 */
record Link(String target, Set<String> relations) {
    static final String NEXT = "next";
    static final String LAST = "last";

    /** Maximum length of all headers together, in characters. */
    private static final int MAX_LENGTH = 16 * 1024;

    /** Registered relations that do not concern the continuation of a list. */
    private static final Set<String> OTHERS = Set.of("""
            first prev previous start self up canonical alternate collection item search describedby help
            license author icon stylesheet preload modulepreload prefetch preconnect dns-prefetch service
            service-desc service-doc service-meta status terms-of-service privacy-policy deprecation sunset
            successor-version latest-version""".split("\\s+", -1));

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern TARGET = Pattern.compile("\\G[ \\t,]*+<([^<>]*+)>");
    private static final Pattern PARAMETER = Pattern.compile("\\G[ \\t]*+;[ \\t]*+(?:(" + TOKEN
            + ")[ \\t]*+(?:=[ \\t]*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(" + TOKEN + ")))?)?");
    private static final Pattern END = Pattern.compile("\\G[ \\t]*+(,[ \\t,]*+|$)");

    /** Parameters that reverse the meaning of a relation, or that readers may ignore. */
    private static final Set<String> TURNING = Set.of("rev", "rel*", "anchor");

    Link {
        relations = Set.copyOf(relations);
    }

    /** Returns the links of these headers; empty if the headers are not completely understood. */
    static Optional<List<Link>> parse(List<String> headers) {
        List<Link> links = new ArrayList<>();
        int length = 0;
        for (String header : headers) {
            length += header.length();
            if (length > MAX_LENGTH || !read(header, links)) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(links));
    }

    private static boolean read(String header, List<Link> links) {
        int at = 0;
        Matcher end = END.matcher(header);
        while (at < header.length()) {
            Matcher target = TARGET.matcher(header);
            if (!target.find(at)) {
                // A list may have empty elements, but no other text.
                return header.substring(at).matches("[ \\t,]*+");
            }
            at = target.end();
            Optional<Set<String>> relations = Optional.empty();
            Matcher parameter = PARAMETER.matcher(header);
            while (parameter.find(at)) {
                at = parameter.end();
                String name =
                        parameter.group(1) == null ? "" : parameter.group(1).toLowerCase(Locale.ROOT);
                if (TURNING.contains(name) || (name.equals("rel") && relations.isPresent())) {
                    return false;
                }
                if (name.equals("rel")) {
                    relations = relations(parameter);
                    if (relations.isEmpty()) {
                        return false;
                    }
                }
            }
            if (relations.isEmpty() || !end.find(at)) {
                return false;
            }
            at = end.end();
            links.add(new Link(target.group(1).strip(), relations.get()));
        }
        return true;
    }

    private static Optional<Set<String>> relations(Matcher parameter) {
        String value = parameter.group(2) == null
                ? parameter.group(3)
                : parameter.group(2).replaceAll("\\\\(.)", "$1");
        Set<String> relations = new HashSet<>();
        for (String each : value == null ? new String[0] : value.strip().split("[ \\t]+", -1)) {
            String relation = each.toLowerCase(Locale.ROOT);
            if (!relation.equals(NEXT) && !relation.equals(LAST) && !OTHERS.contains(relation)) {
                return Optional.empty();
            }
            relations.add(relation);
        }
        return relations.isEmpty() ? Optional.empty() : Optional.of(relations);
    }
}
