package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.document.StrictYaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** Patterns are found where Go's regexp finds them; each answer is Go's own. */
class BoundedPatternTest {
    @ParameterizedTest
    @CsvSource({
        "^..$, k\u00e4se, false",
        "^se, k\u00e4se, false",
        "\\Ase, k\u00e4se, false",
        "(?m)^se$, k\u00e4se, false",
        "^debug = off, level = \u00e4debug = off, false",
        "^x, \u20acx, false",
        "^x, \ud83d\ude00x, false",
        "^k.se$, k\u00e4se, true",
        "\\bse, k\u00e4se, true",
        "\\Bse, k\u00e4se, false",
        "^....$, k\u00e4se, true",
        "^.x$, \ud83d\ude00x, true",
        "(?i)^\u00c4$, \u00e4, true"
    })
    void matchesTheBeginningOnlyAtTheBeginningAndNotAfterAnUmlaut(String pattern, String text, boolean found)
            throws Exception {
        assertThat(read(pattern).isFoundIn(text, budget())).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "^\\x{FFFD}\\x{FFFD}A$, e28441, true",
        "^\\x{FFFD}A$, e28441, false",
        "^\\x{FFFD}{3}$, eda080, true",
        "^\\x{FFFD}{2}$, c080, true",
        "^A, ff41, false",
        "^.A$, ff41, true",
        "^\\x{FFFD}{3}$, f09f98, true"
    })
    void eachByteThatIsNoUtf8IsACharacter(String pattern, String hex, boolean found) throws Exception {
        assertThat(read(pattern).isFoundIn(HexFormat.of().parseHex(hex), budget()))
                .isEqualTo(found);
    }

    private static BoundedPattern read(String pattern) throws Exception {
        byte[] yaml = ("a: '" + pattern + "'").getBytes(StandardCharsets.UTF_8);
        return BoundedPattern.read(StrictYaml.parse(yaml, "p").member("a"));
    }

    private static MatchBudget budget() {
        return new MatchBudget(MatchBudget.MAX_STEPS);
    }
}
