package io.jenkins.plugins.airworthy.testing;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.TestResult.Configuration;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestReportJsonTest {
    private static final String SHA256 = "0".repeat(64);

    @Test
    void arrivesAsItWasSent() throws Exception {
        TestReport report = new TestReport(
                "junit",
                List.of(new Configuration("TEST-a.xml", Optional.of(SHA256))),
                List.of(
                        new TestCase("a", Status.PASSED, List.of()),
                        new TestCase("b", Status.FAILED, List.of("expected 1", "but was 2"))));

        assertThat(read(new String(StrictJson.write(TestReportJson.write(report)), StandardCharsets.UTF_8)))
                .isEqualTo(report);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"suite\":\"\",\"files\":[],\"tests\":[]}",
                "{\"suite\":\"s\",\"files\":[],\"tests\":[],\"passed\":true}",
                "{\"suite\":\"s\",\"files\":[{\"name\":\"f\",\"sha256\":\"\"}],\"tests\":[]}",
                "{\"suite\":\"s\",\"files\":[{\"name\":\"f\",\"sha256\":\"ABC\"}],\"tests\":[]}",
                "{\"suite\":\"s\",\"files\":[],\"tests\":[{\"name\":\"a\",\"status\":\"passed\",\"reasons\":[]}]}",
                "{\"suite\":\"s\",\"files\":[],\"tests\":[{\"name\":\"a\",\"status\":\"PASSED\",\"reasons\":[1]}]}",
                "{\"suite\":\"s\",\"files\":[],\"tests\":[null]}"
            })
    void aReportHalfUnderstoodIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void reasonsCannotForgeALineOfALog() throws Exception {
        TestReport report = read("{\"suite\":\"s\",\"files\":[],\"tests\":[{\"name\":\"a\",\"status\":\"FAILED\","
                + "\"reasons\":[\"x\\n[airworthy] passed\"]}]}");

        assertThat(report.cases().get(0).reasons().get(0)).doesNotContain("\n");
    }

    private static TestReport read(String text) throws InvalidInputException {
        return TestReportJson.read(StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8), "answer", 1_000_000));
    }
}
