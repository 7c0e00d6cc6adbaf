package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.JsonLines;
import jenkins.model.Jenkins;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The record of all keys that were retired or revoked on this controller, by fingerprint, in its own file: one line of JSON each.
 * The file is append-only, and no configuration of Jenkins removes a line. If any line is unreadable, the whole record counts as
 * unreadable: the line may be a revocation.
 */
public final class EndedKeys {
    private final JsonLines lines;

    public EndedKeys(Path file) {
        this.lines = new JsonLines(file, EndedKey.MAX_BYTES);
    }

    /** This controller's. */
    public static EndedKeys current() {
        return new EndedKeys(
                Jenkins.get().getRootDir().toPath().resolve("airworthy").resolve("ended-keys.jsonl"));
    }

    /**
     * Records that a key ended, if it has a public half to recognise it by: an identity has none.
     *
     * @param by who ended it, for people
     * @throws UndecidedException if it could not be recorded: then the key must not be reported as ended
     */
    public void add(KeyEntry key, KeyState state, Instant since, String by) throws UndecidedException {
        add(key, new KeyEnding(state, since), by);
    }

    public void add(KeyEntry key, KeyEnding ending, String by) throws UndecidedException {
        Optional<String> fingerprint = KeyStates.fingerprint(key);
        if (fingerprint.isPresent()) {
            add(new EndedKey(Instant.now(), fingerprint.get(), ending, key.getName(), by));
        }
    }

    /**
     * Records an ending and returns once it is on the disk. An ending that is recorded already, or a more severe one, is not
     * written again.
     */
    void add(EndedKey ended) throws UndecidedException {
        Optional<KeyEnding> known = Optional.ofNullable(all().get(ended.fingerprint()));
        if (known.isPresent() && known.get().worse(ended.ending()).equals(known.get())) {
            return;
        }
        try {
            lines.append(ended.write());
        } catch (IOException e) {
            throw new UndecidedException(
                    lines + ": the key '" + ended.name() + "' could not be recorded as "
                            + ended.ending().word()
                            + ", so nothing was changed; check that the disk has room, and try again",
                    e);
        }
    }

    /** How each key ended, by its fingerprint. */
    Map<String, KeyEnding> all() throws UndecidedException {
        Map<String, KeyEnding> endings = new HashMap<>();
        int[] number = new int[1];
        try {
            lines.read(0, line -> {
                number[0]++;
                EndedKey ended = EndedKey.parse(line);
                endings.merge(ended.fingerprint(), ended.ending(), KeyEnding::worse);
            });
        } catch (IOException e) {
            throw unreadable("", e);
        } catch (InvalidInputException e) {
            throw unreadable(", line " + number[0], e);
        }
        return Map.copyOf(endings);
    }

    private UndecidedException unreadable(String where, Exception cause) {
        return new UndecidedException(
                lines + where + ": the record of retired and revoked keys cannot be read, so no key signs and no"
                        + " signature is believed; restore the file from a backup, or repair the line",
                cause);
    }
}
