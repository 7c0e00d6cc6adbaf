package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.CLOCK;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A writer that is killed with kill -9, or whose disk is full, keeps what it acknowledged and nothing by halves.
 * {@code -Dairworthy.ledger.kills=N} kills it N times.
 */
class KilledLedgerTest {
    private static final int KILLS = Integer.getInteger("airworthy.ledger.kills", 6);
    private static final int LONGEST_MILLIS = 700;
    private static final int PAUSE_MILLIS = 20;
    private static final int TRIES = 1_500;

    @TempDir
    Path temporary;

    private final NoteSigner signer = LedgerFolder.signer();

    @Test
    void keepsEveryAcknowledgedEntryThroughKillsAtAnyMoment() throws Exception {
        Path folder = temporary.resolve("ledger");
        Random random = new Random(KILLS);
        long acknowledged = -1;
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = LedgerChild.start("", folder, signer, said());
            String first = await("opened ").get(0);
            assertThat(Long.parseLong(first.substring("opened ".length()))).isGreaterThan(acknowledged);
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            child.destroyForcibly().waitFor();
            acknowledged = Math.max(acknowledged, acknowledged());
        }
        assertThat(acknowledged).isPositive();
        assertWhole(folder, acknowledged);
    }

    @Test
    void acknowledgesNothingOnAFullDiskAndGoesOnWhenThereIsRoom() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit of util-linux is needed");
        Path folder = temporary.resolve("ledger");
        Process child = LedgerChild.start("ulimit -S -f 60; ", folder, signer, said());
        try {
            await("the entry could not be recorded, so what it tells must not happen");
            long before = acknowledged();
            assertThat(before).isPositive();
            assertThat(new ProcessBuilder("prlimit", "--pid", "" + child.pid(), "--fsize=unlimited")
                            .start()
                            .waitFor())
                    .isZero();
            for (int tries = 0; tries < TRIES && acknowledged() == before; tries++) {
                Thread.sleep(PAUSE_MILLIS);
            }
            assertThat(acknowledged()).isGreaterThan(before);
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertWhole(folder, acknowledged());
    }

    private Path said() {
        return temporary.resolve("said");
    }

    /** The lines with this text, once there is one. */
    private List<String> await(String text) throws Exception {
        for (int tries = 0; tries < TRIES; tries++) {
            List<String> found =
                    lines().stream().filter(line -> line.contains(text)).toList();
            if (!found.isEmpty()) {
                return found;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new AssertionError("the writer did not say '" + text + "' but " + lines());
    }

    /** What was said whole. */
    private List<String> lines() throws Exception {
        String text = Files.exists(said()) ? Files.readString(said()) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private long acknowledged() throws Exception {
        return lines().stream()
                .filter(line -> line.startsWith("acknowledged "))
                .mapToLong(line -> Long.parseLong(line.substring("acknowledged ".length())))
                .max()
                .orElse(-1);
    }

    private void assertWhole(Path folder, long acknowledged) throws Exception {
        try (Ledger ledger = Ledger.open(folder, signer, CLOCK, List.of())) {
            assertThat(ledger.size()).isGreaterThan(acknowledged);
            for (long index = 0; index < ledger.size(); index++) {
                assertThat(ledger.entry(index)).isEqualTo(entry(index));
            }
        }
        assertThat(PublishedLedger.open(folder, signer.publicKey()).verify().problems())
                .isEmpty();
    }
}
