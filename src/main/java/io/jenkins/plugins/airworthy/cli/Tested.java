package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.PlatformImage;
import io.jenkins.plugins.airworthy.test.TestCase;
import io.jenkins.plugins.airworthy.test.TestReport;

import java.util.Locale;

/** What one suite said of one platform's image. */
record Tested(PlatformImage platform, TestReport report) {

    ObjectNode toJson() {
        ObjectNode json = StrictJson.object();
        json.put("suite", report.suite());
        json.put("platform", platform.platform().toString());
        json.put("digest", platform.digest().toString());
        json.put("passed", report.passed());
        ArrayNode cases = json.putArray("tests");
        for (TestCase test : report.cases()) {
            ObjectNode entry = cases.addObject()
                    .put("name", test.name())
                    .put("status", test.status().name());
            test.reasons().forEach(entry.putArray("reasons")::add);
        }
        return json;
    }

    void writeTo(Page page) {
        StringBuilder counts = new StringBuilder();
        for (TestCase.Status status : TestCase.Status.values()) {
            if (report.count(status) > 0) {
                counts.append(counts.isEmpty() ? "" : ", ")
                        .append(report.count(status))
                        .append(' ')
                        .append(status.name().toLowerCase(Locale.ROOT));
            }
        }
        page.line(
                report.passed() ? Ink.GOOD : Ink.BAD,
                report.passed() ? "  passed " : "  FAILED ",
                report.suite() + " on " + platform.platform() + ": " + counts);
        for (TestCase test : report.cases()) {
            if (test.status() == TestCase.Status.FAILED) {
                page.line(Ink.BAD, "    failed ", test.name());
                test.reasons().forEach(reason -> page.line("           " + reason));
            }
        }
    }
}
