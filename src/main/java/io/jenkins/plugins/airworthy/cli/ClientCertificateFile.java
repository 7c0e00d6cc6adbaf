package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.registry.credential.ClientCertificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;

/** The file of {@code --registry-cert}: PEM, with the key in the same file or in another, or PKCS #12. */
final class ClientCertificateFile {
    /** The environment variable with the password of a PKCS #12 file; there is no prompt for it. */
    static final String PASSWORD_VARIABLE = "AIRWORTHY_REGISTRY_CERT_PASSWORD";

    private static final String PEM_BEGIN = "-----BEGIN";

    private ClientCertificateFile() {}

    static ClientCertificate read(NamedFile file, Optional<NamedFile> key, CommandEnvironment environment)
            throws AirworthyException {
        byte[] content = file.file().read(ClientCertificate.MAX_LENGTH);
        String what = "the client certificate for registry " + file.name();
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (!text.contains(PEM_BEGIN)) {
            return pkcs12(content, what, environment);
        }
        if (key.isPresent()) {
            text += "\n" + new String(key.get().file().read(ClientCertificate.MAX_LENGTH), StandardCharsets.ISO_8859_1);
        }
        return ClientCertificate.parse(text, what);
    }

    private static ClientCertificate pkcs12(byte[] content, String what, CommandEnvironment environment)
            throws InvalidInputException {
        char[] password = environment.variable(PASSWORD_VARIABLE).orElse("").toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password);
            return ClientCertificate.of(store, password, what);
        } catch (IOException | GeneralSecurityException e) {
            throw new InvalidInputException(
                    what + ": is neither PEM nor a PKCS #12 file with the password in " + PASSWORD_VARIABLE);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
