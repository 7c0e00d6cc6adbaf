package io.jenkins.plugins.airworthy.image.registry.credential;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/** Presents the only client certificate to a server, whatever authorities the server accepts. */
public final class CertificateKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final CertificateSource source;

    public CertificateKeyManager(CertificateSource source) {
        this.source = source;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return chosen(keyTypes);
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return chosen(keyTypes);
    }

    private String chosen(String... keyTypes) {
        return source.find()
                .filter(certificate ->
                        Arrays.asList(keyTypes).contains(certificate.key().getAlgorithm()))
                .map(certificate -> ALIAS)
                .orElse(null);
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
        return null; // the interface's value for "none"
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
