package io.jenkins.plugins.airworthy.scan;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class SecretRulesTest {
    @Test
    void switchesOffTheExceptionsOfTheTestedTrivy() {
        assertThat(TrivyVersion.TESTED)
                .as("look for new exceptions in pkg/fanal/secret/builtin-allow-rules.go, then name the version here")
                .isEqualTo("0.74");
        assertThat(SecretRules.EXCEPTIONS).doesNotHaveDuplicates().hasSize(13);
        assertThat(new String(SecretRules.bytes(), StandardCharsets.UTF_8)).isEqualTo("""
                disable-allow-rules: [dist-info, tests, examples, vendor, usr-dirs, locale-dir, markdown, node.js, golang,\
                 python, rubygems, wordpress, anaconda-log]
                skip-patterns: []
                """);
    }

    /** Trivy does not look for secrets in a file of the image whose path is the end of this one's. */
    @Test
    void usesAFileNameThatNoImageCanHave() {
        assertThat(SecretRules.FILE).startsWith(".wh.").doesNotContain("/");
    }
}
