package io.jenkins.plugins.airworthy.jenkins;

import hudson.Extension;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Jenkins finds extensions by an index that is written when they are compiled, and makes them by their constructors. */
class ExtensionIndexTest {
    private static final String REBUILD = "the index is of another compilation: run 'mvn clean verify'";

    @Test
    void theIndexNamesEveryExtensionAndNothingElse() throws IOException, ClassNotFoundException {
        List<String> indexed = new ArrayList<>();
        for (IndexItem<Extension, Object> item :
                Index.load(Extension.class, Object.class, OwnClasses.class.getClassLoader())) {
            if (item.className().startsWith("io.jenkins.plugins.airworthy.")) {
                assertThat(item.kind()).as(item.className()).isEqualTo(ElementType.TYPE);
                indexed.add(item.className());
            }
        }
        assertThat(indexed)
                .as(REBUILD)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        extensions().map(Class::getName).toList());
    }

    /** A field or a factory method can be an extension too; ours are all classes, which is simpler to read. */
    @Test
    void onlyClassesAreExtensions() throws IOException, ClassNotFoundException {
        for (Class<?> type : OwnClasses.all()) {
            assertThat(Stream.of(type.getDeclaredMethods(), type.getDeclaredFields())
                            .flatMap(Arrays::stream)
                            .map(AnnotatedElement.class::cast)
                            .filter(member -> member.isAnnotationPresent(Extension.class)))
                    .as(type.getName())
                    .isEmpty();
        }
    }

    @Test
    void jenkinsCanMakeEveryExtension() throws IOException, ClassNotFoundException {
        for (Class<?> type : extensions().toList()) {
            assertThat(Modifier.isPublic(type.getModifiers()))
                    .as("public " + type)
                    .isTrue();
            assertThat(Modifier.isAbstract(type.getModifiers()))
                    .as("abstract " + type)
                    .isFalse();
            assertThat(type.getEnclosingClass() == null || Modifier.isStatic(type.getModifiers()))
                    .as("static " + type)
                    .isTrue();
            assertThat(type.getConstructors())
                    .as("public constructor without arguments of " + type)
                    .anyMatch(constructor -> constructor.getParameterCount() == 0);
        }
    }

    private static Stream<Class<?>> extensions() throws IOException, ClassNotFoundException {
        return OwnClasses.all().stream().filter(type -> type.isAnnotationPresent(Extension.class));
    }
}
