package io.jenkins.plugins.airworthy.jenkins;

import io.jenkins.plugins.airworthy.build.adopt.OutputFile;
import io.jenkins.plugins.airworthy.build.adopt.OutputForm;
import io.jenkins.plugins.airworthy.jenkins.PipelineRun.Called;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages "I build with …": both pipelines of each call steps that are there, and name the file that the builder writes. */
class BuilderPagesTest {
    private static final Pattern EXAMPLE = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);
    private static final String SHELL = "sh";

    @TempDir
    private Path folder;

    private static Map<String, StepSettings> steps;

    @BeforeAll
    static void findSteps() throws Exception {
        steps = StepSettings.all();
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return docs.filter(page -> page.getFileName().toString().startsWith("build-with-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereIsAPageForEachBuilder() throws IOException {
        assertThat(pages()).hasSize(7);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void bothPipelinesGoFromTheBuilderToTheGate(Path page) throws IOException {
        List<List<Called>> runs = runs(page);
        assertThat(runs).hasSize(2);
        for (List<Called> run : runs) {
            List<String> ours = run.stream()
                    .map(Called::step)
                    .filter(step -> !step.equals(SHELL) && !step.equals("checkout"))
                    .toList();
            assertThat(ours).containsExactly("imageAdopt", "imageTest", "imageScan", "imageSign", "imagePromote");
            assertThat(run)
                    .filteredOn(called -> steps.containsKey(called.step()))
                    .allSatisfy(called -> assertThat(steps.get(called.step()).wrongIn(called.arguments()))
                            .as(called.step())
                            .isEmpty());
        }
    }

    /** A builder pushes to the place that is adopted, and writes the file that is read; Jib writes its own without being told. */
    @ParameterizedTest
    @MethodSource("pages")
    void theBuilderPushesAndWritesWhatIsAdopted(Path page) throws IOException {
        for (List<Called> run : runs(page)) {
            Called adopted = run.stream()
                    .filter(called -> called.step().equals("imageAdopt"))
                    .findFirst()
                    .orElseThrow();
            String shell = String.join(
                    "\n",
                    run.stream()
                            .filter(called -> called.step().equals(SHELL))
                            .map(called -> called.arguments().get("value").toString())
                            .toList());
            String file = adopted.arguments().get("digestFile").toString();
            String image = adopted.arguments().get("image").toString();
            assertThat(shell).contains(image.substring(0, image.lastIndexOf(':')));
            assertThat(shell).contains(image.substring(image.lastIndexOf(':') + 1));
            assertThat(shell).contains(file.startsWith("target/jib-") ? "jib:build" : file.replaceFirst("/.*", ""));
        }
    }

    /** What the builders wrote when they were run, under the name that their page gives the file. */
    @ParameterizedTest
    @CsvSource({
        "docker, buildx-metadata-index.json, BUILDX",
        "docker, buildx-metadata-plain.json, BUILDX",
        "buildkit, buildctl-metadata-index.json, BUILDX",
        "buildkit, buildctl-metadata-plain.json, BUILDX",
        "buildah, buildah-digestfile.txt, DIGEST",
        "kaniko, kaniko-digest.txt, DIGEST",
        "kaniko, kaniko-image-name-with-digest.txt, REFERENCES",
        "jib, jib-image.json, JIB",
        "ko, ko-image-refs.txt, REFERENCES"
    })
    void theFileThatTheBuilderWroteIsRead(String builder, String recorded, OutputForm form) throws Exception {
        Called adopted = runs(Path.of("docs", "build-with-" + builder + ".md")).get(0).stream()
                .filter(called -> called.step().equals("imageAdopt"))
                .findFirst()
                .orElseThrow();
        String name = adopted.arguments().get("digestFile").toString();
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.copy(Path.of("src", "test", "data", "builders", recorded), file);

        assertThat(new OutputFile(file, name).read(Optional.empty()).form()).isEqualTo(form);
    }

    private List<List<Called>> runs(Path page) throws IOException {
        List<String> known = new ArrayList<>(steps.keySet());
        known.addAll(List.of(SHELL, "checkout"));
        List<List<Called>> runs = new ArrayList<>();
        for (MatchResult example :
                EXAMPLE.matcher(Files.readString(page)).results().toList()) {
            Path script = Files.writeString(folder.resolve("example" + runs.size() + ".groovy"), example.group(1));
            runs.add(PipelineRun.of(folder.toString(), script.getFileName().toString(), Map.of(), known));
        }
        return runs;
    }
}
