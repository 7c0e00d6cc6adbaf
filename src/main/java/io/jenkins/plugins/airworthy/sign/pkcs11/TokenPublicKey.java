package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.X509;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.pkcs11.Cryptoki.Attribute;
import io.jenkins.plugins.airworthy.sign.pkcs11.Cryptoki.ObjectClass;

import java.security.cert.CertificateException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The public key for a private key on a token: from the private key's attributes, the public key object, or the certificate,
 * found by the key's identifier, or by its label if it has none. Refuses contradictions between them. Only the public key of the
 * certificate is used.
 */
final class TokenPublicKey {
    /** Maximum number of objects read for a key. */
    private static final int MAX_BESIDE = 8;

    private static final long RSA = 0;
    private static final long ELLIPTIC = 3;

    private final TokenKey key;
    private final Pkcs11Uri name;
    private final Set<VerificationKey> found = new LinkedHashSet<>();

    private TokenPublicKey(TokenKey key, Pkcs11Uri name) {
        this.key = key;
        this.name = name;
    }

    static VerificationKey of(TokenKey key, Pkcs11Uri name) throws CryptokiException, InvalidInputException {
        return new TokenPublicKey(key, name).read();
    }

    private VerificationKey read() throws CryptokiException, InvalidInputException {
        long type = key.number(Attribute.KEY_TYPE).orElse(-1L);
        if (type != RSA && type != ELLIPTIC) {
            throw new InvalidInputException(name + ": unsupported kind of key: use ECDSA on P-256, P-384 or P-521, or"
                    + " RSA of 2048 to 4096 bits");
        }
        Optional<byte[]> id = key.attribute(Attribute.ID);
        Optional<byte[]> label = id.isPresent() ? Optional.empty() : key.attribute(Attribute.LABEL);
        if (type == RSA) {
            add(key.handle(), true);
        }
        if (id.isPresent() || label.isPresent()) {
            for (long object : matching(ObjectClass.PUBLIC_KEY, label, id)) {
                add(object, type == RSA);
            }
            for (long object : matching(ObjectClass.CERTIFICATE, label, id)) {
                addCertificate(object);
            }
        }
        if (found.size() > 1) {
            throw new InvalidInputException(name + ": the public keys and certificates that the token has for this key"
                    + " are of different keys: delete the wrong one, or give the keys different identifiers");
        }
        return found.stream().findFirst().orElseThrow(() -> missing(id));
    }

    private Iterable<Long> matching(ObjectClass objectClass, Optional<byte[]> label, Optional<byte[]> id)
            throws CryptokiException {
        TokenSession session = key.session();
        return session.cryptoki().find(session.handle(), objectClass, label, id, MAX_BESIDE);
    }

    private void add(long object, boolean rsa) throws CryptokiException, InvalidInputException {
        Optional<byte[]> first = attribute(object, rsa ? Attribute.MODULUS : Attribute.EC_PARAMS);
        Optional<byte[]> second = attribute(object, rsa ? Attribute.PUBLIC_EXPONENT : Attribute.EC_POINT);
        if (first.isPresent() && second.isPresent()) {
            found.add(
                    rsa
                            ? KeyNumbers.rsa(first.get(), second.get(), name.toString())
                            : KeyNumbers.elliptic(first.get(), second.get(), name.toString()));
        }
    }

    private void addCertificate(long object) throws CryptokiException, InvalidInputException {
        Optional<byte[]> der = attribute(object, Attribute.VALUE);
        if (der.isEmpty()) {
            return;
        }
        try {
            found.add(VerificationKey.of(X509.certificate(der.get()).getPublicKey(), name.toString()));
        } catch (CertificateException e) {
            throw new InvalidInputException(name + ": the token's certificate for it is damaged", e);
        }
    }

    private Optional<byte[]> attribute(long object, Attribute attribute) throws CryptokiException {
        TokenSession session = key.session();
        return session.cryptoki().attribute(session.handle(), object, attribute);
    }

    private InvalidInputException missing(Optional<byte[]> id) {
        String hex = id.map(HexFormat.of()::formatHex).orElse("01");
        return new InvalidInputException(name + ": the token contains neither the public key nor a certificate for it,"
                + " so its signatures could not be verified. Store the public key with it: pkcs11-tool --module "
                + name.module() + " --login --write-object release.pub.der --type pubkey --id " + hex
                + " (or a certificate: --write-object release.crt.der --type cert --id " + hex + ")");
    }
}
