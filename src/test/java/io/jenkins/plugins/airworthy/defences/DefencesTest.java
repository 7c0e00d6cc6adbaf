package io.jenkins.plugins.airworthy.defences;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** The lists of defences are about the sources and tests as they are; {@link RemovedDefences} takes each one out. */
class DefencesTest {
    @TestFactory
    List<DynamicTest> standsOnceInItsFileAndNamesTests() throws Exception {
        return Defence.read("").stream()
                .map(defence -> dynamicTest(defence.toString(), () -> check(defence)))
                .toList();
    }

    private static void check(Defence defence) throws Exception {
        String source = defence.source();
        assertThat(defence.occurrences(source))
                .as("occurrences of <%s> in %s", defence.text(), defence.file())
                .isEqualTo(1);
        assertThat(defence.removedFrom(source)).isNotEqualTo(source);
        for (String test : defence.fails()) {
            assertThatCode(() -> NamedTest.find(test)).doesNotThrowAnyException();
        }
    }
}
