package io.jenkins.plugins.airworthy.image.registry;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/** Shows a client certificate to its registry alone, and not to the places that the registry redirects to. */
final class HomeKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final CertificateSource source;
    private final Origin home;

    HomeKeyManager(CertificateSource source, Origin home) {
        this.source = source;
        this.home = home;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return socket instanceof SSLSocket encrypted && fits(keyTypes, encrypted.getHandshakeSession()) ? ALIAS : null;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return fits(keyTypes, engine.getHandshakeSession()) ? ALIAS : null;
    }

    private boolean fits(String[] keyTypes, SSLSession session) {
        return session != null
                && bare(home.host()).equalsIgnoreCase(session.getPeerHost())
                && home.port() == session.getPeerPort()
                && source.find()
                        .filter(certificate -> Arrays.asList(keyTypes)
                                .contains(certificate.key().getAlgorithm()))
                        .isPresent();
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return source.find().map(ClientCertificate::chain).orElse(null);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return source.find().map(ClientCertificate::key).orElse(null);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return null; // as the interface says it of none
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
