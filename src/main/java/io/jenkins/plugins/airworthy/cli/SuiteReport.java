package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestReport;

/** The result of one suite for one platform's image. */
record SuiteReport(PlatformImage platform, TestReport report) {

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

    void writeTo(TextReport page) {
        page.line(
                report.passed() ? TextStyle.GOOD : TextStyle.BAD,
                report.passed() ? "  passed " : "  FAILED ",
                report.suite() + " on " + platform.platform() + ": " + report.counts());
        for (TestCase test : report.cases()) {
            if (test.status() == TestCase.Status.FAILED) {
                page.line(TextStyle.BAD, "    failed ", test.name());
                test.reasons().forEach(reason -> page.line("           " + reason));
            }
        }
    }
}
