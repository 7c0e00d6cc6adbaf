package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The rule about settings in the image that a scan finds. */
class MisconfigurationsTest {
    private static final PlatformImage IMAGE = Given.image();
    private static final String RULE = "- misconfigurations: {deny: [CRITICAL, HIGH], except: [DS-0026]}";

    @ParameterizedTest
    @CsvSource({
        "DS-0002, HIGH, FAIL, FAILED",
        "DS-0002, CRITICAL, FAIL, FAILED",
        "DS-0002, strange, FAIL, FAILED",
        "DS-0002, HIGH, EXCEPTION, FAILED",
        "DS-0002, MEDIUM, FAIL, PASSED",
        "DS-0002, HIGH, PASS, PASSED",
        "DS-0026, HIGH, FAIL, PASSED",
        "ds-0026, HIGH, FAIL, FAILED"
    })
    void judgesBySeverityAndName(String id, String severity, String status, Status expected) throws Exception {
        Verdict.Item item = judge(scan().misconfiguration(id, severity, status));
        assertThat(item.status()).as(item.reason()).isEqualTo(expected);
    }

    @Test
    void namesWhatWasFound() throws Exception {
        assertThat(judge(scan().misconfiguration("DS-0002", "HIGH", "FAIL").misconfiguration("DS-0026", "HIGH", "FAIL"))
                        .reason())
                .isEqualTo("1 misconfiguration is denied: DS-0002 (HIGH) in Java: t;"
                        + " 1 excepted by the policy: DS-0026 (HIGH) in Java: t");
        assertThat(judge(scan()).reason()).isEqualTo("none denied among 0 misconfigurations");
    }

    @Test
    void refusesScanThatDidNotLook() throws Exception {
        assertThat(judge(Scan.of(IMAGE)).reason()).isEqualTo("the scan did not look for misconfigurations");
        assertThat(judge(Scan.of(IMAGE).parameter("scanners", null)).reason())
                .contains("does not say that it looked for misconfigurations");
        assertThat(judge(scan().parameter("severities", "UNKNOWN,CRITICAL")).reason())
                .isEqualTo("the scan did not ask for the severities [UNKNOWN, HIGH, CRITICAL]");
        assertThat(judge(scan().parameter("severities", "HIGH,CRITICAL")).status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void refusesListThatLeavesOutAWorseSeverity() {
        assertThatThrownBy(() -> Given.policy("- misconfigurations: {deny: [HIGH]}"))
                .hasMessageContaining("denies a severity but not CRITICAL");
    }

    private static Scan scan() {
        return Scan.of(IMAGE).parameter("scanners", "vuln,secret,misconfig,license");
    }

    private static Verdict.Item judge(Scan scan) throws Exception {
        Verdict verdict = Given.policy(RULE).judge(Given.candidate(IMAGE, scan.evidence()), Given.NOW);
        return Given.item(verdict, "misconfigurations");
    }
}
