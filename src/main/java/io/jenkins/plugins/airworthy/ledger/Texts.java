package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.Utf8;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Names and reasons, beside the entries: an entry has only the digest of a random salt and the text, from which nobody guesses the text
 * once both are erased. They are never published. Thread-safe.
 */
public final class Texts {
    /** How many bytes of UTF-8 a text may have. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int SALT_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;

    Texts(Path folder) {
        this.folder = folder;
    }

    /** Keeps a text, and returns the digest by which an entry names it once it is on the disk. */
    public synchronized Digest keep(String text) throws AirworthyException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new InvalidInputException(
                    "a text of " + bytes.length + " bytes, and a ledger's may have " + MAX_BYTES);
        }
        byte[] salted = new byte[SALT_BYTES + bytes.length];
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        System.arraycopy(salt, 0, salted, 0, SALT_BYTES);
        System.arraycopy(bytes, 0, salted, SALT_BYTES, bytes.length);
        Digest digest = Digest.of(salted);
        try {
            DurableFolder files = new DurableFolder(folder);
            files.write(digest.hex(), salted);
            files.sync();
        } catch (IOException e) {
            throw new UndecidedException(folder + ": a text could not be kept; check that the disk has room", e);
        }
        return digest;
    }

    /** The text; empty if it was erased. Refuses one that was changed. */
    public Optional<String> read(Digest digest) throws AirworthyException {
        Path file = folder.resolve(digest.hex());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] salted = BoundedRead.whole(in, SALT_BYTES + MAX_BYTES)
                    .orElseThrow(() -> new InvalidInputException(file + ": is larger than a text may be"));
            if (!Digest.of(salted).equals(digest)) {
                throw new InvalidInputException(file + ": is not the text that was kept");
            }
            return Optional.of(Utf8.decode(Arrays.copyOfRange(salted, SALT_BYTES, salted.length), file.toString()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UndecidedException(file + ": the text could not be read", e);
        }
    }

    /** Erases a text and its salt; the entry stays. */
    public void erase(Digest digest) throws AirworthyException {
        Path file = folder.resolve(digest.hex());
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UndecidedException(file + ": the text could not be erased", e);
        }
    }
}
