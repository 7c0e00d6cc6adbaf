package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Mode;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import javax.xml.parsers.DocumentBuilderFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Names and reasons that strangers wrote, in reports that other programs read. */
class HostileReportsTest {
    private static final Digest DIGEST = Digest.of("image".getBytes(StandardCharsets.UTF_8));
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private static Verdict verdict(List<Verdict.Item> items) throws Exception {
        return new Verdict(
                ImageReference.parse("localhost:5000/team/app:1"),
                DIGEST,
                Optional.empty(),
                "production",
                DIGEST,
                Mode.ENFORCE,
                Instant.EPOCH,
                items);
    }

    private static Verdict.Item item(String id, Status status, String reason, List<String> details) {
        return new Verdict.Item(id, status, reason, Optional.empty(), List.of(), Optional.empty(), details, List.of());
    }

    private static CheckedImage decided(Verdict verdict) {
        return new CheckedImage.Decided(
                verdict, Check.of(verdict, verdict.passed() ? Optional.empty() : Optional.of("refused")));
    }

    private static Element parsed(String xml) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        return document.getDocumentElement();
    }

    private static JsonNode sarif(CheckedImage... images) throws Exception {
        String text = VerdictSarif.of(ExitStatus.REFUSED, List.of(images));
        assertThat(text).hasSizeLessThan(MAX_BYTES);
        JsonNode log = StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), "log", MAX_BYTES);
        SarifShape.check(log);
        return log;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "]]>",
                "</failure></testcase><testcase name=\"verdict\"/><!--",
                "\"/><skipped/>",
                "<![CDATA[",
                "&lol;&#0;",
                "\u0000\u0001\u0008\u000b\u001f",
                "\ufffe\uffff",
                "\ud800 half",
                "\u202e\u2066passed",
                "a\nb\rc\u0085d\u2028e",
                "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>",
                "%n %s ${jndi:ldap://x}"
            })
    void hostileTextStaysInItsPlace(String text) throws Exception {
        Verdict refused = verdict(List.of(
                item("id " + text, Status.FAILED, "reason " + text, List.of("detail " + text)),
                item("waiver", Status.WAIVED, "reason " + text, List.of()),
                item("warning", Status.WARNED, "reason " + text, List.of("detail " + text)),
                item("other", Status.NOT_APPLICABLE, "reason " + text, List.of())));
        CheckedImage undecided = new CheckedImage.Undecided("image " + text, ExitStatus.UNDECIDED, "reason " + text);

        String xml = JUnitText.of(List.of(decided(refused), undecided));
        Element root = parsed(xml);

        assertThat(root.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
        assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(6);
        assertThat(root.getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(root.getElementsByTagName("skipped").getLength()).isEqualTo(2);
        assertThat(root.getElementsByTagName("error").getLength()).isEqualTo(1);
        assertThat(root.getElementsByTagName("*").getLength()).isEqualTo(2 + 6 + 2 + 2 + 1 + 1);
        assertThat(xml).doesNotContain("\u202e", "\u2066", "\u0000", "\u0085", "\u2028", "\ufffe");

        JsonNode log = sarif(decided(refused), undecided);
        assertThat(log.at("/runs/0/results").size()).isEqualTo(6);
        assertThat(log.at("/runs/0/results").findValuesAsText("level"))
                .containsExactly("error", "warning", "error", "error", "note", "note");
        assertThat(VerdictSarif.of(ExitStatus.REFUSED, List.of(decided(refused))))
                .doesNotContain("\u202e", "\u2066", "\u0000", "\u0085", "\u2028");
        parsed(JUnitText.failure(ExitStatus.INVALID, text));
        SarifShape.check(StrictJson.parse(
                SarifText.failure(ExitStatus.INVALID, "x" + text).toString().getBytes(StandardCharsets.UTF_8),
                "log",
                MAX_BYTES));
    }

    @Test
    void anyNumberOfFindingsLeavesTheRefusalsAndIsCounted() throws Exception {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add("CVE-2026-" + (10_000 + i) + " (HIGH) in openssl 1.0, no fix is known");
        }
        Verdict refused = verdict(List.of(
                item("vulnerabilities", Status.FAILED, "many", many),
                item("signature", Status.FAILED, "no signature", List.of())));

        JsonNode log = sarif(decided(refused), decided(refused));

        JsonNode results = log.at("/runs/0/results");
        assertThat(results).hasSize(SarifText.MAX_RESULTS);
        for (int i = 0; i < 6; i++) {
            assertThat(results.get(i).path("level").textValue()).isEqualTo("error");
        }
        assertThat(results.get(6).at("/properties/vulnerability").textValue()).isEqualTo("CVE-2026-10000");
        assertThat(results.get(6).path("level").textValue()).isEqualTo("note");
        assertThat(log.at("/runs/0/invocations/0/toolExecutionNotifications/0/message/text")
                        .textValue())
                .contains("more results are left out");

        NodeList failures = parsed(JUnitText.of(List.of(decided(refused)))).getElementsByTagName("failure");
        assertThat(failures.getLength()).isEqualTo(3);
        assertThat(failures.item(0).getTextContent()).contains("and 9800 more");
    }

    /** Nothing failed there, and nothing was shown either. */
    @Test
    void aVerdictWhoseItemsAreAllLeftOutIsReadAsAPassByNoProgram() throws Exception {
        Verdict refused = verdict(List.of(item("signature", Status.NOT_APPLICABLE, "left out", List.of())));
        assertThat(refused.passed()).isFalse();

        assertThat(parsed(JUnitText.of(List.of(decided(refused))))
                        .getElementsByTagName("failure")
                        .getLength())
                .isEqualTo(1);
        assertThat(sarif(decided(refused)).at("/runs/0/results/0/level").textValue())
                .isEqualTo("error");
    }
}
