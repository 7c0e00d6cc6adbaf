package io.jenkins.plugins.airworthy.defences;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** The lists of defences are about the sources and tests as they are; {@link RemovedDefences} takes each one out. */
class DefencesTest {
    private static final Path ATTACKS_FOLDER = Path.of("src/test/java/io/jenkins/plugins/airworthy/attacks");
    private static final String SOURCE = "Test.java";

    @TestFactory
    List<DynamicTest> isOnceInItsFileAndNamesExistingTests() throws Exception {
        return Defence.read("").stream()
                .map(defence -> dynamicTest(defence.toString(), () -> check(defence)))
                .toList();
    }

    /** Attacks with a real tool are excused: where the tool is missing they would be skipped. */
    @Test
    void everyAttackFailsWithoutSomeDefence() throws Exception {
        Set<String> missed = Defence.read("").stream()
                .flatMap(defence -> defence.fails().stream())
                .collect(Collectors.toSet());
        assertThat(missed).containsAll(attacks());
    }

    private static List<String> attacks() throws Exception {
        List<String> attacks = new ArrayList<>();
        try (Stream<Path> files = Files.list(ATTACKS_FOLDER)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SOURCE)).toList()) {
                String name = file.getFileName().toString();
                String type = name.substring(0, name.length() - ".java".length());
                for (Method method :
                        Class.forName(Sources.OF_TESTS.fullName(type)).getDeclaredMethods()) {
                    if (AnnotationSupport.isAnnotated(method, Testable.class) && !type.equals("CatalogueTest")) {
                        attacks.add(type + "#" + method.getName());
                    }
                }
            }
        }
        return attacks;
    }

    private static void check(Defence defence) throws Exception {
        String source = defence.source();
        assertThat(defence.occurrences(source))
                .as("occurrences of <%s> in %s", defence.text(), defence.type())
                .isEqualTo(1);
        assertThat(defence.removedFrom(source)).isNotEqualTo(source);
        for (String test : defence.fails()) {
            assertThatCode(() -> NamedTest.find(test)).doesNotThrowAnyException();
        }
    }
}
