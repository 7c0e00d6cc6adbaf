package io.jenkins.plugins.airworthy.image.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which proxy an address is reached by, as curl, Go and Java decide it. */
class EnvironmentProxiesTest {
    private static final URI HTTPS = URI.create("https://registry.example.com/v2/");
    private static final URI HTTP = URI.create("http://registry.example.com:5000/v2/");

    private static Optional<Proxy> proxy(Map<String, String> environment, URI target) throws Exception {
        return EnvironmentProxies.of(environment, new Properties()).of(target);
    }

    @Test
    void connectsDirectlyWithoutVariables() throws Exception {
        assertThat(proxy(Map.of(), HTTPS)).isEmpty();
        assertThat(proxy(Map.of("HTTPS_PROXY", " "), HTTPS)).isEmpty();
    }

    @Test
    void usesAProxyForEachScheme() throws Exception {
        Map<String, String> variables =
                Map.of("HTTPS_PROXY", "http://secure.example.com:3128", "http_proxy", "plain.example.com");

        assertThat(proxy(variables, HTTPS)).contains(new Proxy("secure.example.com", 3128, Optional.empty()));
        assertThat(proxy(variables, HTTP)).contains(new Proxy("plain.example.com", 80, Optional.empty()));
    }

    @Test
    void aPasswordInTheVariableIsSentAndNeverShown() throws Exception {
        Proxy proxy = proxy(Map.of("https_proxy", "http://ci:p%40ss+w%3Ard@proxy.example.com:3128"), HTTPS)
                .orElseThrow();

        assertThat(proxy.authorization()).contains(EnvironmentProxies.basic("ci", "p@ss+w:rd"));
        assertThat(proxy).hasToString("proxy.example.com:3128");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ci:secret@proxy.example.com",
                "socks5://ci:secret@proxy.example.com",
                "http://ci:sec ret@proxy.example.com",
                "http://ci:secret@proxy.example.com:99999",
                "http://ci:secret@",
                "http://sec:1234/5678@proxy.example.com:3128",
                "sec:1234#5678@proxy.example.com:3128",
                "http://sec:1234?5678@proxy.example.com:3128"
            })
    void aProxyThatCannotBeUsedIsRefusedWithoutItsPassword(String value) {
        assertThatThrownBy(() -> proxy(Map.of("HTTPS_PROXY", value), HTTPS))
                .isInstanceOf(ProxyException.class)
                .hasMessageContaining("HTTPS_PROXY does not name a usable proxy: expected http://host:port")
                .hasMessageNotContaining("sec")
                .hasNoCause();
    }

    /** Whoever needs no proxy is not stopped by one that cannot be used. */
    @Test
    void aProxyThatCannotBeUsedAffectsOnlyItsOwnRequests() throws Exception {
        Map<String, String> variables =
                Map.of("HTTPS_PROXY", "socks5://proxy.example.com", "NO_PROXY", "registry.example.com");

        assertThat(proxy(variables, HTTPS)).isEmpty();
        assertThat(proxy(variables, HTTP)).isEmpty();
        assertThat(proxy(variables, URI.create("https://localhost/"))).isEmpty();
    }

    /** A header "Proxy" of a web request becomes this variable of the program that answers it. */
    @Test
    void ignoresAProxyThatAWebRequestNames() throws Exception {
        Map<String, String> variables = Map.of("REQUEST_METHOD", "GET", "HTTP_PROXY", "http://evil.example.com");

        assertThat(proxy(variables, HTTP)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost:5000/", "https://127.0.0.1/", "https://[::1]/"})
    void reachesThisMachineWithoutProxy(String target) throws Exception {
        assertThat(proxy(Map.of("HTTPS_PROXY", "http://proxy.example.com"), URI.create(target)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "* registry.example.com true",
                "example.com registry.example.com true",
                "example.com example.com true",
                "EXAMPLE.com Registry.Example.COM true",
                ".example.com registry.example.com true",
                ".example.com example.com false",
                "example.com badexample.com false",
                "registry.example.com:443 registry.example.com true",
                "registry.example.com:5000 registry.example.com false",
                "192.0.2.0/24 192.0.2.77 true",
                "192.0.2.0/24 192.0.3.77 false",
                "192.0.2.7 192.0.2.7 true",
                "2.7 192.0.2.7 false",
                "192.0.2.0/99 192.0.2.7 false",
                "10.0.0.0/8 registry.example.com false",
                "2001:db8::/32 [2001:db8::7] true",
                "2001:db8::7 [2001:db8::7] true",
                "[2001:db8::7]:443 [2001:db8::7] true",
                "other.example.com,,registry.example.com registry.example.com true"
            })
    void excludesTheHostsOfNoProxy(String noProxy, String host, boolean kept) throws Exception {
        Map<String, String> variables = Map.of("HTTPS_PROXY", "http://proxy.example.com", "NO_PROXY", noProxy);

        assertThat(proxy(variables, URI.create("https://" + host + "/v2/")).isEmpty())
                .isEqualTo(kept);
    }

    @Test
    void propertiesOfJavaComeFirst() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("https.proxyHost", "java.example.com");
        properties.setProperty("https.proxyPort", "8080");
        properties.setProperty("https.proxyPort", "99999");
        assertThatThrownBy(() -> EnvironmentProxies.of(Map.of(), properties).of(HTTPS))
                .hasMessageContaining("https.proxyPort: '99999' is not a port");
        properties.setProperty("https.proxyPort", "8080");
        properties.setProperty("http.nonProxyHosts", "*.corp.example.com|registry2.*");
        Proxies proxies = EnvironmentProxies.of(Map.of("HTTPS_PROXY", "http://proxy.example.com"), properties);

        assertThat(proxies.of(HTTPS)).contains(new Proxy("java.example.com", 8080, Optional.empty()));
        assertThat(proxies.of(URI.create("https://a.corp.example.com/"))).isEmpty();
        assertThat(proxies.of(URI.create("https://registry2.example.com/"))).isEmpty();
        assertThat(proxies.of(URI.create("https://corp.example.com/"))).isPresent();
    }
}
