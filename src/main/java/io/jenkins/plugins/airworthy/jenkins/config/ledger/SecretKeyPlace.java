package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import jenkins.security.ConfidentialKey;

import java.io.IOException;
import java.util.Optional;

/** Jenkins' store of secrets, as for the controller's other own secrets: jobs, agents, forms and configuration as code never see it. */
final class SecretKeyPlace implements KeyPlace {
    /** The name of the file in {@code $JENKINS_HOME/secrets}. */
    static final String ID = "io.jenkins.plugins.airworthy.ledger";

    private final Secret secret = new Secret();

    @Override
    public Optional<byte[]> load() throws IOException {
        return Optional.ofNullable(secret.load());
    }

    @Override
    public void store(byte[] key) throws IOException {
        secret.store(key);
    }

    private static final class Secret extends ConfidentialKey {
        Secret() {
            super(ID);
        }

        @Override
        protected byte[] load() throws IOException {
            return super.load();
        }

        @Override
        protected void store(byte[] payload) throws IOException {
            super.store(payload);
        }
    }
}
