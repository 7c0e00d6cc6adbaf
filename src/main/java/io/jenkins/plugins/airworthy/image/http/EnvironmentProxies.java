package io.jenkins.plugins.airworthy.image.http;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.ThisMachine;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The proxies that a process is told of: by Java's properties {@code https.proxyHost}, {@code http.proxyHost} with their
 * ports and {@code http.nonProxyHosts}, else by the variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}
 * in upper or lower case. What is sent to this machine goes straight there. Refuses a proxy that is spoken to otherwise
 * than by plain http; its password, which may stand in the variable, is in no message.
 */
public final class EnvironmentProxies implements Proxies {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    private final Optional<Proxy> forHttps;
    private final Optional<Proxy> forHttp;
    private final NoProxy noProxy;
    private final Optional<Proxy> propertyForHttps;
    private final Optional<Proxy> propertyForHttp;
    private final Pattern nonProxyHosts;

    private EnvironmentProxies(Function<String, Optional<String>> variable, Properties properties)
            throws InvalidInputException {
        forHttps = variable(variable, "HTTPS_PROXY", "https_proxy");
        // A web server's program gets a header "Proxy" under this very name.
        forHttp = variable.apply("REQUEST_METHOD").isPresent()
                ? variable(variable, "http_proxy")
                : variable(variable, "HTTP_PROXY", "http_proxy");
        noProxy = new NoProxy(
                variable.apply("NO_PROXY").or(() -> variable.apply("no_proxy")).orElse(""));
        propertyForHttps = property(properties, "https", HTTPS_PORT);
        propertyForHttp = property(properties, "http", HTTP_PORT);
        nonProxyHosts = nonProxyHosts(properties.getProperty("http.nonProxyHosts", ""));
    }

    /** Those of a process with these variables and properties. */
    public static Proxies of(Map<String, String> environment, Properties properties) throws InvalidInputException {
        return new EnvironmentProxies(
                name -> Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank()), properties);
    }

    /** Those of this process. */
    public static Proxies ofProcess() throws InvalidInputException {
        return of(System.getenv(), System.getProperties());
    }

    @Override
    public Optional<Proxy> of(URI target) {
        String host = target.getHost();
        boolean encrypted = target.getScheme().equalsIgnoreCase("https");
        if (ThisMachine.isNamed(host)) {
            return Optional.empty();
        }
        Optional<Proxy> property = encrypted ? propertyForHttps : propertyForHttp;
        if (property.isPresent()) {
            return property.filter(proxy -> !nonProxyHosts.matcher(host).matches());
        }
        int port = target.getPort() >= 0 ? target.getPort() : encrypted ? HTTPS_PORT : HTTP_PORT;
        return (encrypted ? forHttps : forHttp).filter(proxy -> !noProxy.covers(host, port));
    }

    private static Optional<Proxy> variable(Function<String, Optional<String>> variable, String... names)
            throws InvalidInputException {
        for (String name : names) {
            Optional<String> value = variable.apply(name);
            if (value.isPresent()) {
                return Optional.of(parse(name, value.get().strip()));
            }
        }
        return Optional.empty();
    }

    private static Proxy parse(String name, String value) throws InvalidInputException {
        String wrong = "the environment variable " + name + ": expected http://host:port or"
                + " http://user:password@host:port";
        URI uri;
        try {
            uri = new URI(value.contains("://") ? value : "http://" + value).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new InvalidInputException(wrong + "; encode what is special in the password (%40 for @)");
        }
        if (uri.getHost() == null
                || uri.getPort() > MAX_PORT
                || !uri.getScheme().equalsIgnoreCase("http")) {
            throw new InvalidInputException(wrong);
        }
        return new Proxy(
                uri.getHost(),
                uri.getPort() < 0 ? HTTP_PORT : uri.getPort(),
                Optional.ofNullable(uri.getRawUserInfo()).map(EnvironmentProxies::basic));
    }

    private static String basic(String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return basic(decoded(user), decoded(password));
    }

    /** What a proxy that asks for a password is sent (RFC 7617). */
    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        // A plus sign is one: this is no form.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Optional<Proxy> property(Properties properties, String scheme, int usualPort)
            throws InvalidInputException {
        String host = properties.getProperty(scheme + ".proxyHost", "").strip();
        if (host.isEmpty()) {
            return Optional.empty();
        }
        String port = properties.getProperty(scheme + ".proxyPort", Integer.toString(usualPort));
        if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > MAX_PORT) {
            throw new InvalidInputException("the property " + scheme + ".proxyPort: '" + port + "' is no port");
        }
        return Optional.of(new Proxy(host, Integer.parseInt(port), Optional.empty()));
    }

    /** Names separated by bars, with a star at either end, as Java has them. */
    private static Pattern nonProxyHosts(String text) {
        StringBuilder pattern = new StringBuilder("(?i)(?!)");
        for (String name : text.split("\\|", -1)) {
            if (!name.isBlank()) {
                pattern.append('|').append(Pattern.quote(name.strip()).replace("*", "\\E.*\\Q"));
            }
        }
        return Pattern.compile(pattern.toString());
    }
}
