package io.jenkins.plugins.airworthy;

import io.jenkins.plugins.airworthy.Wildcard.Meaning;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class WildcardTest {
    @ParameterizedTest
    @CsvSource({
        "v*, v1.2, true",
        "v*, v, true",
        "v*, 1v, false",
        "v1, v1, true",
        "v1, v12, false",
        "*-rc, 1-rc, true",
        "*-rc, 1-rc2, false",
        "refs/heads/main, refs/heads/main, true",
        "refs/heads/main, refs/heads/main2, false",
        "refs/heads/*, refs/heads/a, true",
        "refs/heads/*, refs/heads/a/b, false",
        "refs/heads/*, refs/tags/a, false",
        "a*b*c, axbxc, true",
        "a*b*c, axbx, false",
        "a*b*c, aXbXbc, true",
        "'*', x, true",
        "a.c, abc, false"
    })
    void aNameMatchesAsAWhole(String pattern, String text, boolean matches) {
        assertThat(new Wildcard(pattern, Meaning.NAME).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @EnumSource(Meaning.class)
    void manyWildcardsEndInTime(Meaning meaning) {
        assertThat(new Wildcard("*a".repeat(200) + "b", meaning).matches("a".repeat(4_000)))
                .isFalse();
        assertThat(new Wildcard("**/a".repeat(200) + "b", meaning).matches("/a".repeat(4_000)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Meaning.class)
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLongRowOfWildcardsEndsInTime(Meaning meaning) {
        for (String wildcard : List.of("*", "**/")) {
            assertThat(new Wildcard(wildcard.repeat(6_000) + "b", meaning).matches("/a".repeat(12_000)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "*, '', true, true, true",
        "*, a/b, false, false, false",
        "**, a/b, false, true, true",
        "a**, ab/c, false, true, false",
        "**/c, c, false, false, true",
        "**/c, /c, true, true, true",
        "a/**/c, a/b/b/c, false, true, true",
        "a/**/c, a/bc, false, false, false",
        "?, a, false, false, true",
        "?, ?, true, true, true",
        "?, \ud83d\ude00, false, false, true"
    })
    void eachMeaningHasItsOwnWildcards(String pattern, String text, boolean name, boolean identity, boolean file) {
        assertThat(new Wildcard(pattern, Meaning.NAME).matches(text)).isEqualTo(name);
        assertThat(new Wildcard(pattern, Meaning.IDENTITY).matches(text)).isEqualTo(identity);
        assertThat(new Wildcard(pattern, Meaning.FILE).matches(text)).isEqualTo(file);
    }

    /** Another matcher, which may take for ever, says the same of short texts. */
    @ParameterizedTest
    @EnumSource(Meaning.class)
    void aRegularExpressionOfTheSameMeaningMatchesTheSame(Meaning meaning) {
        Random random = new Random(7);
        int matched = 0;
        for (int i = 0; i < 60_000; i++) {
            String pattern = some(random, "aab//***?", 8);
            String text = some(random, "aab//?", 7);
            boolean expected = Pattern.compile(expression(pattern, meaning), Pattern.DOTALL)
                    .matcher(text)
                    .matches();
            assertThat(new Wildcard(pattern, meaning).matches(text))
                    .as("%s %s", pattern, text)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(500);
    }

    private static String expression(String pattern, Meaning meaning) {
        return switch (meaning) {
            case NAME -> pattern.replace("?", "\\?").replace("*", "[^/]*");
            case IDENTITY ->
                pattern.replace("?", "\\?")
                        .replace("**", "\n")
                        .replace("*", "[^/]*")
                        .replace("\n", ".*");
            case FILE -> {
                StringBuilder expression = new StringBuilder();
                String[] parts = pattern.split("/", -1);
                for (int i = 0; i < parts.length; i++) {
                    boolean last = i == parts.length - 1;
                    if (parts[i].equals("**")) {
                        expression.append(last ? ".*" : "(?:.*/)?");
                    } else {
                        expression.append(parts[i].replace("*", "[^/]*").replace("?", "[^/]"));
                        expression.append(last ? "" : "/");
                    }
                }
                yield expression.toString();
            }
        };
    }

    private static String some(Random random, String characters, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(most + 1); length > 0; length--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
