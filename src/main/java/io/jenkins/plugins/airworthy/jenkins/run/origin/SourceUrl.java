package io.jenkins.plugins.airworthy.jenkins.run.origin;

import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The canonical form of a repository in statements, regardless of how a job wrote it: a URL without user, password, query
 * and fragment, and without {@code .git} at the end of a server's path. Other texts, and URLs with a variable, have no such form.
 */
public final class SourceUrl {
    private static final Set<String> SERVERS = Set.of("https", "http", "ssh", "git");
    private static final Pattern SHORT_SSH = Pattern.compile("(?:[A-Za-z0-9._-]+@)?([A-Za-z0-9.-]{2,}):(?!//)([^:]+)");
    private static final Pattern PLAIN_PATH = Pattern.compile("(?:/[A-Za-z0-9._~+@-]+)+");
    private static final String GIT_ENDING = ".git";

    private SourceUrl() {}

    public static Optional<String> of(String written) {
        if (written.length() > Provenance.MAX_URI_LENGTH) {
            return Optional.empty();
        }
        if (written.startsWith("/")) {
            return local(written);
        }
        Matcher ssh = SHORT_SSH.matcher(written);
        if (ssh.matches()) {
            String path = ssh.group(2);
            return ofUri("ssh://" + ssh.group(1) + (path.startsWith("/") ? path : "/" + path));
        }
        return ofUri(written);
    }

    private static Optional<String> ofUri(String written) {
        try {
            URI uri = new URI(written);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (scheme.equals("file")
                    && (uri.getAuthority() == null || uri.getAuthority().isEmpty())) {
                return local(String.valueOf(uri.getRawPath()));
            }
            return SERVERS.contains(scheme) && uri.getHost() != null
                    ? server(scheme, uri.getHost(), uri.getPort(), String.valueOf(uri.getRawPath()))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> local(String path) {
        return isPlain(path) ? Optional.of("file://" + path) : Optional.empty();
    }

    private static Optional<String> server(String scheme, String host, int port, String written) {
        String path = written.endsWith("/") ? written.substring(0, written.length() - 1) : written;
        if (path.endsWith(GIT_ENDING)) {
            path = path.substring(0, path.length() - GIT_ENDING.length());
        }
        return isPlain(path)
                ? Optional.of(scheme + "://" + host.toLowerCase(Locale.ROOT) + (port < 0 ? "" : ":" + port) + path)
                : Optional.empty();
    }

    /** Whether a path has only characters that all readers decode alike, and no segments that lead upwards. */
    private static boolean isPlain(String path) {
        return PLAIN_PATH.matcher(path).matches()
                && !path.contains("/../")
                && !path.contains("/./")
                && !path.endsWith("/..")
                && !path.endsWith("/.");
    }
}
