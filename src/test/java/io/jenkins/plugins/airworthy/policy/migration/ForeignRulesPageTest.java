package io.jenkins.plugins.airworthy.policy.migration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages for those who come from another engine list what {@link ForeignRulesTest} runs: this test writes that part of them. */
class ForeignRulesPageTest {
    /** As many rules as there are in policy/release, each with a short name of its own in its package. */
    private static final int OF_CONFORMA = 165;

    static List<String> engines() {
        return ForeignRulesTest.ENGINES;
    }

    @ParameterizedTest
    @MethodSource("engines")
    void listsEveryRule(String engine) throws Exception {
        Path page = Path.of("docs/coming-from-" + engine + ".md");
        String text = Files.readString(page);
        int begin = text.indexOf(ForeignRulesPage.HEADING);
        int end = text.indexOf(ForeignRulesPage.END);
        assertThat(begin).isPositive();
        assertThat(end).isGreaterThan(begin);
        String now = text.substring(0, begin) + ForeignRulesPage.of(ForeignRule.of(engine)) + text.substring(end);
        if (System.getProperty("airworthy.docs", "").equals("write")) {
            Files.writeString(page, now);
        }
        assertThat(page).content().isEqualTo(now);
    }

    @Test
    void namesEveryRuleOnce() throws Exception {
        List<ForeignRule> conforma = ForeignRule.of("conforma");
        assertThat(conforma).hasSize(OF_CONFORMA);
        for (String engine : engines()) {
            assertThat(ForeignRule.of(engine).stream().map(rule -> rule.group() + "." + rule.name()))
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("tests")
    void namesTestsThatThereAre(ForeignRule rule) throws Exception {
        String[] test = rule.test().orElseThrow().split("#", -1);
        Path source = Path.of("src/test/java").relativize(ForeignRulesPage.source(test[0]));
        Class<?> type =
                Class.forName(source.toString().replaceFirst("\\.java$", "").replace('/', '.'));
        assertThat(Stream.of(type.getDeclaredMethods())
                        .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                        .map(method -> method.getName()))
                .as(rule.toString())
                .contains(test[1]);
    }

    static Stream<ForeignRule> tests() throws Exception {
        return ForeignRulesTest.all().stream().filter(rule -> rule.test().isPresent());
    }
}
