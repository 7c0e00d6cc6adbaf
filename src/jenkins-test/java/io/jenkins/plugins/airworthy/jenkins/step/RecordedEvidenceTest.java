package io.jenkins.plugins.airworthy.jenkins.step;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Result;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.copy.ImageCopier;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.run.LastImage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A failed test that a user with push rights takes off the list is not forgotten, neither elsewhere nor after a restart. */
class RecordedEvidenceTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private Digest image;
    private Digest failed;

    @Test
    void aHiddenFailedTestRefusesUntilAnAdministratorForgetsIt() throws Throwable {
        sessions.then(jenkins -> {
            try (GateSetup setup = new GateSetup(jenkins, folder)) {
                testUntilGreen(setup);
                hide(setup);
                refused(jenkins, setup, "shop");
                copyWithout(setup, "other");
                refused(jenkins, setup, "other");
            }
        });
        sessions.then(jenkins -> {
            List<KeyEntry> keys = AirworthyConfiguration.get().getKeys();
            try (GateSetup setup = new GateSetup(jenkins, folder)) {
                AirworthyConfiguration.get().setKeys(keys);
                refused(jenkins, setup, "shop");
                SignatureLog.Entry entry = failedTest();
                SignatureLog.current()
                        .pruned(new SignatureLog.Pruned(
                                Instant.now(), entry.digest(), entry.payload(), "alice", "the test was wrong"));
                setup.run(Result.SUCCESS, promote(setup, "shop"));
                assertThat(setup.at("prod/shop:1")).isPresent();
                // The promoted image has the evidence that decided; evidence that stayed in staging does not count as
                // missing.
                WorkflowRun seen = setup.run(
                        Result.SUCCESS,
                        "def v = imageVerify image: '" + setup.host()
                                + "/prod/shop:1'\nfor (i in v.items) { echo \"${i.id} ${i.status}\" }");
                jenkins.assertLogNotContains("evidence FAILED", seen);
            }
        });
    }

    private void testUntilGreen(GateSetup setup) throws Exception {
        WorkflowRun run = setup.run(
                Result.SUCCESS,
                "node {\n" + setup.build("shop:1", "content") + "imageSign()\n"
                        + "writeFile file: 'bad.yaml', text: 'schemaVersion: \"2.0.0\"\\nfileExistenceTests: [{name: nope, path: /nope, shouldExist: true}]\\n'\n"
                        + "imageTest structure: ['bad.yaml'], failOnFailedTests: false\nimageSign()\n}");
        image = setup.at("staging/shop:1").orElseThrow().digest();
        Digest payload = failedTest().payload();
        failed = LastImage.of(run).signatures().stream()
                .filter(made -> made.payload().equals(payload))
                .findFirst()
                .orElseThrow()
                .evidence();
    }

    private SignatureLog.Entry failedTest() throws Exception {
        return SignatureLog.current().about(image).stream()
                .filter(entry -> entry.details()
                        .tests()
                        .filter(tests -> tests.result() == TestResult.Outcome.FAILED)
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** A list without the failed test takes the place of the one at the tag. */
    private void hide(GateSetup setup) throws Exception {
        try (ImageStore store = store(setup, "shop")) {
            String tag = "sha256-" + image.hex();
            Manifest list = store.manifest(tag).orElseThrow();
            ObjectNode json = StrictJson.parseObject(list.content().bytes(), "the list", 1 << 20)
                    .node();
            ArrayNode listed = (ArrayNode) json.get("manifests");
            for (int i = listed.size() - 1; i >= 0; i--) {
                if (listed.get(i).get("digest").asText().equals(failed.toString())) {
                    listed.remove(i);
                }
            }
            store.tag(tag, Manifest.parse(MediaTypes.OCI_INDEX, StrictJson.write(json)));
            assertThat(store.referrers(image))
                    .extracting(Descriptor::digest)
                    .isNotEmpty()
                    .doesNotContain(failed);
        }
    }

    /** The image and all that speaks for it, in a repository of the attacker's own. */
    private void copyWithout(GateSetup setup, String app) throws Exception {
        try (ImageStore from = store(setup, "shop");
                ImageStore to = store(setup, app)) {
            List<Digest> good = from.referrers(image).stream()
                    .map(Descriptor::digest)
                    .filter(digest -> !digest.equals(failed))
                    .toList();
            new ImageCopier(Progress.SILENT).copy(from, image, good, to);
            to.tag("1", from.manifest(image).orElseThrow());
        }
    }

    private static ImageStore store(GateSetup setup, String app) throws Exception {
        return Registries.current()
                .controllerStores()
                .open(ImageReference.parse(setup.host() + "/staging/" + app + ":1"));
    }

    private static String promote(GateSetup setup, String app) {
        return "imagePromote image: '" + setup.host() + "/staging/" + app + ":1', to: '" + setup.host() + "/prod/" + app
                + ":1'";
    }

    private static void refused(JenkinsRule jenkins, GateSetup setup, String app) throws Exception {
        WorkflowRun run = setup.run(Result.FAILURE, promote(setup, app));
        jenkins.assertLogContains("[airworthy]   FAILED   evidence: 1 statement was signed, could decide", run);
        jenkins.assertLogContains("suite 'bad.yaml' FAILED", run);
        setup.assertNothingPromoted(app + ":1");
    }
}
