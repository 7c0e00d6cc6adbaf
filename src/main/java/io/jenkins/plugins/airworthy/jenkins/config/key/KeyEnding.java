package io.jenkins.plugins.airworthy.jenkins.config.key;

import java.time.Instant;

/**
 * The retirement or revocation of a key.
 *
 * @param since when it was retired, or since when it is not believed; {@link Instant#MIN} where no instant is known, so that nothing
 *     that a revoked key ever signed is believed
 */
public record KeyEnding(KeyState state, Instant since) {
    public KeyEnding {
        if (state == KeyState.ACTIVE) {
            throw new IllegalArgumentException("an active key has not ended");
        }
    }

    /** Combines two endings: a revocation outweighs a retirement, and of two revocations the earlier counts. */
    KeyEnding worse(KeyEnding other) {
        if (other.state != KeyState.REVOKED) {
            return this;
        }
        return state == KeyState.REVOKED && !since.isAfter(other.since) ? this : other;
    }

    /** For sentences: "key 'release' is revoked". */
    String word() {
        return state == KeyState.REVOKED ? "revoked" : "retired";
    }
}
