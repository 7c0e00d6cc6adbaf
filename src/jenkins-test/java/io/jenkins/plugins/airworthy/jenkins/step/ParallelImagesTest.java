package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImagePromoteBuilder;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Pipelines that do several things at the same time, with steps that name no image, against a real registry. */
@WithJenkins
class ParallelImagesTest {
    @TempDir
    Path folder;

    /** Every image is built before any step goes on: what the run built last is the wrong one for all branches but one. */
    private static String library(GateSetup setup) {
        return """
                built = []
                def make(String tag) {
                    writeFile file: 'app/content', text: tag
                    writeFile file: 'structure.yaml', text: 'schemaVersion: "2.0.0"\\nfileExistenceTests: [{name: content, path: /app/content, shouldExist: true}]\\n'
                    imageBuild to: '%1$s/staging/shop:' + tag, base: 'scratch', files: ['app:/app'], user: '65532'
                    built << tag
                }
                def meet(int number) {
                    waitUntil(quiet: true) { built.size() == number }
                }
                def pass(String tag) {
                    imageTest structure: ['structure.yaml']
                    imageSign()
                    def seen = imageVerify target: '%1$s/prod/shop:' + tag
                    def verdict = imagePromote to: '%1$s/prod/shop:' + tag
                    echo "same for ${tag}: ${seen.digest == verdict.digest}"
                }
                """.formatted(setup.host());
    }

    private static void assertKeptApart(GateSetup setup, String... tags) throws Exception {
        for (String tag : tags) {
            assertThat(setup.at("prod/shop:" + tag)).as(tag).isPresent().isEqualTo(setup.at("staging/shop:" + tag));
        }
        assertThat(List.of(tags).stream()
                        .map(tag -> {
                            try {
                                return setup.at("prod/shop:" + tag)
                                        .orElseThrow()
                                        .digest();
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        })
                        .distinct())
                .hasSize(tags.length);
    }

    @Test
    void eachBranchPromotesItsOwnImage(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            WorkflowRun run = setup.run(Result.SUCCESS, library(setup) + """
                            def one(String color) { node { ws("w-${color}") { make(color); meet(2); pass(color) } } }
                            parallel blue: { one('blue') }, green: { one('green') }
                            for (step in [{ imageSign() }, { imageVerify() }, { imageScan() }]) {
                                try {
                                    step()
                                    echo 'took one of them'
                                } catch (err) {
                                    echo "told: ${err.message}"
                                }
                            }
                            """);

            assertKeptApart(setup, "blue", "green");
            jenkins.assertLogNotContains("took one of them", run);
            for (String step : List.of("imageSign", "imageVerify", "imageScan")) {
                jenkins.assertLogContains(
                        "told: " + step + ": this run built 2 images in branches that ran at the same time", run);
            }
            jenkins.assertLogContains("(tag blue)", run);
            jenkins.assertLogContains("(tag green)", run);
            jenkins.assertLogContains("same for blue: true", run);
            jenkins.assertLogContains("same for green: true", run);
        }
    }

    @Test
    void eachCellOfAMatrixPromotesItsOwnImageAndAfterItAnImageMustBeNamed(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            WorkflowRun run = setup.run(Result.FAILURE, library(setup) + """
                            pipeline {
                                agent any
                                stages {
                                    stage('Cells') {
                                        matrix {
                                            axes { axis { name 'COLOR'; values 'blue', 'green' } }
                                            stages {
                                                stage('Make') { steps { ws("w-${COLOR}") { script { make(COLOR); meet(2) } } } }
                                                stage('Pass') { steps { ws("w-${COLOR}") { script { pass(COLOR) } } } }
                                            }
                                        }
                                    }
                                    stage('After') { steps { %s } }
                                }
                            }
                            """.formatted(setup.promote("shop:after")));

            assertKeptApart(setup, "blue", "green");
            setup.assertNothingPromoted("shop:after");
            jenkins.assertLogContains(
                    "imagePromote: this run built 2 images in branches that ran at the same time", run);
            jenkins.assertLogContains("name one with 'image': " + setup.host() + "/staging/shop@sha256:", run);
            jenkins.assertLogContains("(tag blue)", run);
            jenkins.assertLogContains("(tag green)", run);
        }
    }

    @Test
    void branchesWithinBranchesAreKeptApart(JenkinsRule jenkins) throws Exception {
        // Three branches hold an executor each until all have built.
        jenkins.jenkins.setNumExecutors(3);
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            WorkflowRun run = setup.run(Result.SUCCESS, library(setup) + """
                            def one(String color) { node { ws("w-${color}") { make(color); meet(3); pass(color) } } }
                            parallel(
                                outer: { parallel blue: { one('blue') }, green: { one('green') } },
                                red: { one('red') },
                                none: {
                                    meet(3)
                                    try {
                                        imageSign()
                                    } catch (err) {
                                        echo "told: ${err.message}"
                                    }
                                })
                            """);

            assertKeptApart(setup, "blue", "green", "red");
            jenkins.assertLogContains("told: imageSign: no image was built in this branch, or before it", run);
        }
    }

    @Test
    void branchesThatLookAtTheImageBuiltBeforeThemMeanThatOne(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            setup.run(Result.SUCCESS, library(setup) + """
                            node {
                                make('early')
                                parallel(
                                    test: { meet(2); imageTest structure: ['structure.yaml'] },
                                    side: { ws('w-side') { make('side') } })
                                imageSign image: '%1$s/staging/shop:early'
                                imagePromote image: '%1$s/staging/shop:early', to: '%1$s/prod/shop:early'
                            }
                            """.formatted(setup.host()));

            assertKeptApart(setup, "early");
        }
    }

    /** The tag of the image that was judged points elsewhere by now. */
    @Test
    void aNameWithTagAndDigestMeansTheDigest(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            setup.run(
                    Result.SUCCESS,
                    "node {\n" + setup.build("shop:1", "first")
                            + "imageSign()\n"
                            + "first = imageVerify().digest\n"
                            + setup.build("shop:1", "second")
                            + "imagePromote image: '" + setup.host() + "/staging/shop:1@' + first, to: '" + setup.host()
                            + "/prod/shop:1'\n}");

            assertThat(setup.at("prod/shop:1")).isPresent().isNotEqualTo(setup.at("staging/shop:1"));
        }
    }

    /** A build step does not know in which branch it is. */
    @Test
    void buildStepsOfFreestyleJobsAreNoStepsOfAPipeline(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node { step([$class: 'ImagePromoteBuilder', step: [to: 'registry.example.com/prod/shop:1']]) }",
                true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogNotContains("imagePromote:", run);

        FreeStyleProject freestyle = jenkins.createFreeStyleProject();
        freestyle
                .getBuildersList()
                .add(new ImagePromoteBuilder(new ImagePromoteStep("registry.example.com/prod/shop:1")));
        jenkins.assertLogContains(
                ImagePromoteStep.TITLE + ": ", jenkins.buildAndAssertStatus(Result.FAILURE, freestyle));
    }
}
