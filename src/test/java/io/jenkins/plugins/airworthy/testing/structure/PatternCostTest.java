package io.jenkins.plugins.airworthy.testing.structure;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What a pattern becomes is known before it is compiled, since compiling is what takes the memory. */
class PatternCostTest {
    private static final String[] PARTS = {
        "a", "bc", "(", ")", "(?:", "(?i)", "(?s-i)", "(?P<n>", "*", "+", "?", "{9}", "{3,}", "{2,7}", "{0,3}", "\\Q",
        "\\E", "\\Q\\E", "|", "[a-z]", "[^\\]]", "\\x{61}", "\\pL", "^", "$", "\\b", "\\\\", ".", "??", "{", "ß"
    };

    /** What repeats a repetition, though it is not written right behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{1000}){1000}",
                "(a{1000})*\\Q\\E{1000}",
                "(a{1000})\\Q\\E{1000}",
                "a{1000}\\Q\\E{1000}",
                "(a{1000})(?i){1000}",
                "a{1000}(?i){1000}",
                "(a{1000})+(?i)\\Q\\E(?s){1000}",
                "(\\Qabc\\E{1000}){1000}",
                "\\Qa\\E{1000}(?i){1000}"
            })
    void noWayToRepeatARepetitionIsTakenForASmallPattern(String pattern) {
        assertThat(PatternCost.of(pattern)).isGreaterThan(BoundedPattern.MAX_INSTRUCTIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\Qab\\E", "\\Q(a{1000}){1000}\\E", "\\Q{1000}", "a\\Q", "\\Q\\\\E{9}", "(\\Q)\\E)"})
    void aQuotationCostsItsCharacters(String pattern) {
        assertThat(PatternCost.of(pattern)).isLessThan(30);
        assertThat(Pattern.compile(pattern).programSize()).isLessThan(30);
    }

    @Test
    void noValidPatternBecomesLargerThanEstimated() {
        Random random = new Random(29);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int parts = 1 + random.nextInt(9); parts > 0; parts--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            long reckoned = PatternCost.of(text.toString());
            try {
                // Two instructions for each pattern, and one more for each part that is optional.
                if (reckoned < 5_000) {
                    assertThat((long) Pattern.compile(text.toString()).programSize())
                            .as(text.toString())
                            .isLessThanOrEqualTo(2 * reckoned + 8);
                    valid++;
                }
            } catch (PatternSyntaxException e) {
                assertThat(e.getMessage()).isNotNull();
            }
        }
        assertThat(valid).isGreaterThan(10_000);
    }
}
