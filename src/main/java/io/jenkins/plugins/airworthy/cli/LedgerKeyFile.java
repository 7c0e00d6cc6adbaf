package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.Utf8;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.tlog.NoteKey;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The file of a ledger's key: NAME.key, which is sealed and beside NAME.vkey, or NAME.vkey itself. */
final class LedgerKeyFile {
    /** The password of the ledger's key, if it differs from that of the key that signs. */
    static final String PASSWORD = "AIRWORTHY_LEDGER_KEY_PASSWORD";

    private static final int MAX_BYTES = 64 * 1024;
    private static final String PRIVATE_ENDING = ".key";
    private static final String PUBLIC_ENDING = ".vkey";

    private final Setting named;
    private final byte[] content;

    private LedgerKeyFile(Setting named, byte[] content) {
        this.named = named;
        this.content = content;
    }

    /** @param option the value of {@code --ledger-key} */
    static LedgerKeyFile read(Optional<String> option, CommandEnvironment environment) throws AirworthyException {
        Setting named = Setting.ledgerKey(option, environment)
                .orElseThrow(() -> new InvalidInputException(
                        "the key of the ledger is not named: add " + HistoryOptions.KEY + " FILE"));
        return new LedgerKeyFile(named, named.file().read(MAX_BYTES));
    }

    /** Whether it is the private half, with which a ledger is written. */
    boolean isPrivate() {
        return isPem(content);
    }

    private static boolean isPem(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).startsWith("-----BEGIN ");
    }

    NoteKey publicKey() throws InvalidInputException {
        return publicKey(content, named.value());
    }

    /** Reads the public half, and says what to give instead of the private one. */
    static NoteKey publicKey(byte[] content, String what) throws InvalidInputException {
        if (isPem(content) && new String(content, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY-----")) {
            throw new InvalidInputException(
                    what + ": this is the private half: give " + stem(what) + PUBLIC_ENDING + ", the public one");
        }
        return NoteKey.parse(Utf8.decode(content, what), what);
    }

    private static String stem(String name) {
        return name.endsWith(PRIVATE_ENDING) ? name.substring(0, name.length() - PRIVATE_ENDING.length()) : name;
    }

    NoteSigner signer(CommandEnvironment environment) throws AirworthyException, InterruptedException {
        Path secret = named.file().path();
        Path open = secret.resolveSibling(stem(secret.getFileName().toString()) + PUBLIC_ENDING);
        if (!isPrivate() || !Files.exists(open)) {
            throw new InvalidInputException(named.origin() + ": " + secret + " is not a ledger's private key"
                    + (isPrivate() ? ": there is no " + open + " beside it" : "")
                    + "; 'airworthy ledger key' makes one");
        }
        NoteKey expected = publicKey(new InputFile(named.origin(), open).read(MAX_BYTES), open.toString());
        Optional<String> password = environment.variable(PASSWORD);
        KeyPasswords usual = new KeyPasswords(environment);
        byte[] pkcs8 = KeyFiles.readSealed(
                secret, what -> password.isPresent() ? password.get().toCharArray() : usual.password(what));
        try {
            NoteSigner signer = NoteSigner.of(expected.name(), pkcs8, secret.toString());
            if (!signer.publicKey().equals(expected)) {
                throw new InvalidInputException(secret + " and " + open + " are not halves of one key");
            }
            return signer;
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }
}
