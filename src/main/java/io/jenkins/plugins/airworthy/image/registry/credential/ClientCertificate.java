package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.X509;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A client certificate with its private key, for registries that demand TLS client authentication
 * (<a href="https://www.rfc-editor.org/rfc/rfc8446#section-4.3.2">RFC 8446, section 4.3.2</a>). Refuses a key that is not the
 * certificate's. Never prints the key.
 */
public final class ClientCertificate {
    /** Maximum length of PEM, in characters. */
    public static final int MAX_LENGTH = 1024 * 1024;

    private static final int MAX_CERTIFICATES = 20;
    private static final byte[] PROBE = "does the key belong to the certificate".getBytes(StandardCharsets.US_ASCII);

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ClientCertificate(List<X509Certificate> chain, PrivateKey key, String what)
            throws GeneralSecurityException, InvalidInputException {
        this.chain = List.copyOf(chain);
        this.key = key;
        if (!isPair()) {
            throw new InvalidInputException(what + ": the private key is not that of the first certificate");
        }
    }

    private boolean isPair() throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm();
                };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(chain.get(0).getPublicKey());
        signature.update(PROBE);
        return signature.verify(signed);
    }

    /**
     * Reads certificates, the client's own first, and one private key that is not encrypted, all in PEM.
     *
     * @param what names it in errors
     */
    public static ClientCertificate parse(String pem, String what) throws InvalidInputException {
        if (pem.length() > MAX_LENGTH) {
            throw new InvalidInputException(what + ": larger than the allowed " + MAX_LENGTH + " characters");
        }
        List<X509Certificate> chain = new ArrayList<>();
        List<PrivateKeyInfo> keys = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof X509CertificateHolder certificate) {
                    chain.add(X509.certificate(certificate.getEncoded()));
                } else if (next instanceof PrivateKeyInfo info) {
                    keys.add(info);
                } else if (next instanceof PEMKeyPair pair) {
                    keys.add(pair.getPrivateKeyInfo());
                }
            }
            if (chain.isEmpty() || chain.size() > MAX_CERTIFICATES || keys.size() != 1) {
                throw new InvalidInputException(what + ": expected 1 to " + MAX_CERTIFICATES
                        + " certificates and one private key without a password" + " in PEM, found "
                        + Count.of(chain.size(), "certificate")
                        + " and " + Count.of(keys.size(), "key"));
            }
            String algorithm = chain.get(0).getPublicKey().getAlgorithm();
            PrivateKey key = KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(keys.get(0).getEncoded()));
            return new ClientCertificate(chain, key, what);
        } catch (IOException
                | GeneralSecurityException
                | RuntimeException e) { // Bouncy Castle's reader throws many unchecked exceptions
            throw new InvalidInputException(what + ": is not a certificate with its private key in PEM");
        }
    }

    /**
     * The one key of a key store.
     *
     * @param what names it in errors
     */
    public static ClientCertificate of(KeyStore store, char[] password, String what) throws InvalidInputException {
        try {
            List<String> aliases = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
                    aliases.add(alias);
                }
            }
            if (aliases.size() != 1) {
                throw new InvalidInputException(what + ": expected exactly one private key, found " + aliases.size());
            }
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate each : store.getCertificateChain(aliases.get(0))) {
                chain.add((X509Certificate) each);
            }
            if (!(store.getKey(aliases.get(0), password) instanceof PrivateKey key)) {
                throw new InvalidInputException(what + ": contains no private key");
            }
            return new ClientCertificate(chain, key, what);
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(what + ": its private key cannot be read: check the password", e);
        }
    }

    X509Certificate[] chain() {
        return chain.toArray(X509Certificate[]::new);
    }

    PrivateKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "client certificate " + chain.get(0).getSubjectX500Principal();
    }
}
