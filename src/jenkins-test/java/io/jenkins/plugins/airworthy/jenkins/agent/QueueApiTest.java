package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.model.Queue;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The answers of Jenkins' API to clients that watch the queue while a test or scan waits for its agent and runs there. */
@WithJenkins
class QueueApiTest {
    private static final List<String> EVERYTHING = List.of(
            "queue/api/json",
            "queue/api/json?depth=3",
            "queue/api/xml",
            "computer/api/json",
            "computer/api/json?depth=3",
            "computer/api/xml?depth=3",
            "api/json?depth=3",
            "api/xml?depth=3");

    @TempDir
    Path folder;

    @Test
    void theQueueAnswersWhileAScanWaitsAndWhileItRuns(JenkinsRule jenkins) throws Exception {
        try (Laboratory laboratory = new Laboratory(jenkins, folder)) {
            Path pid = laboratory.scanWithSleeper();
            laboratory.agent("one", "one");
            DumbSlave trusted = laboratory.agent("trusted", "");
            laboratory.trust("trusted");
            trusted.toComputer().setTemporaryOfflineCause(new OfflineCause.ByCLI("test"));
            WorkflowRun run = laboratory.start("node('one') { " + laboratory.buildVulnerable("1") + " }\nimageScan()");
            Queue.Item item = awaitTask();
            String name = "Scan for " + run.getFullDisplayName();

            assertThat(item.getDisplayName()).isEqualTo(name);
            JsonObject waiting =
                    json(jenkins, "queue/api/json").objects("items").get(0);
            assertThat(waiting.object("task").string("name")).isEqualTo(name);
            assertThat(waiting.object("task").string("url")).isEqualTo(run.getUrl());
            assertEverythingAnswers(jenkins);
            json(jenkins, "queue/item/" + item.getId() + "/api/json");

            trusted.toComputer().setTemporaryOfflineCause(null);
            await(pid);
            JsonObject left = json(jenkins, "queue/item/" + item.getId() + "/api/json");
            assertThat(left.object("executable").string("fullDisplayName")).isEqualTo(name);
            assertThat(text(jenkins, "computer/api/json?depth=3")).contains("\"fullDisplayName\":\"" + name + "\"");
            assertEverythingAnswers(jenkins);
            assertThat(text(jenkins, "")).contains(name).doesNotContain("Scan of");

            run.doStop();
            jenkins.waitForCompletion(run);
            jenkins.assertLogNotContains("InterruptedException", run);
            jenkins.assertLogNotContains("\tat ", run);
            jenkins.assertLogContains("imageScan: was stopped before its end", run);
        }
    }

    private static void assertEverythingAnswers(JenkinsRule jenkins) throws Exception {
        for (String path : EVERYTHING) {
            assertThat(text(jenkins, path)).as(path).isNotBlank();
        }
    }

    private static JsonObject json(JenkinsRule jenkins, String path) throws Exception {
        byte[] bytes = text(jenkins, path).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return StrictJson.parseObject(bytes, path, 1 << 20);
    }

    private static String text(JenkinsRule jenkins, String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setJavaScriptEnabled(false);
            Page page = client.goTo(path, null);
            assertThat(page.getWebResponse().getStatusCode()).as(path).isEqualTo(200);
            return page.getWebResponse().getContentAsString();
        }
    }

    private static Queue.Item awaitTask() throws Exception {
        for (int tries = 0; tries < 2_000; tries++) {
            for (Queue.Item item : Jenkins.get().getQueue().getItems()) {
                if (item.task instanceof ObservationTask) {
                    return item;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("no scan waits");
    }

    private static void await(Path file) throws Exception {
        for (int tries = 0; !Files.exists(file); tries++) {
            assertThat(tries).isLessThan(2_000);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
