package io.jenkins.plugins.airworthy.jenkins;

import io.jenkins.plugins.airworthy.jenkins.PipelineRun.Called;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The project's own Jenkinsfile calls the steps in their order, with arguments that they have. */
class JenkinsfileTest {
    private static final List<String> OF_OTHERS = List.of("sh", "junit");
    private static final String BASE = "registry.example.com/base/java:17";
    private static final String STAGING = "registry.example.com/staging/airworthy";
    private static final String PRODUCTION = "registry.example.com/prod/airworthy";

    private static Map<String, StepSettings> steps;

    @BeforeAll
    static void findSteps() throws Exception {
        steps = StepSettings.all();
        assertThat(steps)
                .containsOnlyKeys(
                        "imageAdopt",
                        "imageAttest",
                        "imageBuild",
                        "imagePromote",
                        "imagePrune",
                        "imageScan",
                        "imageSign",
                        "imageTest",
                        "imageVerify");
    }

    @Test
    void buildsTestsScansSignsAndPromotesInThatOrder() {
        List<Called> run = run(STAGING, PRODUCTION);
        assertThat(run)
                .extracting(Called::step)
                .containsExactly("sh", "junit", "imageBuild", "imageTest", "imageScan", "imageSign", "imagePromote");
        assertThat(run.get(2).arguments().get("to")).hasToString(STAGING + ":7");
        assertThat(run.get(2).arguments().get("base")).hasToString(BASE);
        assertThat(run.get(6).arguments().get("to")).hasToString(PRODUCTION + ":7");
    }

    @Test
    void everyArgumentIsOneThatTheStepHas() {
        List<Called> ours = run(STAGING, PRODUCTION).stream()
                .filter(called -> steps.containsKey(called.step()))
                .toList();
        assertThat(ours).hasSize(5).allSatisfy(called -> assertThat(
                        steps.get(called.step()).wrongIn(called.arguments()))
                .as(called.step())
                .isEmpty());
    }

    @Test
    void reportsAnArgumentThatAStepLacks() {
        assertThat(steps.get("imageScan").wrongIn(Map.of("severity", "HIGH"))).containsExactly("there is no severity");
        assertThat(steps.get("imagePromote").wrongIn(Map.of("failOnRefusal", "no")))
                .containsExactly("to is missing", "failOnRefusal is a boolean");
    }

    @Test
    void makesNoImageWithoutATarget() {
        assertThat(run("", PRODUCTION)).extracting(Called::step).containsExactly("sh", "junit");
    }

    @Test
    void promotesNothingWithoutATarget() {
        assertThat(run(STAGING, ""))
                .extracting(Called::step)
                .doesNotContain("imagePromote")
                .contains("imageSign");
    }

    @Test
    void theFilesThatItNamesAreThere() {
        Called test = run(STAGING, PRODUCTION).get(3);
        assertThat((List<?>) test.arguments().get("structure"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Path.of(file.toString())).isRegularFile());
    }

    private static List<Called> run(String staging, String production) {
        List<String> known = new ArrayList<>(steps.keySet());
        known.addAll(OF_OTHERS);
        return PipelineRun.of("Jenkinsfile", Map.of("BASE", BASE, "STAGING", staging, "PRODUCTION", production), known);
    }
}
