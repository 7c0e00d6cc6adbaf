package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TrivyLogTest {
    private final List<String> said = new ArrayList<>();
    private final TrivyLog log = new TrivyLog(
            new Progress() {
                @Override
                public void say(String line) {
                    said.add(line);
                }

                @Override
                public Task begin(String what, long totalBytes) {
                    return bytes -> {};
                }
            },
            Path.of("/var/cache/trivy"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INFO  | [vulndb] Downloading vulnerability DB...                    | downloads its vulnerability database.",
                "INFO  | [javadb] Downloading Java DB...                             | downloads its index of Java archives.",
                "INFO  | [misconfig] Downloading the checks bundle...                | downloads its checks",
                "ERROR | [misconfig] Falling back to embedded checks                 | uses those that it brings along.",
                "ERROR | [dockerfile scanner] Failed to parse file                   | checked nothing there.",
                "WARN  | Unsupported os                                              | knows no vulnerabilities",
                "WARN  | This OS version is no longer supported by the distribution  | is no longer supported"
            })
    void reportsEachLimitationOnceAndInASentence(String level, String message, String told) {
        log.accept("2026-11-02T10:00:00Z\t" + level + "\t" + message + "\tfamily=\"debian\" version=\"s3cr3t\"");
        log.accept("2026-11-02T10:00:01Z\t" + level + "\t" + message + "\tfamily=\"debian\" version=\"s3cr3t\"");

        assertThat(said).singleElement().asString().contains(told).endsWith(".").doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-02T10:00:00Z\tERROR\t[dockerfile scanner] Failed\terr=\"unknown instruction: s3cr3t\"",
                "2026-11-02T10:00:00Z\tWARN\ts3cr3t",
                "2026-11-02T10:00:00Z\tINFO\tDetected OS\tfamily=\"s3cr3t\"",
                "2026-11-02T10:00:00Z\tINFO\tLoaded\tfile_path=\"s3cr3t\"",
                "2026-11-02T10:00:00Z\tINFO\t\"--format cyclonedx\" disables security scanning. Specify \"--scanners vuln\"",
                "2026-11-02T10:00:00Z\tINFO\t[secret] If your scanning is slow, please try '--scanners vuln' s3cr3t",
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
    void reportsKnownCausesInOurWords(String cause, String words) {
        log.accept("2026-11-02T10:00:00Z\tERROR\t" + cause);
        log.accept("2026-11-02T10:00:00Z\tFATAL\tFatal error\trun error: init error");

        assertThat(log.failure()).contains(words);
    }

    /** The same message is read at a prompt, where there is no page of Jenkins and no agent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "The first run cannot skip downloading DB",
                "The first run cannot skip downloading Java DB",
                "failed to download vulnerability DB",
                "failed to download Java DB"
            })
    void aMissingDatabaseIsNamedWithItsFolderAndWithoutAPlaceOfJenkins(String cause) {
        log.accept("2026-11-02T10:00:00Z\tFATAL\tFatal error\trun error: " + cause);

        assertThat(log.failure())
                .contains("the cache folder /var/cache/trivy")
                .doesNotContain("Jenkins", "Security", "agent");
    }

    @Test
    void theLastLineCountsMoreThanEarlierFailures() {
        log.accept("2026-11-02T10:00:00Z\tERROR\tFalling back to embedded checks\terr=\"connection refused\"");
        log.accept("2026-11-02T10:00:00Z\tFATAL\tFatal error\trun error: failed to download Java DB: OCI error:");
        log.accept("\t* Get \"https://db.example.com/\": dial tcp: lookup db.example.com: no such host");

        assertThat(log.failure()).contains("index of Java archives could not be downloaded");
    }

    @Test
    void quotesOnlyPlainWordsOfAnUnknownCause() {
        log.accept("2026-11-02T10:00:00Z\tFATAL\tFatal error\trun error: image scan error: secrets config decode error:"
                + " unknown instruction \"Hunter2\": AKIAIOSFODNN7ABCDEFG: /home/alice/key: EOF");

        assertThat(log.failure()).isEqualTo("it says: run error: image scan error: secrets config decode error");
    }
}
