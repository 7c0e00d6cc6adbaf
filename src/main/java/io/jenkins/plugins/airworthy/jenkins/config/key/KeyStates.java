package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of each key: the most severe state that the record of ended keys or the configuration gives its public half, under
 * any name. An identity has no public half: its state is only in the configuration.
 */
public final class KeyStates {
    private final Map<String, KeyEnding> recorded;
    private final Map<String, KeyEnding> endings;

    private KeyStates(Map<String, KeyEnding> recorded, Map<String, KeyEnding> endings) {
        this.recorded = recorded;
        this.endings = endings;
    }

    /**
     * The states from record and configuration.
     *
     * @throws UndecidedException if the record cannot be read: then no state is known
     */
    public static KeyStates of(List<KeyEntry> entries, EndedKeys record) throws UndecidedException {
        return of(entries, record.all());
    }

    /** The states from the configuration alone, for pages when the record cannot be read. */
    public static KeyStates configured(List<KeyEntry> entries) {
        return of(entries, Map.of());
    }

    private static KeyStates of(List<KeyEntry> entries, Map<String, KeyEnding> recorded) {
        Map<String, KeyEnding> endings = new HashMap<>(recorded);
        for (KeyEntry entry : entries) {
            Optional<String> fingerprint = fingerprint(entry);
            if (fingerprint.isPresent()) {
                configured(entry).ifPresent(ending -> endings.merge(fingerprint.get(), ending, KeyEnding::worse));
            }
        }
        return new KeyStates(recorded, endings);
    }

    /** How a key ended; absent while it is active. */
    Optional<KeyEnding> ending(KeyEntry entry) {
        return fingerprint(entry)
                .map(fingerprint -> Optional.ofNullable(endings.get(fingerprint)))
                .orElseGet(() -> configured(entry));
    }

    public KeyState of(KeyEntry entry) {
        return ending(entry).map(KeyEnding::state).orElse(KeyState.ACTIVE);
    }

    /** When it ended, as an ISO 8601 instant; empty while it is active, and if no time is known. */
    public String ended(KeyEntry entry) {
        return ending(entry)
                .map(KeyEnding::since)
                .filter(since -> !since.equals(Instant.MIN))
                .map(Object::toString)
                .orElse("");
    }

    /** Keys whose configuration is too lenient: such a key ended, but is configured as active or as ended later. */
    public Optional<String> contradiction(KeyEntry entry) {
        Optional<KeyEnding> known = fingerprint(entry).map(recorded::get);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Optional<KeyEnding> configured = configured(entry);
        if (configured.isPresent() && configured.get().worse(known.get()).equals(configured.get())) {
            return Optional.empty();
        }
        return Optional.of(entry + " is permanently " + known.get().word() + ", but its configuration says "
                + entry.getState() + (entry.getEnded().isEmpty() ? "" : " since " + entry.getEnded())
                + ": write 'state: " + known.get().state() + "'"
                + (ended(entry).isEmpty() ? "" : " and 'ended: \"" + ended(entry) + "\"'")
                + " there, or remove the key");
    }

    /** Whether the configuration says more than the record; a revocation without a date is not added to one with a date. */
    public boolean isNews(KeyEntry entry, KeyEnding ending) {
        Optional<KeyEnding> known = fingerprint(entry).map(recorded::get);
        if (known.isEmpty()) {
            return true;
        }
        boolean worse = !known.get().worse(ending).equals(known.get());
        boolean undated =
                known.get().state() == ending.state() && ending.since().equals(Instant.MIN);
        return worse && !undated;
    }

    /** How the configuration ends a key. */
    public static Optional<KeyEnding> configured(KeyEntry entry) {
        if (entry.getState() == KeyState.ACTIVE) {
            return Optional.empty();
        }
        return Optional.of(new KeyEnding(entry.getState(), entry.endedOrAlways()));
    }

    static Optional<String> fingerprint(KeyEntry entry) {
        if (entry.isKeyless()) {
            return Optional.empty();
        }
        try {
            return Optional.of(entry.verificationKey().fingerprint());
        } catch (InvalidInputException e) {
            return Optional.empty(); // such a key can neither sign nor verify, and its page says why
        }
    }
}
