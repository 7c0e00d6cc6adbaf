package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;

/** A key whose signatures are attached in the legacy format, and which is the key that it stands for in all else. */
record LegacySigner(SigningKey key) implements SigningKey {
    @Override
    public VerificationKey publicKey() {
        return key.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) throws AirworthyException, InterruptedException {
        return key.sign(message);
    }
}
