package io.jenkins.plugins.airworthy.jenkins.config.key;

import com.cloudbees.plugins.credentials.Credentials;
import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialUse;
import io.jenkins.plugins.airworthy.jenkins.config.credential.SystemCredentials;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.keyless.IdentityToken;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Opens signers with an identity instead of a key, for one run: the credential may make a token for this run, as in the plugin
 * oidc-provider. Refuses credentials that jobs may bind: possession of the token is enough to sign anything as the identity.
 */
final class IdentityLoader {
    private static final Logger LOGGER = Logger.getLogger(IdentityLoader.class.getName());

    private final Run<?, ?> run;
    private final SigstoreInstance sigstore;
    private final SystemCredentials credentials;

    IdentityLoader(Run<?, ?> run, SigstoreInstance sigstore) {
        this.run = run;
        this.sigstore = sigstore;
        this.credentials = new SystemCredentials(CredentialUse.by(run));
    }

    /** Fetches a token at once, too, so that a missing token is refused before anything is signed. */
    StatementSigner open(KeyEntry entry) throws AirworthyException {
        token(entry.getIdentityCredentialsId(), entry.toString());
        return sigstore.signer(() -> token(entry.getIdentityCredentialsId(), entry.toString()), entry.toString());
    }

    private IdentityToken token(String id, String what) throws AirworthyException {
        StringCredentials credential = credentials.requireHidden(id, StringCredentials.class, what);
        return IdentityToken.parse(secret(credential, what), what + ", in the credential '" + id + "'", Instant.now());
    }

    private String secret(StringCredentials credential, String what) throws AirworthyException {
        try {
            Credentials forRun = credential.forRun(run);
            if (forRun instanceof StringCredentials text) {
                return text.getSecret().getPlainText();
            }
        } catch (RuntimeException e) {
            // Another plugin's code makes the token; its message goes to the administrator's log, not to the job's.
            LOGGER.log(Level.WARNING, e, () -> what + ": no token could be made for " + run);
            throw new UndecidedException(what + ": the credential '" + credential.getId()
                    + "' could not make a token for this run; an administrator finds the reason in Jenkins' log");
        }
        throw new InvalidInputException(
                what + ": the credential '" + credential.getId() + "' contains no token for this run");
    }
}
