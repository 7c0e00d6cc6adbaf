package io.jenkins.plugins.airworthy.jenkins.run.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.policy.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A run may ask for two hundred verdicts, each with a large document; lists of them read none of these. */
class VerdictsOfARunTest {
    @TempDir
    private Path folder;

    @Test
    void twoHundredVerdictsAreListedWithoutTheirDocuments() throws Exception {
        ImageRecord record = ARun.record(folder);
        for (int i = 0; i < RunContents.MAX_VERDICTS; i++) {
            record.judged(verdict("policy " + i));
        }
        for (int i = 1; i <= RunContents.MAX_VERDICTS; i++) {
            Files.delete(folder.resolve("verdicts/" + i + ".json"));
        }

        ImageRecord again = ARun.record(folder);

        assertThat(again.verdicts()).hasSize(RunContents.MAX_VERDICTS);
        assertThat(again.verdicts().get(7).policy()).isEqualTo("policy 7");
        assertThat(again.verdicts().get(7).decision()).isEqualTo(Decision.PASSED);
    }

    /** As an administrator's {@code -Xmx} would find it: the lists of all are smaller than one document. */
    @Test
    void twoHundredVerdictsTakeLessMemoryThanOneDocument() throws Exception {
        ImageRecord record = ARun.record(folder);
        for (int i = 0; i < RunContents.MAX_VERDICTS; i++) {
            record.judged(verdict("production"));
        }
        long document = Files.size(folder.resolve("verdicts/1.json"));
        assertThat(document).isGreaterThan(500_000);
        assertThat(Files.size(folder.resolve("record.json"))).isLessThan(document);
    }

    private static RecordedVerdict verdict(String policy) {
        ObjectNode document = StrictJson.object();
        document.putObject("policy").put("name", policy);
        ArrayNode details = document.putArray("details");
        for (int i = 0; i < 300; i++) {
            details.add("x".repeat(1_900));
        }
        return new RecordedVerdict(
                ARun.SHOP,
                ARun.DIGEST,
                Optional.empty(),
                Decision.PASSED,
                document,
                Instant.parse("2026-05-01T12:00:00Z"),
                Optional.empty());
    }
}
