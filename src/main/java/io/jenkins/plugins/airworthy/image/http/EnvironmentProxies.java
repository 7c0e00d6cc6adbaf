package io.jenkins.plugins.airworthy.image.http;

import io.jenkins.plugins.airworthy.ThisMachine;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The proxies from the environment of a process: Java's properties {@code https.proxyHost}, {@code http.proxyHost} with their
 * ports and {@code http.nonProxyHosts}, otherwise the variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}
 * in upper or lower case. Requests to this machine never use a proxy. A proxy with another scheme than http is refused
 * when a request would use it; messages never contain the proxy's password.
 */
public final class EnvironmentProxies implements Proxies {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    private final Function<String, Optional<String>> variables;
    private final Function<String, Optional<String>> properties;

    private EnvironmentProxies(
            Function<String, Optional<String>> variables, Function<String, Optional<String>> properties) {
        this.variables = variables;
        this.properties = properties;
    }

    /** Those of a process with these variables and properties. */
    public static Proxies of(Map<String, String> environment, Properties properties) {
        return new EnvironmentProxies(name -> said(environment.get(name)), name -> said(properties.getProperty(name)));
    }

    /** Those of this process. */
    public static Proxies ofProcess() {
        return of(System.getenv(), System.getProperties());
    }

    private static Optional<String> said(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    @Override
    public Optional<Proxy> of(URI target) throws ProxyException {
        String host = target.getHost();
        if (ThisMachine.isNamed(host)) {
            return Optional.empty();
        }
        boolean encrypted = target.getScheme().equalsIgnoreCase("https");
        String scheme = encrypted ? "https" : "http";
        int usualPort = encrypted ? HTTPS_PORT : HTTP_PORT;
        Optional<String> property = properties.apply(scheme + ".proxyHost");
        if (property.isPresent()) {
            String straight = properties.apply("http.nonProxyHosts").orElse("");
            return fits(straight, host) ? Optional.empty() : Optional.of(property(scheme, property.get(), usualPort));
        }
        String upper = scheme.toUpperCase(Locale.ROOT) + "_PROXY";
        // A CGI program gets the request header "Proxy" in HTTP_PROXY.
        boolean webRequest = !encrypted && variables.apply("REQUEST_METHOD").isPresent();
        String name = webRequest || variables.apply(upper).isEmpty() ? scheme + "_proxy" : upper;
        Optional<String> variable = variables.apply(name);
        if (variable.isEmpty()) {
            return Optional.empty();
        }
        NoProxy straight = new NoProxy(variables
                .apply("NO_PROXY")
                .or(() -> variables.apply("no_proxy"))
                .orElse(""));
        int port = target.getPort() >= 0 ? target.getPort() : usualPort;
        return straight.covers(host, port) ? Optional.empty() : Optional.of(parse(name, variable.get()));
    }

    private static Proxy parse(String name, String value) throws ProxyException {
        String wrong = "the environment variable " + name
                + " does not name a usable proxy: expected http://host:port or" + " http://user:password@host:port";
        URI uri;
        try {
            uri = new URI(value.contains("://") ? value : "http://" + value).parseServerAuthority();
        } catch (URISyntaxException e) {
            // Without the cause, since its message contains the password.
            throw ProxyException.unusable(wrong + "; encode what is special in the password (%40 for @)");
        }
        if (uri.getHost() == null
                || uri.getPort() > MAX_PORT
                || isCutShort(uri)
                || !uri.getScheme().equalsIgnoreCase("http")) {
            throw ProxyException.unusable(wrong);
        }
        return new Proxy(
                uri.getHost(),
                uri.getPort() < 0 ? HTTP_PORT : uri.getPort(),
                Optional.ofNullable(uri.getRawUserInfo()).map(EnvironmentProxies::basic));
    }

    /** Returns whether a password has a '/', '?' or '#' that was not encoded, so that the rest of it follows the supposed host. */
    private static boolean isCutShort(URI uri) {
        return (uri.getRawPath() + uri.getRawQuery() + uri.getRawFragment()).contains("@");
    }

    private static String basic(String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return basic(decoded(user), decoded(password));
    }

    /** Returns the credentials for a proxy ({@code Basic}, RFC 7617). */
    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        // A plus sign means itself: this is not a form.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Proxy property(String scheme, String host, int usualPort) throws ProxyException {
        String port = properties.apply(scheme + ".proxyPort").orElse(Integer.toString(usualPort));
        if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > MAX_PORT) {
            throw ProxyException.unusable("the property " + scheme + ".proxyPort: '" + port + "' is not a port");
        }
        return new Proxy(host, Integer.parseInt(port), Optional.empty());
    }

    /** Names separated by bars, with a star at either end, as Java has them. */
    private static boolean fits(String names, String host) {
        for (String name : names.split("\\|", -1)) {
            String pattern = "(?i)" + Pattern.quote(name.strip()).replace("*", "\\E.*\\Q");
            if (host.matches(pattern)) {
                return true;
            }
        }
        return false;
    }
}
