package io.jenkins.plugins.airworthy.jenkins.run;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.config.RingKey;
import io.jenkins.plugins.airworthy.sign.EvidenceSigner;

/**
 * A signer of the administrator's, for one run, whose every signature stands in the controller's record before it is attached to
 * anything: a key, or an identity.
 */
public sealed interface LoggedSigner extends EvidenceSigner permits LoggedKey, LoggedIdentity {
    /** The name by which jobs speak of it. */
    String name();

    /** Hexadecimal SHA-256 of the public key that signs, or that signed last: an identity has a new one for each signature. */
    String fingerprint();

    /**
     * Opens what was offered.
     *
     * @param repository where its signatures will be attached
     */
    static LoggedSigner open(RingKey key, Run<?, ?> run, String repository)
            throws AirworthyException, InterruptedException {
        return key.isKeyless()
                ? LoggedIdentity.open(key, run, repository)
                : LoggedKey.of(key, key.open(run), run, repository);
    }
}
