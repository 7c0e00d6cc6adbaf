package io.jenkins.plugins.airworthy.jenkins.config;

import com.cloudbees.plugins.credentials.Credentials;
import hudson.model.Run;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.EvidenceSigner;
import io.jenkins.plugins.airworthy.sign.keyless.IdentityToken;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

import java.time.Instant;

/**
 * Signers that have no key but an identity, for one run: the credential may make a token for the run itself, as those of the plugin
 * oidc-provider do. Refuses credentials that jobs may bind: whoever has the token is the identity, and signs whatever he likes.
 */
final class IdentityVault {
    private final Run<?, ?> run;
    private final SystemCredentials credentials;

    IdentityVault(Run<?, ?> run) {
        this.run = run;
        this.credentials = new SystemCredentials(CredentialUse.by(run));
    }

    /** A token is asked for at once, too: what lacks one is refused before anything is signed. */
    EvidenceSigner open(KeyEntry entry) throws InvalidInputException {
        token(entry.getIdentityCredentialsId(), entry.toString());
        return SigstoreInstance.current()
                .signer(() -> token(entry.getIdentityCredentialsId(), entry.toString()), entry.toString());
    }

    private IdentityToken token(String id, String what) throws InvalidInputException {
        Credentials forRun =
                credentials.requireHidden(id, StringCredentials.class, what).forRun(run);
        if (forRun instanceof StringCredentials text) {
            return IdentityToken.parse(
                    text.getSecret().getPlainText(), what + ", in the credential '" + id + "'", Instant.now());
        }
        throw new InvalidInputException(what + ": the credential '" + id + "' holds no token for this run");
    }
}
