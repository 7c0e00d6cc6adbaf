package io.jenkins.plugins.airworthy.tools;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** A server's TLS whose certificate can be exchanged while it runs; what was agreed before is forgotten then. */
public final class TlsServer extends SSLSocketFactory {
    private static final char[] NO_PASSWORD = {};
    private static final GeneralName LOCALHOST = new GeneralName(GeneralName.dNSName, "localhost");

    private volatile SSLSocketFactory current;

    /** The authority that certifies servers. */
    public static final class Authority {
        private final KeyPair keys = keys();
        private final X500Name name;
        private final X509Certificate certificate;
        private long serial = 1;

        public Authority(String name) throws Exception {
            this.name = new X500Name("CN=" + name);
            this.certificate = certificate(this.name, keys);
        }

        public String pem() throws Exception {
            return pem("CERTIFICATE", certificate.getEncoded());
        }

        private static String pem(String label, byte[] der) {
            return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END "
                    + label + "-----\n";
        }

        /** A client's certificate with its key, in PEM. */
        public String client(KeyPair client) throws Exception {
            return withKey(certificate(new X500Name("CN=client"), client, LOCALHOST), client);
        }

        /** A server's certificate with its key, in PEM, for an address. */
        public String server(KeyPair server, String address) throws Exception {
            GeneralName name = new GeneralName(GeneralName.iPAddress, address);
            return withKey(certificate(new X500Name("CN=server"), server, name), server);
        }

        /** The same with a new key, for the name of a host. */
        public String server(String host) throws Exception {
            KeyPair server = keys();
            GeneralName name = new GeneralName(GeneralName.dNSName, host);
            return withKey(certificate(new X500Name("CN=server"), server, name), server);
        }

        private static String withKey(X509Certificate certificate, KeyPair keys) throws Exception {
            return pem("CERTIFICATE", certificate.getEncoded())
                    + pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        }

        /** What believes this authority and no other. */
        public SSLContext trusting() throws Exception {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, NO_PASSWORD);
            anchors.setCertificateEntry("authority", certificate);
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        }

        private X509Certificate certificate(X500Name subject, KeyPair subjectKeys, GeneralName... names)
                throws Exception {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(serial++),
                    Date.from(Instant.now().minusSeconds(3_600)),
                    Date.from(Instant.now().plusSeconds(3_600)),
                    subject,
                    subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(names.length == 0));
            if (names.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        }
    }

    public static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Shows a new certificate of this authority from now on. */
    public TlsServer rotate(Authority authority) throws Exception {
        KeyPair keys = keys();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("server", keys.getPrivate(), NO_PASSWORD, new X509Certificate[] {
            authority.certificate(new X500Name("CN=localhost"), keys, LOCALHOST), authority.certificate
        });
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, NO_PASSWORD);
        anchors.setCertificateEntry("own", authority.certificate);
        TrustManagerFactory clients = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        clients.init(anchors);
        context.init(managers.getKeyManagers(), clients.getTrustManagers(), null);
        current = context.getSocketFactory();
        return this;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return current.createSocket(socket, host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return current.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return current.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }
}
