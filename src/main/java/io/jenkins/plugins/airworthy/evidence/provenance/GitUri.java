package io.jenkins.plugins.airworthy.evidence.provenance;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How other builders write a revision of a repository, in one text. A part that can be read in two ways is not known.
 *
 * @param repository an https URL without user, query, fragment and {@code .git}; empty if not known
 * @param ref begins with {@code refs/}; empty if not known
 */
record GitUri(String repository, String ref) {
    static final String GIT_COMMIT = ProvenanceReader.GIT_COMMIT;
    private static final String SHA1 = "sha1";
    private static final String GIT_PREFIX = "git+";
    private static final String GIT_ENDING = ".git";
    private static final GitUri UNKNOWN = new GitUri("", "");

    /** The place where a full ref begins. */
    private static final Pattern REF_FOLLOWS = Pattern.compile("[@#](?=refs/)");

    private static final Pattern REF = Pattern.compile("(?=.{1,1024}$)refs(?:/[^\\s\\p{Cntrl}/~^:?*\\[\\\\]+){2,}");
    private static final int MAX_LENGTH = 1_024;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern SHA1_DIGITS = Pattern.compile("[0-9a-f]{40}");

    /** A path of names; what climbs, is encoded or empty means different things to different programs. */
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~+-]+)+");

    /** Reads a repository with its ref. A name after {@code #} or {@code @} that is no full ref may be a branch, a tag or a commit. */
    static GitUri of(String uri) {
        Matcher place = REF_FOLLOWS.matcher(uri);
        if (uri.length() > Provenance.MAX_URI_LENGTH) {
            return UNKNOWN;
        }
        if (!place.find()) {
            int fragment = uri.indexOf('#');
            return new GitUri(repository(fragment < 0 ? uri : uri.substring(0, fragment)), "");
        }
        String before = uri.substring(0, place.start());
        String after = uri.substring(place.end());
        return place.find() ? UNKNOWN : new GitUri(repository(before), ref(after));
    }

    /** Whether a URI names a repository of git and not another download. */
    static boolean isGit(String uri) {
        int end = uri.replace('@', '#').indexOf('#');
        return uri.startsWith(GIT_PREFIX)
                || uri.startsWith("git:")
                || (end < 0 ? uri : uri.substring(0, end)).endsWith(GIT_ENDING);
    }

    static String repository(String text) {
        String url = text.startsWith(GIT_PREFIX) ? text.substring(GIT_PREFIX.length()) : text;
        if (url.length() > MAX_LENGTH || url.endsWith("/" + GIT_ENDING)) {
            return "";
        }
        try {
            URI uri = new URI(url);
            boolean plain = "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && PATH.matcher(uri.getRawPath()).matches();
            return !plain ? "" : url.endsWith(GIT_ENDING) ? url.substring(0, url.length() - GIT_ENDING.length()) : url;
        } catch (URISyntaxException e) {
            return "";
        }
    }

    static String ref(String text) {
        return REF.matcher(text).matches() ? text : "";
    }

    static String commit(String text) {
        return COMMIT.matcher(text).matches() ? text : "";
    }

    /** The commit beside a repository: under git's own name, or as the SHA-1 that older predicates know. Other names prove nothing. */
    static String commit(Map<String, String> digests) {
        String named = commit(digests.getOrDefault(GIT_COMMIT, ""));
        String sha1 = digests.getOrDefault(SHA1, "");
        if (!SHA1_DIGITS.matcher(sha1).matches()) {
            return named;
        }
        return named.isEmpty() || named.equals(sha1) ? sha1 : "";
    }
}
