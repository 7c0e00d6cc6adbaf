package io.jenkins.plugins.airworthy.recall.version;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VersionRangeTest {
    @ParameterizedTest
    @CsvSource({
        "vers:npm/*, anything, YES",
        "vers:npm/1.2.3, 1.2.3, YES",
        "vers:npm/1.2.3, 1.2.4, NO",
        "vers:npm/1.2.3|1.2.5, 1.2.5, YES",
        "vers:npm/>=1.0.0|<2.0.0, 1.0.0, YES",
        "vers:npm/>=1.0.0|<2.0.0, 2.0.0, NO",
        "vers:npm/>=1.0.0|<2.0.0, 2.0.0-rc.1, YES",
        "vers:npm/>1.0.0|<=2.0.0, 1.0.0, NO",
        "vers:npm/>1.0.0|<=2.0.0, 2.0.0, YES",
        "vers:npm/<1.0.0|>=2.0.0|<3.0.0|>4.0.0, 0.1.0, YES",
        "vers:npm/<1.0.0|>=2.0.0|<3.0.0|>4.0.0, 1.5.0, NO",
        "vers:npm/<1.0.0|>=2.0.0|<3.0.0|>4.0.0, 2.5.0, YES",
        "vers:npm/<1.0.0|>=2.0.0|<3.0.0|>4.0.0, 3.5.0, NO",
        "vers:npm/<1.0.0|>=2.0.0|<3.0.0|>4.0.0, 5.0.0, YES",
        "vers:npm/>=1.0.0|!=1.5.0|<2.0.0, 1.5.0, NO",
        "vers:npm/!=1.5.0, 1.5.0, NO",
        "vers:npm/!=1.5.0, 1.6.0, YES",
        "vers:npm/0.9.0|>=1.0.0|<2.0.0, 0.9.0, YES",
        "vers:pypi/1.0, 1.0.0, YES",
        "vers:deb/<1%3A2.0-1, 1:1.0-1, YES",
        "vers:npm/<1.0.0, latest, UNKNOWN",
        "vers:npm/1.0.0, latest, UNKNOWN",
        "vers:npm/<oops, 1.0.0, UNKNOWN",
        "vers:gem/<1.0, 0.9, UNKNOWN",
        "vers:gem/1.0, 1.0, YES",
        "vers:gem/1.0, 0.9, NO",
    })
    void answers(String range, String version, VersionRange.Answer answer) throws Exception {
        assertThat(VersionRange.parse(range).contains(version)).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "npm/1.0.0",
                "vers:npm",
                "vers:npm/",
                "vers:npm/>",
                "vers:npm/1.0.0||2.0.0",
                "vers:npm/>=1.0.0 | <2.0.0",
                "vers:npm/>1.0.0|>2.0.0",
                "vers:npm/<1.0.0|<2.0.0",
                "vers:npm/>=2.0.0|<1.0.0",
                "vers:npm/*|1.0.0",
                "vers:npm/=<1.0.0",
                "vers:npm/1.0.\u00e9",
                "vers:npm/1.0%201",
                "vers:npm/1.0%C3%A9",
            })
    void refusesWhatProgramsReadDifferently(String range) {
        assertThatThrownBy(() -> VersionRange.parse(range)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vers:npm/*", "vers:npm/>=1.0.0|!=1.1.0|<2.0.0", "vers:deb/<1:2.0-1", "vers:x/a%7Cb"})
    void writesWhatItReads(String range) throws Exception {
        VersionRange read = VersionRange.parse(range);
        assertThat(read).hasToString(range);
        assertThat(VersionRange.parse(read.toString())).isEqualTo(read);
    }
}
