package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.tools.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reports of real Trivy runs over public images. */
class RealTrivyReportsTest {
    @ParameterizedTest
    @CsvSource({
        "alpine-310.json,                   alpine, 3.10.2, true,  4",
        "alpine-39-high-critical.json,      alpine, 3.9.4, true,  2",
        "alpine-distroless.json,            alpine, 3.16,  false, 1",
        "busybox-with-lockfile.json,        '',     '',    false, 2",
        "debian-buster-ignore-unfixed.json, debian, 10.1,  false, 1",
        "debian-buster.json,                debian, 10.1,  false, 2",
        "distroless-base.json,              debian, 9.9,   false, 4",
        "distroless-python27.json,          debian, 9.9,   false, 4",
        "spring4shell-jre11.json,           debian, 11.3,  false, 1",
        "ubi-7-comprehensive.json,          redhat, 7.7,   false, 2",
        "ubuntu-1804-ignore-unfixed.json,   ubuntu, 18.04, false, 4",
        "ubuntu-1804.json,                  ubuntu, 18.04, false, 5"
    })
    void readsRealReports(String file, String family, String version, boolean endOfLife, int vulnerabilities)
            throws Exception {
        TrivyReport report = TrivyReport.parse(Files.readAllBytes(TestData.require("trivy-reports/" + file)));
        TrivyFindings findings = new TrivyFindings(report.view());

        assertThat(findings.os().map(ScanResult.OperatingSystem::family).orElse(""))
                .isEqualTo(family);
        assertThat(findings.os().map(ScanResult.OperatingSystem::version).orElse(""))
                .isEqualTo(version);
        assertThat(findings.os().map(ScanResult.OperatingSystem::endOfLife).orElse(false))
                .isEqualTo(endOfLife);
        assertThat(findings.vulnerabilities()).hasSize(vulnerabilities).allSatisfy(found -> {
            assertThat(found.severity()).isNotEqualTo(Severity.UNKNOWN);
            assertThat(found.packageUrl()).isPresent();
        });
        assertThat(report.image().id()).isPresent();
        assertThat(TrivyReport.parse(report.toBytes()).toBytes()).isEqualTo(report.toBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dockerfile.json",
                "npm.json",
                "pom.json",
                "secrets.json",
                "test-repo.json",
                "alpine-310.sarif",
                "fluentd-multiple-lockfiles.cdx.json"
            })
    void refusesReportsAboutAnythingButAnImage(String file) throws Exception {
        byte[] bytes = Files.readAllBytes(TestData.require("trivy-reports/" + file));

        assertThatThrownBy(() -> TrivyReport.parse(bytes)).hasMessageContaining("Trivy report");
    }

    @Test
    void customResourcesAreNotKept() throws Exception {
        byte[] bytes = Files.readAllBytes(TestData.require("trivy-reports/spring4shell-jre11.json"));
        assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8)).contains("CustomResources");

        assertThat(new String(TrivyReport.parse(bytes).toBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("CustomResources")
                .doesNotContain("ImageConfig");
    }
}
