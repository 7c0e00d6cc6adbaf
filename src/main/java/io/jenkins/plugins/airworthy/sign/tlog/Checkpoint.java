package io.jenkins.plugins.airworthy.sign.tlog;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A log's signed size and root hash: a <a href="https://c2sp.org/signed-note">signed note</a> with a
 * <a href="https://c2sp.org/tlog-checkpoint">checkpoint</a>. Refuses notes of another form. Witnesses may have signed it too; only
 * the log's own signature is required, and the caller has to verify it.
 *
 * @param body what is signed: the text of the note with the end of its last line
 */
public record Checkpoint(String body, String origin, long size, Digest root, List<NoteSignature> signatures) {
    private static final int MAX_CHARACTERS = 64 * 1024;
    private static final int MAX_SIGNATURES = 100;
    private static final int HINT_BYTES = 4;
    private static final int LEAST_LINES = 3;
    private static final String DASH = "\u2014 ";
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    /** One signature line: the claimed signer, its key, and the signature in hexadecimal. */
    public record NoteSignature(String name, String hint, String signature) {
        public byte[] bytes() {
            return HexFormat.of().parseHex(signature);
        }
    }

    public Checkpoint {
        signatures = List.copyOf(signatures);
    }

    public static Checkpoint parse(String note, String what) throws InvalidInputException {
        int split = note.lastIndexOf("\n\n");
        if (note.length() > MAX_CHARACTERS || split < 0 || !note.endsWith("\n")) {
            throw new InvalidInputException(what + ": is not a signed note");
        }
        String body = note.substring(0, split + 1);
        List<String> lines = List.of(body.split("\n", -1));
        if (lines.size() <= LEAST_LINES
                || lines.subList(0, lines.size() - 1).stream().anyMatch(String::isEmpty)
                || !SIZE.matcher(lines.get(1)).matches()) {
            throw new InvalidInputException(what + ": expected its origin, size and root hash on a line each");
        }
        Digest root = root(lines.get(2), what);
        List<NoteSignature> signatures = new ArrayList<>();
        if (split + 2 == note.length()) {
            throw new InvalidInputException(what + ": has no signature");
        }
        for (String line : note.substring(split + 2, note.length() - 1).split("\n", MAX_SIGNATURES + 1)) {
            signatures.add(signature(line, what));
        }
        if (signatures.size() > MAX_SIGNATURES) {
            throw new InvalidInputException(what + ": more than the allowed " + MAX_SIGNATURES + " signatures");
        }
        return new Checkpoint(body, lines.get(0), Long.parseLong(lines.get(1)), root, signatures);
    }

    private static Digest root(String line, String what) throws InvalidInputException {
        byte[] hash = base64(line, what);
        if (hash.length != Digest.sha256().getDigestLength()) {
            throw new InvalidInputException(what + ": its third line is not a root hash");
        }
        return new Digest(HexFormat.of().formatHex(hash));
    }

    private static NoteSignature signature(String line, String what) throws InvalidInputException {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space < DASH.length() + 1) {
            throw new InvalidInputException(what + ": a signature line is malformed");
        }
        byte[] bytes = base64(line.substring(space + 1), what);
        if (bytes.length <= HINT_BYTES) {
            throw new InvalidInputException(what + ": a signature is too short");
        }
        return new NoteSignature(
                line.substring(DASH.length(), space),
                HexFormat.of().formatHex(bytes, 0, HINT_BYTES),
                HexFormat.of().formatHex(bytes, HINT_BYTES, bytes.length));
    }

    private static byte[] base64(String text, String what) throws InvalidInputException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(what + ": is not valid base64", e);
        }
    }
}
