package io.jenkins.plugins.airworthy.jenkins.config.credential;

import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.airworthy.ThisMachine;
import io.jenkins.plugins.airworthy.image.http.EnvironmentProxies;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.image.http.Proxy;
import io.jenkins.plugins.airworthy.image.http.ProxyException;
import jenkins.model.Jenkins;

import java.net.URI;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * The proxy of Manage Jenkins, System, with its user, password and exceptions, as it is set at the moment of a request; if none is
 * set there, the proxy of the controller's own process.
 */
public final class JenkinsProxies implements Proxies {
    private final Proxies ofProcess = EnvironmentProxies.ofProcess();

    @Override
    public Optional<Proxy> of(URI target) throws ProxyException {
        ProxyConfiguration set = Jenkins.get().getProxy();
        if (set == null || Util.fixNull(set.getName()).isBlank()) {
            return ofProcess.of(target);
        }
        return ThisMachine.isNamed(target.getHost()) || goesStraight(set, target.getHost())
                ? Optional.empty()
                : Optional.of(new Proxy(set.getName(), set.getPort(), authorization(set)));
    }

    private static boolean goesStraight(ProxyConfiguration set, String host) throws ProxyException {
        try {
            return set.getNoProxyHostPatterns().stream()
                    .anyMatch(pattern -> pattern.matcher(host).matches());
        } catch (PatternSyntaxException e) {
            throw ProxyException.unusable(
                    "the hosts without a proxy under Manage Jenkins, System, cannot be read: " + e.getDescription());
        }
    }

    private static Optional<String> authorization(ProxyConfiguration set) {
        String user = Util.fixNull(set.getUserName());
        Secret password = set.getSecretPassword();
        return user.isEmpty()
                ? Optional.empty()
                : Optional.of(EnvironmentProxies.basic(user, password == null ? "" : password.getPlainText()));
    }
}
