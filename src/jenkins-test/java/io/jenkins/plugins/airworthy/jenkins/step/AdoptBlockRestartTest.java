package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryEntry;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A block around a builder, which may take hours, when the controller is restarted in it. */
class AdoptBlockRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    @Test
    void adoptsAtTheEndOfTheBlockThatBeganBeforeTheRestart() throws Throwable {
        String skopeo = Tool.require("skopeo").executable().toString();
        LayoutStore store = LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve("one")));
        store.tag("1", Samples.image(store, "linux/amd64", "one"));
        try (RegistryServer registry = RegistryServer.distribution(Files.createDirectory(folder.resolve("registry")))) {
            sessions.then(jenkins -> {
                AirworthyConfiguration.get().setRegistries(List.of(new RegistryEntry(registry.host())));
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
                job.setDefinition(
                        new CpsFlowDefinition("""
                        node {
                            withImageAdopt(image: '%s/staging/shop', digestFile: 'digest') {
                                sh '%s copy -q --dest-tls-verify=false --digestfile digest oci:%s:1 docker://$AIRWORTHY_IMAGE'
                                echo 'pushed'
                                sleep 20
                                sh 'echo still=[$AIRWORTHY_IMAGE]'
                            }
                        }
                        """.formatted(registry.host(), skopeo, folder.resolve("one")), true));
                jenkins.waitForMessage("pushed", job.scheduleBuild2(0).waitForStart());
            });
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.jenkins
                        .getItemByFullName("shop", WorkflowJob.class)
                        .getLastBuild();
                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("still=[" + registry.host() + "/staging/shop/run-", run);
                RecordedImage adopted = ImageRecord.of(run).images().get(0);
                assertThat(adopted.adopted()).isTrue();
                assertThat(ImageRecord.of(run)
                                .statements(adopted)
                                .get(0)
                                .predicate()
                                .toString())
                        .contains("\"absentBefore\":\"true\"");
            });
        }
    }
}
