package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.Progress;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What of a builder's output reaches a log. */
class BuilderLogTest {
    private final List<String> shown = new ArrayList<>();

    private final Progress progress = new Progress() {
        @Override
        public void say(String line) {
            shown.add(line);
        }

        @Override
        public Task begin(String what, long totalBytes) {
            return bytes -> {};
        }
    };

    @Test
    void coversValuesOfArgumentsAndControlCharacters() {
        BuilderLog log =
                new BuilderLog(progress, List.of("s3cr3t", "s3cr3t-and-more", "first line\nsecond line", "abc"));

        log.accept("\u001b[31mRUN\u001b[0m echo s3cr3t-and-more s3cr3t abc");
        log.accept("first line is not second line");
        log.accept(" \u001b[0m ");

        assertThat(shown).containsExactly("  RUN echo **** **** abc", "  **** is not ****");
        assertThat(log.end()).isEqualTo("RUN echo **** **** abc / **** is not ****");
    }

    @Test
    void isBoundedAndKeepsTheEnd() {
        BuilderLog log = new BuilderLog(progress, List.of());
        for (int i = 0; i < 6_000; i++) {
            log.accept("line " + i);
        }

        assertThat(shown).hasSize(5_001).endsWith("  further lines of the builder are not shown");
        assertThat(log.end()).endsWith("line 5998 / line 5999");
        assertThat(new BuilderLog(progress, List.of()).end()).isEqualTo("it said nothing");
    }
}
