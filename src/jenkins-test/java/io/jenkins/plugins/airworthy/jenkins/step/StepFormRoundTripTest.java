package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.FreeStyleProject;
import hudson.tasks.Builder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageAdoptBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageAttestBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageBuildBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImagePromoteBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImagePruneBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageScanBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageSignBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageStepBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageTestBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageVerifyBuilder;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Every build step keeps its settings when a person opens the job's form and saves it, and when Jenkins stores the job. */
@WithJenkins
class StepFormRoundTripTest {
    @Test
    void keepsEveryFieldThatIsFilledIn(JenkinsRule jenkins) throws Exception {
        ImageBuildStep build = new ImageBuildStep("registry.example.com/staging/app:${BUILD_NUMBER}");
        build.setBase("registry.example.com/base/java:17");
        build.setFiles(List.of("target/app.jar:/app/app.jar", "config:/etc/app,mode=0600"));
        build.setEntrypoint(List.of("java", "-jar", "/app/app.jar"));
        build.setCmd(List.of("--port", "8080"));
        build.setEnv(List.of("A=1", "B=two words"));
        build.setLabels(List.of("org.opencontainers.image.source=https://git.example.com/app"));
        build.setPorts(List.of("8080", "53/udp"));
        build.setVolumes(List.of("/data"));
        build.setPlatforms(List.of("linux/amd64", "linux/arm64"));
        build.setUser("65532");
        build.setWorkdir("/app");
        build.setDockerfile("build/Dockerfile");
        build.setContext("build");
        build.setTarget("final");
        build.setBuilder("buildah");
        build.setBuildArgs(List.of("VERSION=1.0", "WORDS=two words"));
        build.setCacheFrom(List.of("registry.example.com/staging/cache"));
        build.setCacheTo(List.of("registry.example.com/staging/cache"));

        ImageTestStep test = new ImageTestStep();
        test.setImage("registry.example.com/staging/app:1");
        test.setStructure(List.of("structure.yaml", "more.yaml"));
        test.setJunit(List.of("target/surefire-reports/*.xml"));
        test.setFailOnFailedTests(false);

        ImageScanStep scan = new ImageScanStep();
        scan.setImage("registry.example.com/staging/app:1");

        ImageSignStep sign = new ImageSignStep();
        sign.setImage("registry.example.com/staging/app:1");
        sign.setKey("not offered (any more)");

        ImageAttestStep attest = new ImageAttestStep("https://example.com/review/v1", "review.json");
        attest.setImage("registry.example.com/staging/app:1");
        attest.setKey("release");

        ImageVerifyStep verify = new ImageVerifyStep();
        verify.setPolicy("production");
        verify.setImage("registry.example.com/staging/app:1");
        verify.setTarget("registry.example.com/prod/app:1");

        ImagePromoteStep promote = new ImagePromoteStep("registry.example.com/prod/app:1");
        promote.setPolicy("production");
        promote.setImage("registry.example.com/staging/app:1");
        promote.setFailOnRefusal(false);

        ImagePruneStep prune = new ImagePruneStep();
        prune.setPolicy("production");
        prune.setImage("registry.example.com/staging/app:1");
        prune.setDryRun(true);
        assertKept(
                jenkins,
                new ImageBuildBuilder(build),
                new ImageAdoptBuilder(new ImageAdoptStep("registry.example.com/staging/app:1", "build.json")),
                new ImageTestBuilder(test),
                new ImageScanBuilder(scan),
                new ImageSignBuilder(sign),
                new ImageAttestBuilder(attest),
                new ImageVerifyBuilder(verify),
                new ImagePromoteBuilder(promote),
                new ImagePruneBuilder(prune));
    }

    /** What was left empty must not come back as a text such as [] or null. */
    @Test
    void keepsEveryFieldThatIsLeftEmpty(JenkinsRule jenkins) throws Exception {
        assertKept(
                jenkins,
                new ImageBuildBuilder(new ImageBuildStep("registry.example.com/staging/app:1")),
                new ImageAdoptBuilder(new ImageAdoptStep("registry.example.com/staging/app:1", "digest")),
                new ImageTestBuilder(new ImageTestStep()),
                new ImageScanBuilder(new ImageScanStep()),
                new ImageSignBuilder(new ImageSignStep()),
                new ImageAttestBuilder(new ImageAttestStep("https://example.com/review/v1", "review.json")),
                new ImageVerifyBuilder(new ImageVerifyStep()),
                new ImagePromoteBuilder(new ImagePromoteStep("registry.example.com/prod/app:1")),
                new ImagePruneBuilder(new ImagePruneStep()));
    }

    private static void assertKept(JenkinsRule jenkins, ImageStepBuilder<?>... builders) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().addAll(List.of(builders));
        job = jenkins.configRoundtrip(job);
        assertSame(builders, job.getBuilders());

        job.doReload();
        assertSame(builders, job.getBuilders());
    }

    private static void assertSame(ImageStepBuilder<?>[] before, List<Builder> after) {
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.length; i++) {
            assertThat(after.get(i)).isNotSameAs(before[i]).isInstanceOf(before[i].getClass());
            assertThat(((ImageStepBuilder<?>) after.get(i)).getStep())
                    .isNotSameAs(before[i].getStep())
                    .usingRecursiveComparison()
                    .isEqualTo(before[i].getStep());
        }
    }
}
