package io.jenkins.plugins.airworthy.jenkins.run;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.time.Instant;

/** Stands where a part is still to be written. */
final class Missing {
    private Missing() {}

    @SuppressWarnings("TypeParameterUnusedInFormals") // gone with the last part
    static <T> T part() throws UndecidedException {
        if (Instant.now().isAfter(Instant.EPOCH)) {
            throw new UndecidedException("not there yet");
        }
        return null;
    }
}
