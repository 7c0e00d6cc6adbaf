package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A password or PIN in use; closing it overwrites it. Refuses an excessive length. */
public final class KeyPassword implements AutoCloseable {
    /** Maximum length of a password, in characters. */
    static final int MAX_LENGTH = 1_024;

    private static final int MAX_BYTES_PER_CHARACTER = 3; // a surrogate pair has four

    private final char[] characters;
    private final byte[] utf8;

    private KeyPassword(char[] characters) {
        this.characters = characters;
        ByteBuffer room = ByteBuffer.allocate(MAX_BYTES_PER_CHARACTER * characters.length);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(characters), room, true);
        this.utf8 = Arrays.copyOf(room.array(), room.position());
        Arrays.fill(room.array(), (byte) 0);
    }

    /** Asks the source once. */
    public static KeyPassword ask(PasswordSource source, String what) throws AirworthyException, InterruptedException {
        char[] given = source.password(what);
        if (given.length > MAX_LENGTH) {
            Arrays.fill(given, '\0');
            throw new InvalidInputException(what + ": a password has at most " + MAX_LENGTH + " characters");
        }
        return new KeyPassword(given);
    }

    public boolean isEmpty() {
        return characters.length == 0;
    }

    /** The array itself, valid until this is closed. */
    char[] characters() {
        return characters;
    }

    /** The array itself, valid until this is closed. */
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public void close() {
        Arrays.fill(characters, '\0');
        Arrays.fill(utf8, (byte) 0);
    }
}
