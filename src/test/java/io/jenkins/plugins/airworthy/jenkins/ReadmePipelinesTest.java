package io.jenkins.plugins.airworthy.jenkins;

import io.jenkins.plugins.airworthy.jenkins.PipelineRun.Called;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The pipelines that README and docs/image-build.md show chain the steps, with arguments that they have. */
class ReadmePipelinesTest {
    private static final Pattern PIPELINE =
            Pattern.compile("^```groovy\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void theReadmeChainsTheStepsWithArgumentsThatTheyHave() throws Exception {
        chains("README.md", "imageBuild", "imageTest", "imageScan", "imageSign", "imagePromote");
    }

    @Test
    void aDockerfileIsBuiltWithArgumentsThatTheStepHas() throws Exception {
        chains("docs/image-build.md", "imageBuild", "imageTest", "imageSign", "imagePromote");
    }

    private static void chains(String document, String... names) throws Exception {
        List<String> pipelines = PIPELINE.matcher(Files.readString(Path.of(document)))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```groovy\n".length(), block.length() - "```".length()))
                .toList();
        assertThat(pipelines).hasSize(1);
        Map<String, StepSettings> steps = StepSettings.all();
        List<String> known = new ArrayList<>(steps.keySet());
        known.addAll(List.of("sh", "checkout"));
        for (String pipeline : pipelines) {
            Path file = Files.createTempFile(Path.of("target"), "readme", ".groovy");
            Files.writeString(file, pipeline);
            List<Called> ours = PipelineRun.of(file.toString(), Map.of(), known).stream()
                    .filter(called -> steps.containsKey(called.step()))
                    .toList();
            assertThat(ours).extracting(Called::step).containsExactly(names);
            assertThat(ours)
                    .allSatisfy(called -> assertThat(steps.get(called.step()).wrongIn(called.arguments()))
                            .as(called.step())
                            .isEmpty());
        }
    }
}
