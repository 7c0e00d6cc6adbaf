package io.jenkins.plugins.airworthy.jenkins.ui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;

import static org.assertj.core.api.Assertions.assertThat;

/** Verdicts with hostile texts, which try to be markup or script. */
public final class HostileText {
    public static final String SCRIPT =
            "<script>alert(1)</script>\"' onfocus=alert(3) autofocus '\"><img src=x onerror=alert(2)>&amp;${it.class}";
    public static final String DIGEST = "sha256:" + "a".repeat(64);

    private HostileText() {}

    public static ObjectNode verdict() {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 1);
        json.put("image", "reg.example.com/app:" + SCRIPT);
        json.put("digest", DIGEST);
        json.put("target", SCRIPT);
        json.putObject("policy").put("name", SCRIPT).put("digest", DIGEST);
        json.put("mode", "enforce");
        json.put("enforced", true);
        json.put("decision", "FAILED");
        json.put("evaluatedAt", "2026-11-23T15:31:43Z");
        item(json, "signature", "PASSED", "ok");
        ObjectNode failed = item(json, SCRIPT, "FAILED", SCRIPT);
        failed.put("platform", "linux/amd64");
        failed.put("signer", SCRIPT);
        failed.put("observed", SCRIPT);
        for (int i = 0; i < 60; i++) {
            failed.withArray("details").add(i + SCRIPT);
        }
        failed.withArray("evidence").add(DIGEST);
        item(json, "vulnerabilities", "WAIVED", SCRIPT);
        item(json, "sbom", "NOT_APPLICABLE", SCRIPT);
        return json;
    }

    /** Fails when any of it became more than text in a page. */
    static void assertHarmless(String page, String what) {
        assertThat(page)
                .as(what)
                .doesNotContain("<script>alert")
                .doesNotContain("<img src=x")
                .doesNotContain("class io.jenkins")
                .containsPattern("&lt;script(?:&gt;|>)alert\\(1\\)");
    }

    private static ObjectNode item(ObjectNode json, String id, String status, String reason) {
        ObjectNode item = json.withArray("items").addObject();
        item.put("id", id).put("status", status).put("reason", reason);
        item.putArray("evidence");
        item.putArray("details");
        return item;
    }
}
