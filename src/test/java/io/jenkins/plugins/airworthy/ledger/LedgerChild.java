package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Another process that writes a ledger, without end; it prints each index that it was given, and each failure. */
final class LedgerChild {
    private static final long PAUSE_MILLIS = 50;

    private LedgerChild() {}

    /**
     * Writes until it is killed.
     *
     * @param arguments folder, file of the key
     */
    public static void main(String[] arguments) throws Exception {
        byte[] key = Base64.getDecoder().decode(Files.readString(Path.of(arguments[1])));
        NoteSigner signer = NoteSigner.of(LedgerFolder.ORIGIN, key, "key");
        Ledger ledger = Ledger.open(Path.of(arguments[0]), signer, Clock.systemUTC(), List.of());
        System.out.println("opened " + ledger.size());
        while (true) {
            long next = ledger.size();
            try {
                if (next % 7 == 0) {
                    System.out.println(
                            "acknowledged " + (ledger.appendAll(LedgerFolder.entries(next, next + 40)) + 39));
                } else {
                    System.out.println("acknowledged " + ledger.append(LedgerFolder.entry(next)));
                }
                if (next % 31 == 0) {
                    ledger.checkpoint();
                }
            } catch (AirworthyException e) {
                System.out.println("failed " + e.getMessage());
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    /**
     * Starts it.
     *
     * @param shell begins a line of the shell in which it runs
     * @param said gets what it prints
     */
    static Process start(String shell, Path folder, NoteSigner signer, Path said) throws Exception {
        Path key = folder.resolveSibling("key");
        Files.writeString(key, Base64.getEncoder().encodeToString(signer.encoded()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                LedgerChild.class.getName(),
                folder.toString(),
                key.toString()));
        return new ProcessBuilder("sh", "-c", shell + "exec '" + String.join("' '", command) + "'")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }
}
