package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.CLOCK;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.fill;
import static org.assertj.core.api.Assertions.assertThat;

/** A ledger is verified by golang.org/x/mod/sumdb, which knows nothing of the product. */
class LedgerSumdbIT {
    private static final int[] SIZES = {1, 2, 255, 256, 257, 512, 4_000, 66_000};

    @TempDir
    Path temporary;

    private final NoteSigner signer = LedgerFolder.signer();

    @Test
    void isVerifiedByGoAtEverySizeAndContinuesEveryOlderOne() throws Exception {
        Tool sumdb = Tool.require("sumdb-verify");
        Path folder = temporary.resolve("ledger");
        Path key = Files.writeString(
                temporary.resolve("ledger.vkey"), signer.publicKey().text() + "\n");
        Path old = temporary.resolve("old");
        long size = 0;
        for (int next : SIZES) {
            try (Ledger ledger = Ledger.open(folder, signer, CLOCK, List.of())) {
                if (size > 0) {
                    Files.writeString(old, ledger.checkpoint());
                }
                fill(ledger, size, next);
            }
            List<String> arguments = size == 0
                    ? List.of("-key", "" + key, "" + folder.resolve("log"))
                    : List.of("-key", "" + key, "-old", "" + old, "" + folder.resolve("log"));
            Tool.Outcome outcome = sumdb.run(temporary, Map.of(), arguments.toArray(String[]::new));
            assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isZero();
            assertThat(outcome.out()).startsWith("verified " + next + " entries, ");
            if (size > 0) {
                assertThat(outcome.out()).contains("continues " + size + " entries");
            }
            size = next;
        }
        PublishedLedger published = PublishedLedger.open(folder, signer.publicKey());
        for (long index : new long[] {0, 255, 256, 65_535, 65_536, 65_999}) {
            Files.writeString(temporary.resolve("proof"), published.proof(index));
            Files.write(temporary.resolve("entry"), published.line(index));
            Tool.Outcome outcome =
                    sumdb.run(temporary, Map.of(), "-key", "" + key, "-proof", "proof", "-entry", "entry");
            assertThat(outcome.out()).isEqualTo("entry " + index + " is among 66000\n");
        }
    }

    @Test
    void isRefusedByGoWhereWeRefuseIt() throws Exception {
        Tool sumdb = Tool.require("sumdb-verify");
        Path folder = temporary.resolve("ledger");
        Path key = Files.writeString(
                temporary.resolve("ledger.vkey"), signer.publicKey().text());
        try (Ledger ledger = Ledger.open(folder, signer, CLOCK, List.of())) {
            fill(ledger, 0, 600);
        }
        for (String name : List.of("tile/entries/001", "tile/0/000", "tile/1/000.p/2", "checkpoint")) {
            Path file = folder.resolve("log").resolve(name);
            byte[] honest = Files.readAllBytes(file);
            byte[] changed = honest.clone();
            changed[changed.length / 2] ^= 1;
            Files.write(file, changed);
            Tool.Outcome outcome = sumdb.run(temporary, Map.of(), "-key", "" + key, "" + folder.resolve("log"));
            assertThat(outcome.exit()).as(name).isEqualTo(1);
            Files.write(file, honest);
        }
    }
}
