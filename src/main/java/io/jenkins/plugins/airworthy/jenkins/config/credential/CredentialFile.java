package io.jenkins.plugins.airworthy.jenkins.config.credential;

import com.cloudbees.plugins.credentials.common.CertificateCredentials;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.Pem;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The key that a credential holds as a file or as a certificate. Refuses large files, and a certificate with no or several keys. */
public final class CredentialFile {
    /** How many bytes of a file are read; no key needs more. */
    static final int MAX_BYTES = 64 * 1024;

    private CredentialFile() {}

    public static byte[] read(FileCredentials file, String what) throws AirworthyException {
        try (InputStream in = file.getContent()) {
            return BoundedRead.whole(in, MAX_BYTES)
                    .orElseThrow(() -> new InvalidInputException(
                            what + ": larger than the " + MAX_BYTES + " bytes that a key file may have"));
        } catch (IOException e) {
            throw new UndecidedException(what + ": could not be read", e);
        }
    }

    public static SoftwareKey key(CertificateCredentials certificate, String what)
            throws AirworthyException, InterruptedException {
        char[] password = certificate.getPassword().getPlainText().toCharArray();
        try {
            KeyStore store = certificate.getKeyStore();
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1) {
                throw new InvalidInputException(
                        what + ": expected a certificate with exactly one private key, found " + keys.size());
            }
            Key key = store.getKey(keys.get(0), password);
            if (!"PKCS#8".equals(key.getFormat())) {
                throw new InvalidInputException(what + ": the private key cannot be taken out of its certificate");
            }
            byte[] pkcs8 = key.getEncoded();
            byte[] pem = Pem.write("PRIVATE KEY", pkcs8).getBytes(StandardCharsets.US_ASCII);
            Arrays.fill(pkcs8, (byte) 0);
            return KeyFiles.parsePrivate(pem, what, asked -> password.clone());
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(what + ": the certificate's private key cannot be read", e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
