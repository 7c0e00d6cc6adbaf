package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.X509;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Creates TLS contexts that trust the platform's authorities and an administrator's own. Refuses PEM without certificates. */
public final class TrustedAuthorities {
    /** Maximum length of PEM, in characters. */
    static final int MAX_PEM_LENGTH = 1024 * 1024;

    /** Maximum number of certificates in a PEM text. */
    static final int MAX_CERTIFICATES = 500;

    private TrustedAuthorities() {}

    public static List<X509Certificate> parse(String pem, String host) throws InvalidInputException {
        String what = "the trusted authorities of registry " + host;
        if (pem.length() > MAX_PEM_LENGTH) {
            throw new InvalidInputException(what + ": larger than the allowed " + MAX_PEM_LENGTH + " characters");
        }
        try {
            List<X509Certificate> found = X509.certificates(pem.getBytes(StandardCharsets.UTF_8));
            if (found.isEmpty() || found.size() > MAX_CERTIFICATES) {
                throw new InvalidInputException(
                        what + ": expected 1 to " + MAX_CERTIFICATES + " certificates in PEM, found " + found.size());
            }
            return found;
        } catch (CertificateException e) {
            throw new InvalidInputException(what + ": expected certificates in PEM", e);
        }
    }

    /** Trusts the platform's authorities and these. Presents the certificate, or the one that Java's properties name. */
    public static SSLContext trusting(Optional<String> pem, Optional<KeyManager> client, String host)
            throws InvalidInputException {
        List<X509Certificate> own = pem.isEmpty() ? List.of() : parse(pem.get(), host);
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            int count = 0;
            for (X509Certificate certificate : own) {
                anchors.setCertificateEntry("own-" + count++, certificate);
            }
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager platform) {
                    for (X509Certificate certificate : platform.getAcceptedIssuers()) {
                        anchors.setCertificateEntry("platform-" + count++, certificate);
                    }
                }
            }
            TrustManager[] trusted = managers(anchors);
            return context(client, trusted);
        } catch (GeneralSecurityException | IOException e) {
            throw new InvalidInputException(
                    "the certificates in the settings of registry " + host + " cannot be used for TLS", e);
        }
    }

    private static SSLContext context(Optional<KeyManager> certificate, TrustManager[] trusted)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate.isPresent() ? new KeyManager[] {certificate.get()} : ofThisProcess(), trusted, null);
        return context;
    }

    /** Returns the key that Java's properties name, as in Java's default context; usually there is none. */
    private static KeyManager[] ofThisProcess() throws GeneralSecurityException, IOException {
        String file = System.getProperty("javax.net.ssl.keyStore", "");
        if (file.isEmpty() || file.equals("NONE")) {
            return new KeyManager[0];
        }
        char[] password =
                System.getProperty("javax.net.ssl.keyStorePassword", "").toCharArray();
        KeyStore store =
                KeyStore.getInstance(System.getProperty("javax.net.ssl.keyStoreType", KeyStore.getDefaultType()));
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            store.load(in, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static TrustManager[] managers(KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        return factory.getTrustManagers();
    }
}
