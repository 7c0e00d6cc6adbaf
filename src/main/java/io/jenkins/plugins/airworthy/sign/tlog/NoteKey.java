package io.jenkins.plugins.airworthy.sign.tlog;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Ed25519 public key of a log with its name, in the text form of <a href="https://c2sp.org/signed-note#verifier-keys">verifier
 * keys</a>: {@code NAME+HASH+KEY}. Refuses other kinds of keys, and a hash that is not of this name and key.
 *
 * @param name the origin of the log's checkpoints
 * @param raw the 32 bytes of RFC 8032, in hexadecimal
 */
public record NoteKey(String name, String raw) {
    private static final int MAX_NAME = 200;
    private static final byte ED25519 = 1;
    private static final byte[] INFO = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int HINT_BYTES = 4;
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x2a\\x2c-\\x7e]{1," + MAX_NAME + "}");
    private static final Pattern TEXT = Pattern.compile("([^+]*)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]{1,100})");
    private static final Pattern CONTINUED = Pattern.compile("#([2-9]|[1-9][0-9]{1,6})");

    public NoteKey {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a log has no space and no plus");
        }
    }

    /** Whether a log may have this name: printable ASCII without space and plus, at most {@value #MAX_NAME} characters. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches() && text.indexOf('#') < 0;
    }

    /** Reads the text form; white space around it does not count. */
    public static NoteKey parse(String text, String what) throws InvalidInputException {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches() || !isName(parts.group(1))) {
            throw new InvalidInputException(what + ": is not a verifier key: expected NAME+HASH+KEY on one line");
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(parts.group(3));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(what + ": the key is not valid base64", e);
        }
        if (key.length != 1 + TreeHash.BYTES || key[0] != ED25519) {
            throw new InvalidInputException(what + ": is not an Ed25519 key");
        }
        NoteKey read = new NoteKey(parts.group(1), HexFormat.of().formatHex(key, 1, key.length));
        if (!read.hint().equals(parts.group(2))) {
            throw new InvalidInputException(what + ": its hash is not that of this name and key");
        }
        read.platformKey(what);
        return read;
    }

    /** The text form. */
    public String text() {
        return name + "+" + hint() + "+" + Base64.getEncoder().encodeToString(typed());
    }

    /** The four bytes by which a signature names this key, in hexadecimal. */
    public String hint() {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sha256.digest(typed()), 0, HINT_BYTES);
    }

    private byte[] typed() {
        byte[] key = HexFormat.of().parseHex(raw);
        byte[] typed = new byte[1 + key.length];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, key.length);
        return typed;
    }

    /** The same key for a log that was continued under another origin, see {@link #continuation}. */
    public NoteKey named(String origin) {
        return new NoteKey(origin, raw);
    }

    /** How often the log of this name had been continued when it had this origin: 1 for never, 0 if it is another log's. */
    public int continuation(String origin) {
        if (origin.equals(name)) {
            return 1;
        }
        Matcher number = CONTINUED.matcher(origin.startsWith(name) ? origin.substring(name.length()) : "");
        return number.matches() ? Integer.parseInt(number.group(1)) : 0;
    }

    /**
     * Reads a checkpoint and verifies that this log signed it, under its name or as one that was continued.
     *
     * @param what the checkpoint's name in errors
     */
    public Checkpoint open(String note, String what) throws InvalidInputException {
        Checkpoint read = Checkpoint.parse(note, what);
        if (continuation(read.origin()) == 0) {
            throw new InvalidInputException(what + ": its origin is '" + read.origin() + "', but the log is " + name);
        }
        NoteKey own = named(read.origin());
        List<Checkpoint.NoteSignature> claimed = read.signatures().stream()
                .filter(s -> s.name().equals(own.name) && s.hint().equals(own.hint()))
                .toList();
        if (claimed.isEmpty()) {
            boolean sameName = read.signatures().stream().anyMatch(s -> s.name().equals(own.name));
            throw new InvalidInputException(what + ": has no signature of the log " + own.name
                    + ", by its name and the first bytes of its key's id"
                    + (sameName ? ": this is another key of that name than the one that signed it" : ""));
        }
        byte[] signed = read.body().getBytes(StandardCharsets.UTF_8);
        for (Checkpoint.NoteSignature signature : claimed) {
            if (!verifies(signed, signature.bytes())) {
                throw new InvalidInputException(what + ": the signature of the log " + own.name + " does not verify");
            }
        }
        return read;
    }

    private boolean verifies(byte[] message, byte[] signature) throws InvalidInputException {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(platformKey(name));
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(name + ": its key cannot verify", e);
        }
    }

    private PublicKey platformKey(String what) throws InvalidInputException {
        byte[] key = HexFormat.of().parseHex(raw);
        byte[] info = Arrays.copyOf(INFO, INFO.length + key.length);
        System.arraycopy(key, 0, info, INFO.length, key.length);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(info));
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(what + ": its key is not a point of Ed25519", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
