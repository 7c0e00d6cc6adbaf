package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.OfferedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.util.Optional;

/** Keys as the ring offers them, for tests of those that use them. */
public final class OfferedKeys {
    private OfferedKeys() {}

    public static OfferedKey key(String name, KeyRole role, VerificationKey publicKey) {
        return new OfferedKey(new KeyEntry(name), role, Optional.of(publicKey));
    }

    public static OfferedKey identity(String name, KeyRole role) {
        return new OfferedKey(new KeyEntry(name), role, Optional.empty());
    }
}
