package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The single private key of a PKCS #12 file (<a href="https://www.rfc-editor.org/rfc/rfc7292">RFC 7292</a>), read with Java's own
 * reader, which limits the password function to five million iterations. Refuses a file with no or several private keys; only the
 * public key of its certificate is used.
 */
final class Pkcs12Key {
    private static final char MAX_ASCII = '~';

    private Pkcs12Key() {}

    static KeyPair open(byte[] content, KeyPassword password, String what) throws InvalidInputException {
        for (char character : password.characters()) {
            if (character > MAX_ASCII) {
                throw new InvalidInputException(what + ": Java opens PKCS #12 files only with passwords of ASCII"
                        + " characters: take the key out with 'openssl pkcs12 -nocerts'");
            }
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password.characters());
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1) {
                throw new InvalidInputException(
                        what + ": expected exactly one private key in the PKCS #12 file, found " + keys.size());
            }
            Key key = store.getKey(keys.get(0), password.characters());
            if (!(key instanceof PrivateKey privateKey) || store.getCertificate(keys.get(0)) == null) {
                throw new InvalidInputException(what + ": contains no private key with a certificate");
            }
            return new KeyPair(store.getCertificate(keys.get(0)).getPublicKey(), privateKey);
        } catch (UnrecoverableKeyException e) {
            throw EncryptedPkcs8.wrongPassword(what, e);
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new InvalidInputException(what + ": wrong password", e);
            }
            throw unreadable(what, e);
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(what + ": contains a key or a cipher that this Java does not support", e);
        } catch (RuntimeException e) { // Java's reader lets these out where an element is missing or empty
            throw unreadable(what, e);
        }
    }

    private static InvalidInputException unreadable(String what, Exception cause) {
        return new InvalidInputException(what + ": is neither a PEM file nor a PKCS #12 file that can be read", cause);
    }
}
