package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.ThisMachine;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.registry.credential.CertificateSource;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.registry.credential.RegistryNames;
import io.jenkins.plugins.airworthy.image.registry.credential.TrustedAuthorities;

import java.util.Optional;
import java.util.Set;

/**
 * The settings of one registry. Refuses anything but a bare host: no scheme, no path, no user.
 *
 * @param host as in references, with the port if there is one
 * @param authorities PEM certificates of authorities trusted for this registry in addition to the platform's
 * @param certificate the client certificate for a registry that asks for one in TLS
 * @param plainHttp whether connections have no TLS
 * @param tokenRealms further hosts with a token service that may get this registry's credential
 */
public record RegistrySettings(
        String host,
        Optional<CredentialSource> credentials,
        Optional<String> authorities,
        Optional<CertificateSource> certificate,
        boolean plainHttp,
        Set<String> tokenRealms,
        ReferrersSupport referrers) {
    public RegistrySettings {
        tokenRealms = Set.copyOf(tokenRealms);
    }

    /** Returns the default settings: TLS and the platform's authorities, but plain http on loopback. */
    public static RegistrySettings of(String host) throws InvalidInputException {
        RegistryNames.refuseUser(host);
        if (!RegistryReference.isHost(host)) {
            throw new InvalidInputException(
                    "'" + host + "' is not a registry: expected host or host:port in lower case");
        }
        return new RegistrySettings(
                host,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                isLoopback(host),
                Set.of(),
                ReferrersSupport.DETECT);
    }

    public RegistrySettings withCredentials(CredentialSource source) {
        return new RegistrySettings(
                host, Optional.of(source), authorities, certificate, plainHttp, tokenRealms, referrers);
    }

    /** Also turns TLS on. */
    public RegistrySettings withAuthorities(String pem) throws InvalidInputException {
        TrustedAuthorities.parse(pem, host);
        return new RegistrySettings(host, credentials, Optional.of(pem), certificate, false, tokenRealms, referrers);
    }

    /** Also turns TLS on. */
    public RegistrySettings withCertificate(CertificateSource own) {
        return new RegistrySettings(host, credentials, authorities, Optional.of(own), false, tokenRealms, referrers);
    }

    public RegistrySettings withPlainHttp(boolean plain) {
        return new RegistrySettings(host, credentials, authorities, certificate, plain, tokenRealms, referrers);
    }

    public RegistrySettings withTokenRealms(Set<String> hosts) {
        return new RegistrySettings(host, credentials, authorities, certificate, plainHttp, hosts, referrers);
    }

    public RegistrySettings withReferrers(ReferrersSupport support) {
        return new RegistrySettings(host, credentials, authorities, certificate, plainHttp, tokenRealms, support);
    }

    /** Returns whether a host, with or without port, is a loopback name of this machine. */
    static boolean isLoopback(String host) {
        return ThisMachine.isNamed(host.replaceFirst(":[0-9]+$", ""));
    }
}
