package io.jenkins.plugins.airworthy.policy.cel;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one evaluation has read so far, each thing once. The first failure is kept: the language lets {@code true || failure} be true,
 * but what cannot be read refuses the image whatever else holds.
 */
final class CelReads {
    private final Map<String, Object> done = new HashMap<>();
    private Optional<AirworthyException> failure = Optional.empty();

    /** Reads something. */
    @FunctionalInterface
    interface Read {
        Object read() throws AirworthyException;
    }

    /** Ends an evaluation; its reason is the failure that is kept. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    /** Returns what was read under this name, or reads it now. */
    Object once(String name, Read read) {
        Object known = done.get(name);
        if (known == null) {
            known = now(read);
            done.put(name, known);
        }
        return known;
    }

    Object now(Read read) {
        if (failure.isPresent()) {
            throw new Stopped();
        }
        try {
            return read.read();
        } catch (AirworthyException e) {
            throw fail(e);
        }
    }

    Stopped fail(AirworthyException e) {
        if (failure.isEmpty()) {
            failure = Optional.of(e);
        }
        return new Stopped();
    }

    /** Throws the failure, if there was one. */
    void requireWhole() throws AirworthyException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
