package io.jenkins.plugins.airworthy.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** An image of two hundred platforms with as many findings as there can be: the document of the verdict stays small. */
class VerdictSumTest {
    private static final int PLATFORMS = 200;

    @Test
    void boundsTheDocumentHoweverManyFindingsAndStatementsThereAre() throws Exception {
        JsonNode document = verdict(Collections.nCopies(200, "x".repeat(2_000)), "y".repeat(2_000), 300)
                .toJson();

        assertThat(StrictJson.write(document).length).isLessThan(1_500_000);
        JsonNode last = document.get("items").get(PLATFORMS - 1);
        assertThat(last.get("details")).hasSize(1);
        assertThat(last.get("details").get(0).textValue()).isEqualTo("and 200 more");
        assertThat(last.get("reason").textValue()).hasSize(201).endsWith("…");
        assertThat(last.get("moreEvidence").intValue()).isEqualTo(300);
        assertThat(last.get("status").textValue()).isEqualTo("FAILED");
    }

    @Test
    void keepsWhatFitsWhole() throws Exception {
        JsonNode document = verdict(List.of("one", "two"), "two findings", 3).toJson();
        JsonNode last = document.get("items").get(PLATFORMS - 1);
        assertThat(last.get("details")).hasSize(2);
        assertThat(last.get("reason").textValue()).isEqualTo("two findings");
        assertThat(last.get("evidence")).hasSize(3);
        assertThat(last.has("moreEvidence")).isFalse();
    }

    private static Verdict verdict(List<String> details, String reason, int statements) throws Exception {
        List<Digest> evidence = new ArrayList<>();
        for (int i = 0; i < statements; i++) {
            evidence.add(Given.digest("statement " + i));
        }
        List<Verdict.Item> items = new ArrayList<>();
        for (int i = 0; i < PLATFORMS; i++) {
            items.add(new Verdict.Item(
                    "vulnerabilities",
                    Status.FAILED,
                    reason,
                    Optional.of(Platform.of("linux", "amd64", Optional.of("v" + i))),
                    List.of(),
                    Optional.empty(),
                    details,
                    evidence));
        }
        return new Verdict(
                ImageReference.parse("registry.example.com/app:1"),
                Given.digest("an image"),
                Optional.empty(),
                "production",
                Given.digest("a policy"),
                Mode.ENFORCE,
                Given.NOW,
                items);
    }
}
