package io.jenkins.plugins.airworthy.jenkins.ui;

import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.jenkins.ui.key.KeyEdit;
import io.jenkins.plugins.airworthy.jenkins.ui.key.Revocation;
import io.jenkins.plugins.airworthy.jenkins.ui.run.ShownItem;
import io.jenkins.plugins.airworthy.jenkins.ui.run.ShownVerdict;
import io.jenkins.plugins.airworthy.policy.Given;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Stored verdicts that pages show, and what their forms ask for. */
public final class PageFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TestFactory
    Stream<DynamicTest> everyFormIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("stored-verdict", Form.JSON, input -> {
                            ShownVerdict read = ShownVerdict.of(StrictJson.parseObject(input, Target.SOURCE, 1 << 22)
                                    .node());
                            read.summary();
                            hold(
                                    read.items().stream()
                                            .allMatch(item -> item.details().size() <= ShownItem.MAX_DETAILS),
                                    "more than is shown");
                        })
                        .names("the stored verdict|" + Target.SOURCE)
                        .seeds(List.of(verdict()))
                        .words(
                                "items",
                                "status",
                                "PASSED",
                                "FAILED",
                                "WAIVED",
                                "decision",
                                "digest",
                                "evidence",
                                "details",
                                "schemaVersion"),
                Target.ofText("key-name", text -> {
                            String name = KeyEdit.requireName(text);
                            hold(
                                    name.matches("[A-Za-z0-9._-]{1,64}") && !name.startsWith("."),
                                    "a name that is none: " + name);
                        })
                        .names("not a valid name for a key")
                        .seeds("release", "a.b-c_1")
                        .words("/", "..", ".", "all", "new", "generate", "%2f"),
                Target.ofText(
                                "revoked-since",
                                text -> hold(!Revocation.since(text, NOW).isAfter(NOW), "revoked in the future"))
                        .names("revoked|since when")
                        .seeds("2026-01-31T12:00", "2026-11-20T12:00:00")
                        .words("T", "-", ":", "+", "Z", "-999999999", "+999999999", "24:00"));
    }

    private static byte[] verdict() {
        try {
            String policy = Given.document("- user: {nonRoot: true}", "- tests: {minimum: 1}");
            return StrictJson.write(io.jenkins.plugins.airworthy.policy.Policy.parse(policy.getBytes(UTF_8), "p")
                    .judge(Given.candidate(Given.image()), Given.NOW)
                    .toJson());
        } catch (io.jenkins.plugins.airworthy.InvalidInputException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
