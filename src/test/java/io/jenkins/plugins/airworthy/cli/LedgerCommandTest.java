package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.Ledger;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands about a ledger, as an auditor calls them. */
class LedgerCommandTest {
    private static final String ORIGIN = "ci.example.com/ledger";
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Digest IMAGE = Digest.of("image".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private final Session session = new Session();
    private NoteSigner signer;
    private String ledger;
    private String key;

    @BeforeEach
    void write() throws Exception {
        signer = NoteSigner.generate(ORIGIN);
        ledger = folder.resolve("ledger").toString();
        key = Files.writeString(
                        folder.resolve("ledger.vkey"), signer.publicKey().text() + "\n")
                .toString();
        append(Entry.of("signature", NOON).about(IMAGE).by("team/shop #7").with("fingerprint", "ab"));
        append(Entry.of("promoted", NOON.plusSeconds(1)).about(IMAGE).at("registry.example.com/prod/shop:1"));
        append(Entry.of("verdict", NOON.plusSeconds(2)).by("=1+\"1\""));
    }

    private String append(Entry entry) throws Exception {
        try (Ledger open = Ledger.open(Path.of(ledger), signer, Clock.systemUTC(), List.of())) {
            open.append(entry);
            return open.checkpoint();
        }
    }

    @Test
    void verifiesAndComparesWithWhatWasSeen() throws Exception {
        Session.Ended ended = session.run("ledger", "verify", ledger, "--key", key);
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("verified " + ORIGIN + ": 3 entries", "compare with --since");
        Path seen = Files.writeString(folder.resolve("seen"), append(Entry.of("verdict", NOON)));
        assertThat(session.run("ledger", "verify", ledger, "--key", key, "--since", "" + seen)
                        .status())
                .isZero();

        Path backup = folder.resolve("backup");
        try (Ledger other = Ledger.open(backup, signer, Clock.systemUTC(), List.of())) {
            other.append(Entry.of("verdict", NOON));
        }
        Session.Ended cut =
                session.run("ledger", "verify", "" + backup, "--key", key, "--since", "" + seen, "--format", "json");
        assertThat(cut.status()).isEqualTo(1);
        assertThat(cut.json().path("verified").asBoolean()).isFalse();
        assertThat(cut.json().path("problems").get(0).asText()).contains("but this ledger has 1: it was cut");
    }

    @Test
    void namesWhatIsDamaged() throws Exception {
        Path bundle = Path.of(ledger).resolve("log/tile/entries/000.p/3");
        Files.write(
                bundle,
                new String(Files.readAllBytes(bundle), StandardCharsets.ISO_8859_1)
                        .replace("promoted", "refused!")
                        .getBytes(StandardCharsets.ISO_8859_1));
        Session.Ended ended = session.run("ledger", "verify", ledger, "--key", key);
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).contains("NOT VERIFIED " + ORIGIN, "entry 1 is not the one that was recorded");
    }

    @Test
    void showsTheNewestFirstAndFilters() throws Exception {
        Session.Ended all = session.run("ledger", "show", ledger, "--key", key);
        assertThat(all.status()).as(all.err()).isZero();
        assertThat(all.out())
                .containsSubsequence(
                        "2 verdict",
                        "1 promoted",
                        "  target  registry.example.com/prod/shop:1",
                        "0 signature",
                        "{\"fingerprint\":\"ab\"}");
        assertThat(shown("--digest", IMAGE.toString())).isEqualTo("1 0 ");
        assertThat(shown("--digest", IMAGE.toString(), "--kind", "signature")).isEqualTo("0 ");
        assertThat(shown("--target", "registry.example.com/prod/shop:1")).isEqualTo("1 ");
        assertThat(shown("--run", "team/shop #7")).isEqualTo("0 ");
        assertThat(shown("--since", "2026-05-01T12:00:01Z")).isEqualTo("2 1 ");
        assertThat(shown("--limit", "1")).isEqualTo("2 ");
        assertThat(shown("--run", "team/shop #8")).isEmpty();
        for (String[] wrong : new String[][] {{"--limit", "0"}, {"--since", "today"}, {"--digest", "abc"}}) {
            assertThat(session.run("ledger", "show", ledger, "--key", key, wrong[0], wrong[1])
                            .status())
                    .isEqualTo(2);
        }
    }

    private String shown(String... filter) throws Exception {
        List<String> call =
                new java.util.ArrayList<>(List.of("ledger", "show", ledger, "--key", key, "--format", "json"));
        call.addAll(List.of(filter));
        StringBuilder indexes = new StringBuilder();
        session.run(call.toArray(String[]::new)).json().path("entries").forEach(entry -> indexes.append(
                        entry.path("index").asText())
                .append(' '));
        return indexes.toString();
    }

    @Test
    void provesAnEntry() throws Exception {
        Path proof = folder.resolve("a.tlog-proof");
        Path entry = folder.resolve("a.json");
        Session.Ended ended = session.run(
                "ledger", "prove", ledger, "1", "--key", key, "--output", "" + proof, "--entry", "" + entry);
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(proof)
                .content()
                .startsWith("c2sp.org/tlog-proof@v1\nindex 1\n")
                .contains("\n\n" + ORIGIN + "\n3\n");
        assertThat(entry).content().contains("\"kind\":\"promoted\"");
        assertThat(session.run("ledger", "prove", ledger, "3", "--key", key, "-o", "x")
                        .err())
                .contains("has 3 entries, and no entry 3");
    }

    @Test
    void exportsWhatIsHashedAndATableThatASpreadsheetDoesNotCompute() throws Exception {
        Path lines = folder.resolve("ledger.jsonl");
        Path table = folder.resolve("ledger.csv");
        assertThat(session.run("ledger", "export", ledger, "--key", key, "--output", "" + lines)
                        .status())
                .isZero();
        assertThat(Files.readAllLines(lines)).hasSize(3).element(1).asString().startsWith("{\"schemaVersion\":1,");
        assertThat(session.run("ledger", "export", ledger, "--key", key, "--as", "csv", "-o", "" + table)
                        .status())
                .isZero();
        assertThat(Files.readString(table).split("\r\n"))
                .hasSize(4)
                .contains("\"2\",\"2026-05-01T12:00:02Z\",\"verdict\",\"\",\"\",\"'=1+\"\"1\"\"\",\"\",\"{}\"");
        assertThat(session.run("ledger", "export", ledger, "--key", key, "-o", "" + table)
                        .err())
                .contains("exists already and is not overwritten");
    }

    @Test
    void makesAKeyThatIsReadAgain() throws Exception {
        session.environment.put("AIRWORTHY_KEY_PASSWORD", "a password");
        Session.Ended ended = session.run("ledger", "key", ORIGIN, "--output", "" + folder.resolve("made"));
        assertThat(ended.status()).as(ended.err()).isZero();
        byte[] read = KeyFiles.readSealed(folder.resolve("made.key"), what -> "a password".toCharArray());
        assertThat(folder.resolve("made.vkey"))
                .hasContent(NoteSigner.of(ORIGIN, read, "key").publicKey().text());
        assertThat(session.run("ledger", "key", "a b", "--output", "x").status())
                .isEqualTo(2);
    }

    /** What was continued verifies, and says so; what it lost is not contained. */
    @Test
    void tellsWhereALedgerWasContinued() throws Exception {
        Path seen = Files.writeString(folder.resolve("seen"), append(Entry.of("verdict", NOON)));
        Path restored = folder.resolve("restored");
        try (Ledger cut = Ledger.open(restored, signer, Clock.systemUTC(), List.of(Files.readString(seen)))) {
            cut.continueAfter("restored");
        }
        Session.Ended whole = session.run("ledger", "verify", "" + restored, "--key", key);
        assertThat(whole.status()).as(whole.err()).isZero();
        assertThat(whole.out())
                .contains("continued at entry 0: entries of the earlier ledger after 0 are lost, up to 4");
        Session.Ended compared = session.run("ledger", "verify", "" + restored, "--key", key, "--since", "" + seen);
        assertThat(compared.status()).isEqualTo(1);
        assertThat(compared.out()).contains("the checkpoint of 4 entries of " + ORIGIN + " is not contained");
    }

    @Test
    void saysWhichKeyToGive() throws Exception {
        session.environment.put("AIRWORTHY_KEY_PASSWORD", "a password");
        session.run("ledger", "key", ORIGIN, "--output", "" + folder.resolve("made"));
        assertThat(session.run("ledger", "verify", ledger, "--key", "" + folder.resolve("made.key"))
                        .err())
                .contains("this is the private half: give", "made.vkey");
        assertThat(session.run("ledger", "verify", ledger, "--key", "" + folder.resolve("made.vkey"))
                        .err())
                .contains("this is another key of that name");
        assertThat(session.run("ledger", "verify", key, "--key", key).err()).contains("is a file, expected a folder");
    }

    @Test
    void refusesAKeyFileOfAnotherKind() throws Exception {
        Files.writeString(Path.of(key), "-----BEGIN PUBLIC KEY-----");
        Session.Ended ended = session.run("ledger", "show", ledger, "--key", key);
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("is not a verifier key: expected NAME+HASH+KEY");
    }
}
