package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Entry;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** Lines in which earlier versions kept signatures and verdicts. */
public final class OldRecordsFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Digest DIGEST = Digest.of(new byte[] {1});
    private static final String SIGNED =
            "{\"schemaVersion\":1,\"time\":\"2026-11-20T12:00:00Z\",\"run\":\"team/shop #7\",\"digest\":\""
                    + DIGEST + "\",\"payload\":\"" + DIGEST
                    + "\",\"predicateType\":\"https://in-toto.io/attestation/test-result/v0.1\",\"key\":\"release\",\"fingerprint\":\""
                    + "ab".repeat(32)
                    + "\",\"keyless\":true,\"repository\":\"registry.example.com/staging/shop\",\"tests\":{\"suite\":\"junit\",\"result\":\"FAILED\",\"failed\":3}}";
    private static final String PRUNED =
            "{\"schemaVersion\":1,\"time\":\"2026-11-20T12:00:00Z\",\"pruned\":true,\"digest\":\"" + DIGEST
                    + "\",\"payload\":\"" + DIGEST + "\",\"by\":\"alice\",\"reason\":\"older than a year\"}";
    private static final String JUDGED =
            "{\"schemaVersion\":1,\"at\":\"2026-11-20T12:00:00Z\",\"job\":\"team/shop\",\"number\":7,\"index\":0,"
                    + "\"image\":\"registry.example.com/a:1\",\"target\":\"\",\"policy\":\"production\",\"passed\":true,\"promoted\":false}";

    @TestFactory
    Stream<DynamicTest> everyLineBecomesAnEntryOrNone() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("signature-line", Form.JSON, line -> read(OldRecords.SIGNATURES, line))
                        .names("")
                        .seeds(SIGNED, PRUNED)
                        .words(
                                "schemaVersion",
                                "time",
                                "run",
                                "payload",
                                "pruned",
                                "seen",
                                "+999999999-12-31T23:59:59Z"),
                Target.of("verdict-line", Form.JSON, line -> read(OldRecords.VERDICTS, line))
                        .names("")
                        .seeds(JUDGED)
                        .words("at", "job", "number", "passed", "9223372036854775807"));
    }

    private static void read(String file, byte[] line) throws Exception {
        Optional<Entry> entry = OldRecords.parse(file, line, new Ids(), NOW);
        if (entry.isPresent()) {
            hold(entry.get().time().equals(NOW), "an entry of another time");
            String text = entry.get().json().toString();
            hold(!text.contains("\"alice\""), "a name in an entry");
            hold(text.getBytes(StandardCharsets.UTF_8).length <= Entry.MAX_BYTES, "an entry that is too large");
        }
    }

    private static final class Ids implements OldRecords.Naming {
        @Override
        public String idOfRun(String run) {
            return "00#1";
        }

        @Override
        public String idOfKey(String name) {
            return "00";
        }

        @Override
        public Digest keep(String by, String reason) {
            return DIGEST;
        }
    }
}
