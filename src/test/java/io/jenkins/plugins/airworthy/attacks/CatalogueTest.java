package io.jenkins.plugins.airworthy.attacks;

import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The threat model lists every attack of this package, and no other: it is written by this test. */
class CatalogueTest {
    private static final Path DOCUMENT = Path.of("docs/threat-model.md");
    private static final Path SOURCES = Path.of("src/test/java/io/jenkins/plugins/airworthy/attacks");
    private static final String HEAD = "| no. | attack | tests |\n|---|---|---|\n";
    private static final Pattern STORY = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s+)?class (\\w+)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("^Attacks? ((\\d+)(?: to \\d+)?)[:,]? ?");
    /** Rows that are not one of the thirteen attacks come after them. */
    private static final int LAST = 99;

    @Test
    void listsEveryAttackInTheThreatModel() throws Exception {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf(HEAD) + HEAD.length();
        assertThat(begin).isGreaterThanOrEqualTo(HEAD.length());
        Matcher end = Pattern.compile("^(?!\\| )", Pattern.MULTILINE).matcher(text);
        String now = text.substring(0, begin) + rows() + text.substring(end.find(begin) ? end.start() : text.length());
        if (System.getProperty("airworthy.docs", "").equals("write")) {
            Files.writeString(DOCUMENT, now);
        }
        assertThat(DOCUMENT).content().isEqualTo(now);
    }

    private static String rows() throws IOException, ClassNotFoundException {
        Map<String, String> rows = new TreeMap<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.sorted().toList()) {
                String source = Files.readString(file);
                Matcher story = STORY.matcher(source);
                if (story.find() && !story.group(2).equals(CatalogueTest.class.getSimpleName())) {
                    row(source, story, rows);
                }
            }
        }
        return String.join("", rows.values());
    }

    private static void row(String source, Matcher story, Map<String, String> rows) throws ClassNotFoundException {
        String name = story.group(2);
        List<String> tests = Stream.of(Class.forName(CatalogueTest.class.getPackageName() + "." + name)
                        .getDeclaredMethods())
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                .map(Method::getName)
                .sorted(Comparator.comparingInt(method -> source.indexOf("void " + method + "(")))
                .toList();
        if (tests.isEmpty()) {
            return;
        }
        String told = story.group(1)
                .replaceAll("\\s*\n?\\s\\*\\s", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .strip();
        Matcher number = NUMBER.matcher(told);
        boolean numbered = number.find();
        rows.put(
                "%02d %s".formatted(numbered ? Integer.parseInt(number.group(2)) : LAST, name),
                "| " + (numbered ? number.group(1) : "") + " | "
                        + (numbered ? told.substring(number.end()) : told).replaceAll("\\s+", " ") + " | [`" + name
                        + "`](../" + SOURCES + "/" + name + ".java): "
                        + tests.stream().map(test -> "`" + test + "`").collect(Collectors.joining(", ")) + " |\n");
    }
}
