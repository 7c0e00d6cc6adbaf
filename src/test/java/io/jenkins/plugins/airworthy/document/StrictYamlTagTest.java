package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A tag lets a value mean something other than it shows. */
class StrictYamlTagTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!str 2027-06-30",
                "!!str 12",
                "!!binary c2VjcmV0",
                "!!int \"12\"",
                "!!set {b}",
                "!!omap [{b: c}]",
                "!local b",
                "!<tag:example.com,2026:x> b",
                "!!java.io.File [b]",
                "[!!float 1]"
            })
    void refusesTagsThatChangeWhatAValueIs(String value) {
        assertThatThrownBy(() -> StrictYaml.parse(("a: " + value).getBytes(UTF_8), "x.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("(?s)x\\.yaml:1:\\d+: .*[Tt]ags? .*not allowed.*");
    }

    @Test
    void countsPlacesInsideATextFromItsFirstCharacter() throws Exception {
        YamlValue root = StrictYaml.parse("""
                plain: abc
                quoted: 'abc'
                block: |
                  abc
                  def
                """.getBytes(UTF_8), "x.yaml");
        assertThat(root.member("plain").errorAt(1, 2, "p")).hasMessage("x.yaml:1:9: p");
        assertThat(root.member("quoted").errorAt(1, 2, "p")).hasMessage("x.yaml:2:11: p");
        assertThat(root.member("block").errorAt(2, 2, "p")).hasMessage("x.yaml:5:2: p");
    }
}
