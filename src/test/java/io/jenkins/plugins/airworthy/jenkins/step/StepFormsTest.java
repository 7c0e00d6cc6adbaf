package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageAdoptBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageAttestBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageBuildBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImagePromoteBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImagePruneBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageScanBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageSignBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageTestBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageVerifyBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The forms as data: what a Jenkinsfile can say, a form can, and each field explains itself. */
class StepFormsTest {
    private static final Pattern ENTRY = Pattern.compile("<f:entry (?:title=\"[^\"]+\" )?field=\"(\\w+)\"");
    private static final Path VIEWS = Path.of("src/main/resources");

    static List<Class<?>> steps() {
        return List.of(
                ImageBuildStep.class,
                ImageAdoptStep.class,
                WithImageAdoptStep.class,
                ImageTestStep.class,
                ImageScanStep.class,
                ImageSignStep.class,
                ImageAttestStep.class,
                ImageVerifyStep.class,
                ImagePromoteStep.class,
                ImagePruneStep.class);
    }

    static List<Class<?>> builders() {
        return List.of(
                ImageBuildBuilder.class,
                ImageAdoptBuilder.class,
                ImageTestBuilder.class,
                ImageScanBuilder.class,
                ImageSignBuilder.class,
                ImageAttestBuilder.class,
                ImageVerifyBuilder.class,
                ImagePromoteBuilder.class,
                ImagePruneBuilder.class);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyFieldHasAnEntryInTheForm(Class<?> step) throws IOException {
        Set<String> entries = new TreeSet<>();
        ENTRY.matcher(text(step, "config.jelly")).results().forEach(found -> entries.add(found.group(1)));

        assertThat(entries).isEqualTo(fields(step));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void theStepAndEveryFieldExplainThemselves(Class<?> step) throws IOException {
        Set<String> helps = new TreeSet<>(helps(step));
        helps.addAll(helps(step.getSuperclass()));

        assertThat(helps).isEqualTo(fields(step));
        assertThat(text(step, "help.html")).startsWith("<div>\n").endsWith("</div>\n");
        for (String field : helps) {
            assertThat(text(step, "help-" + field + ".html"))
                    .as(field)
                    .startsWith("<div>\n")
                    .endsWith("</div>\n")
                    .doesNotContain("<script", "<style", "style=", "onclick");
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void whatAFieldIsSetToIsWhatTheFormShows(Class<?> step) throws Exception {
        for (String field : fields(step)) {
            String capital = Character.toUpperCase(field.charAt(0)) + field.substring(1);
            assertThat(Arrays.stream(step.getMethods()).map(Method::getName))
                    .containsAnyOf("get" + capital, "is" + capital);
        }
    }

    @ParameterizedTest
    @MethodSource("builders")
    void aBuildStepShowsTheFormOfItsStep(Class<?> builder) throws IOException {
        assertThat(text(builder, "config.jelly"))
                .contains("<f:property field=\"step\" propertyDescriptor=\"${descriptor.stepDescriptor}\"/>");
        Parameter only = boundConstructor(builder).getParameters()[0];
        assertThat(only.getName()).isEqualTo("step");
        assertThat(only.getType().getSimpleName())
                .isEqualTo(builder.getSimpleName().replace("Builder", "Step"));
    }

    @ParameterizedTest
    @MethodSource({"steps", "builders"})
    void noViewLetsTextThroughUnescaped(Class<?> described) throws IOException {
        assertThat(text(described, "config.jelly"))
                .startsWith("<?jelly escape-by-default='true'?>\n")
                .doesNotContain("<script", "<style", "style=", "onclick", "j:out");
    }

    static Set<String> fields(Class<?> step) {
        Set<String> fields = new TreeSet<>();
        Arrays.stream(boundConstructor(step).getParameters())
                .map(Parameter::getName)
                .forEach(fields::add);
        for (Method method : step.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                fields.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
            }
        }
        return fields;
    }

    private static Path views(Class<?> type) {
        return VIEWS.resolve(type.getName().replace('.', '/'));
    }

    private static List<String> helps(Class<?> described) throws IOException {
        Path folder = views(described);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("help-"))
                    .map(name -> name.substring("help-".length(), name.length() - ".html".length()))
                    .toList();
        }
    }

    private static Constructor<?> boundConstructor(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow();
    }

    /** Jenkins looks for the views of a type in its super type too: in the form, in the snippet generator and in the steps' reference. */
    private static String text(Class<?> type, String view) throws IOException {
        Class<?> owner = Files.exists(views(type).resolve(view)) ? type : type.getSuperclass();
        try (InputStream in = owner.getResourceAsStream(owner.getSimpleName() + "/" + view)) {
            assertThat(in).as(type.getSimpleName() + "/" + view).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
