package io.jenkins.plugins.airworthy.jenkins.step;

import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/pipeline.md has every field of every step and every property of a verdict, and no other. */
class PipelineDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/pipeline.md");

    static List<Class<?>> steps() {
        return StepFormsTest.steps();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void hasTheFieldsOfEveryStep(Class<?> step) throws IOException {
        String type = step.getSimpleName().replace("Step", "");
        String name = Character.toLowerCase(type.charAt(0)) + type.substring(1);

        assertThat(names(section(name), "^\\| `(\\w+)` \\|")).isEqualTo(StepFormsTest.fields(step));
    }

    @Test
    void hasThePropertiesOfAVerdict() throws IOException {
        String section = section("The verdict");
        Set<String> properties = new TreeSet<>();
        Pattern.compile("^\\| (`.+?`) \\|", Pattern.MULTILINE)
                .matcher(section)
                .results()
                .forEach(row -> properties.addAll(names(row.group(1), "`(\\w+)`")));

        assertThat(properties).isEqualTo(whitelisted(VerdictValue.class));
        assertThat(names(section.substring(section.indexOf("the checklist, each with")), "`([a-z]+)`"))
                .containsAll(whitelisted(VerdictItemValue.class));
    }

    private static Set<String> whitelisted(Class<?> value) {
        Set<String> properties = new TreeSet<>();
        Arrays.stream(value.getMethods())
                .filter(method -> method.isAnnotationPresent(Whitelisted.class))
                .map(Method::getName)
                .filter(name -> !name.equals("toString"))
                .map(name -> name.replaceFirst("^(get|is)", ""))
                .forEach(name -> properties.add(Character.toLowerCase(name.charAt(0)) + name.substring(1)));
        return properties;
    }

    private static Set<String> names(String text, String pattern) {
        Set<String> names = new TreeSet<>();
        Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    private static String section(String title) throws IOException {
        String text = Files.readString(DOCUMENT);
        int start = text.indexOf("\n## " + title + "\n");
        assertThat(start).as(title).isPositive();
        int end = text.indexOf("\n## ", start + 1);
        return text.substring(start, end < 0 ? text.length() : end);
    }
}
