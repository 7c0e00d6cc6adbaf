package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TrivyLogTest {
    private final List<String> said = new ArrayList<>();
    private final TrivyLog log = new TrivyLog(new Progress() {
        @Override
        public void say(String line) {
            said.add(line);
        }

        @Override
        public Task begin(String what, long totalBytes) {
            return bytes -> {};
        }
    });

    @Test
    void passesOnFixedTextsWithoutTheirValues() {
        log.accept("2026-11-02T10:00:00Z\tINFO\tDetected OS\tfamily=\"debian\" version=\"s3cr3t\"");

        assertThat(said).containsExactly("trivy: Detected OS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-02T10:00:00Z\tERROR\t[dockerfile scanner] Failed\terr=\"unknown instruction: s3cr3t\"",
                "2026-11-02T10:00:00Z\tWARN\ts3cr3t",
                "2026-11-02T10:00:00Z\tDEBUG\ts3cr3t",
                "s3cr3t",
                "",
                "\t\t\t",
                "INFO\ts3cr3t"
            })
    void passesOnNothingElse(String line) {
        log.accept(line);

        assertThat(said).isEmpty();
        assertThat(log.failure()).doesNotContain("s3cr3t");
    }

    @Test
    void noLineCanForgeAnother() {
        log.accept("2026-11-02T10:00:00Z\tINFO\tgood\rPASSED\u001b[2K\u202e");

        assertThat(said).hasSize(1);
        assertThat(said.get(0)).doesNotContain("\r").doesNotContain("\u001b").doesNotContain("\u202e");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The first run cannot skip downloading DB | no vulnerability database",
                "twirp error unauthenticated: invalid token | refused the token",
                "dial tcp 127.0.0.1:1: connect: connection refused | no connection could be made",
                "lookup db.example.com: no such host | a host's name is not known",
                "tls: failed to verify certificate: x509: unknown authority | certificate is not trusted"
            })
    void tellsKnownCausesInOurWords(String cause, String words) {
        log.accept("2026-11-02T10:00:00Z\tERROR\t" + cause);
        log.accept("2026-11-02T10:00:00Z\tFATAL\tFatal error\trun error: init error");

        assertThat(log.failure()).contains(words);
    }

    @Test
    void theLastLineCountsMoreThanTroubleOnTheWay() {
        log.accept("2026-11-02T10:00:00Z\tERROR\tFalling back to embedded checks\terr=\"connection refused\"");
        log.accept("2026-11-02T10:00:00Z\tFATAL\tFatal error\trun error: failed to download Java DB: OCI error:");
        log.accept("\t* Get \"https://db.example.com/\": dial tcp: lookup db.example.com: no such host");

        assertThat(log.failure()).contains("index of Java archives could not be downloaded");
    }

    @Test
    void ofAnUnknownCauseOnlyPlainWordsAreTold() {
        log.accept("2026-11-02T10:00:00Z\tFATAL\tFatal error\trun error: image scan error: secrets config decode error:"
                + " unknown instruction \"Hunter2\": AKIAIOSFODNN7ABCDEFG: /home/alice/key: EOF");

        assertThat(log.failure()).isEqualTo("it says: run error: image scan error: secrets config decode error");
    }
}
