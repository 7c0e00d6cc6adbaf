package io.jenkins.plugins.airworthy.jenkins.ui;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A narrow column broke names within their words: shop/app:1, and .2 on the next line. */
class NamesOnPagesTest {
    private static final Path VIEWS = Path.of("src/main/resources/io/jenkins/plugins/airworthy/jenkins");

    /** A reference as the text of an element, and not by the tag that says where it may break. */
    private static final Pattern BARE = Pattern.compile(">[^<>]*\\$\\{[^}]*\\b(image|target|reference)\\(\\)}");

    @Test
    void everyReferenceMayBreakOnlyBetweenItsParts() throws IOException {
        try (Stream<Path> files = Files.walk(VIEWS)) {
            List<Path> views =
                    files.filter(file -> file.toString().endsWith(".jelly")).toList();
            assertThat(views).hasSizeGreaterThan(20);
            for (Path view : views) {
                assertThat(Files.readString(view)).as(view.toString()).doesNotContainPattern(BARE);
            }
        }
    }
}
