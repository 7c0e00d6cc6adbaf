package io.jenkins.plugins.airworthy.jenkins;

import hudson.Extension;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Jenkins finds symbols by a list of classes; the processor that would write it is not on Maven Central. */
class SymbolIndexTest {
    private static final Path INDEX = Path.of("src/main/resources/META-INF/annotations/org.jenkinsci.Symbol");

    @Test
    void theListNamesEveryClassThatHasASymbol() throws IOException, ClassNotFoundException {
        assertThat(withSymbol().stream().filter(name -> !indexed().contains(name)))
                .as("lines to add to " + INDEX)
                .isEmpty();
    }

    @Test
    void theListNamesNothingElse() throws IOException, ClassNotFoundException {
        List<String> withSymbol = withSymbol();
        assertThat(indexed().stream().filter(name -> !withSymbol.contains(name)))
                .as("lines to delete from " + INDEX)
                .isEmpty();
        assertThat(indexed()).doesNotHaveDuplicates().isSorted();
    }

    /** Jenkins asks only extensions for their symbols. */
    @Test
    void everyClassWithASymbolIsAnExtension() throws IOException, ClassNotFoundException {
        Map<String, Class<?>> bySymbol = new HashMap<>();
        for (Class<?> type : OwnClasses.all()) {
            if (type.isAnnotationPresent(Symbol.class)) {
                assertThat(type.isAnnotationPresent(Extension.class))
                        .as(type.getName())
                        .isTrue();
                for (String symbol : type.getAnnotation(Symbol.class).value()) {
                    assertThat(symbol).matches("[a-z][A-Za-z]*");
                    assertThat(bySymbol.put(symbol, type))
                            .as("other class with symbol " + symbol)
                            .isNull();
                }
            }
        }
        assertThat(bySymbol).isNotEmpty();
    }

    private static List<String> withSymbol() throws IOException, ClassNotFoundException {
        return OwnClasses.all().stream()
                .filter(type -> type.isAnnotationPresent(Symbol.class))
                .map(Class::getName)
                .toList();
    }

    private static List<String> indexed() {
        try {
            return Files.readAllLines(INDEX);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
