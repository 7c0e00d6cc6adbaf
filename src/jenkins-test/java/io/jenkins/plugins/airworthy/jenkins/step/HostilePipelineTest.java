package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the author of a Jenkinsfile tries and does not get. */
@WithJenkins
class HostilePipelineTest {
    private static final String CALLED = "did what it must not";

    @TempDir
    Path folder;

    @Test
    void aJobGetsNoPolicyAndNoKeyThatAreMeantForOthers(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            PolicyEntry lax = setup.policy("lax");
            lax.setJobs(List.of("team"));
            GateSetup.offerPolicies(setup.policy("production"), lax);
            refused(jenkins, setup, verify(setup, "policy: 'lax'"), "the policy 'lax' is not offered to the job");
            refused(jenkins, setup, verify(setup, "policy: 'none'"), "the policy 'none' is not offered to the job");
            refused(
                    jenkins,
                    setup,
                    verify(setup, "policy: 'apiVersion: airworthy/v1'"),
                    "the policy 'apiVersion: airworthy/v1' is not offered to the job");

            KeyEntry release = GateSetup.key("release");
            release.setFolders(List.of("team"));
            GateSetup.offerKeys(release);
            String build = setup.build("shop:1", "x");
            refused(jenkins, setup, build + "imageSign key: 'release'", "release");
            refused(jenkins, setup, build + "imageSign()", "no key is offered to the job");
            refused(jenkins, setup, build + setup.promote("shop:1"), "no key is offered to the job");

            KeyEntry unmarkedOnly = GateSetup.key("release");
            unmarkedOnly.setAccepts(List.of());
            GateSetup.offerKeys(unmarkedOnly);
            refused(jenkins, setup, build + "imageSign()", "a script typed into the job");

            assertThat(SignatureLog.current().last(10)).isEmpty();
            setup.assertNothingPromoted("shop:1");
        }
    }

    @Test
    void aJobCannotSendTheControllerWhereTheAdministratorDoesNot(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            String build = setup.build("shop:1", "x") + "imageSign()\n";
            Path layout = Files.createDirectory(folder.resolve("layout"));
            for (String target : List.of(
                    "169.254.169.254/latest:1",
                    "localhost:1/prod/shop:1",
                    "localhost/prod/shop:1",
                    "oci:" + layout + ":1")) {
                refused(jenkins, setup, build + "imagePromote to: '" + target + "'", "an administrator can list");
                refused(jenkins, setup, "imageVerify image: '" + target + "'", "an administrator can list");
            }
            refused(jenkins, setup, build + "imagePromote to: 'oci:jobs:1'", "absolute path");
            refused(jenkins, setup, build + "imagePromote to: '--insecure'", "does not name its registry");
            refused(jenkins, setup, "imageVerify image: '-h " + setup.host() + "/staging/shop:1'", "image reference");
            assertThat(layout).isEmptyDirectory();
            // An image of one product does not take another's name.
            refused(
                    jenkins,
                    setup,
                    build + "imagePromote to: '" + setup.host() + "/prod/bank:1'",
                    "nothing was written there");
            setup.assertNothingPromoted("bank:1");
        }
    }

    @Test
    void aJobCannotAttestWhatTheProductObservesNorSendFilesOfTheController(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            Path secret = Files.writeString(folder.resolve("secret.json"), "{\"secret\": 1}");
            String build = setup.build("shop:1", "x") + "writeFile file: 'clean.json', text: '{\"findings\": []}'\n";
            for (String type : List.of(
                    "https://cosign.sigstore.dev/attestation/vuln/v1",
                    "https://cosign.sigstore.dev/attestation/VULN/v2/",
                    "https://slsa.dev/provenance/v1",
                    "https://slsa.dev/verification_summary/v1",
                    "https://in-toto.io/attestation/test-result/v0.1")) {
                refused(
                        jenkins,
                        setup,
                        build + "imageAttest predicateType: '" + type + "', predicateFile: 'clean.json'",
                        "is reserved for what airworthy itself observes");
            }
            for (String file : List.of(secret.toString(), "../../../../../../" + secret, "link.json", "C:\\\\secret")) {
                refused(
                        jenkins,
                        setup,
                        build + "sh 'ln -sf " + secret
                                + " link.json'\nimageAttest predicateType: 'https://example.com/review/v1', predicateFile: '"
                                + file + "'",
                        "is not in the workspace");
            }
            assertThat(SignatureLog.current().last(10)).isEmpty();

            WorkflowRun own = setup.run(
                    Result.SUCCESS,
                    "node {\n" + build
                            + "def a = imageAttest predicateType: 'https://example.com/review/v1', predicateFile: 'clean.json'\n"
                            + "echo \"attested ${a.signed}\"\n}");
            jenkins.assertLogContains("attested [https://example.com/review/v1]", own);
        }
    }

    @Test
    void aJobSignsNothingThatItsRunDoesNotKnow(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            setup.run(Result.SUCCESS, "node {\n" + setup.build("other:1", "of another run") + "\n}");
            String digest = setup.at("staging/other:1").orElseThrow().digest().toString();

            String build = setup.build("shop:1", "x");
            refused(jenkins, setup, build + "imageSign image: '" + digest + "'", digest);
            refused(jenkins, setup, build + "imageSign image: '" + setup.host() + "/staging/other:1'", "other:1");
            refused(jenkins, setup, "imageSign()", "image");

            assertThat(SignatureLog.current().last(10)).isEmpty();
        }
    }

    @Test
    void aSandboxedScriptReachesNothingButTheSteps(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            String verdict = setup.build("shop:1", "x") + "def v = " + verify(setup, "policy: 'production'") + "\n";
            for (String call : List.of(
                    "io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration.get()",
                    "io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration.get().keyRing().trustedKeys()",
                    "io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog.current()",
                    "io.jenkins.plugins.airworthy.sign.key.SoftwareKey.generate()",
                    "new io.jenkins.plugins.airworthy.jenkins.step.ImagePromoteStep('x').start(null)",
                    "io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord.of(currentBuild.rawBuild)",
                    "v.@decision = 'PASSED'",
                    "v.decision = 'PASSED'",
                    "v.getClass().getDeclaredFields()",
                    "v.items[0].@status = 'PASSED'")) {
                WorkflowRun run = setup.run(Result.FAILURE, "node {\n" + verdict + call + "\necho '" + CALLED + "'\n}");
                jenkins.assertLogNotContains(CALLED, run);
                assertThat(JenkinsRule.getLog(run))
                        .as(call)
                        .containsAnyOf(
                                "RejectedAccessException",
                                "not permitted",
                                "No such field",
                                "MissingPropertyException");
            }
            // What a script does to its copy of the lists changes nothing.
            WorkflowRun copy = setup.run(
                    Result.SUCCESS,
                    "node {\n" + verdict + "v.reasons.add('none'); v.items.add(v.items[0])\n"
                            + "echo \"still ${v.passed} ${v.reasons.size()} ${v.items.size()}\"\n}");
            jenkins.assertLogContains("still false 3 5", copy);
            setup.assertNothingPromoted("shop:1");
        }
    }

    private static String verify(GateSetup setup, String policy) {
        return "imageVerify " + policy + ", target: '" + setup.host() + "/prod/shop:1'";
    }

    private static void refused(JenkinsRule jenkins, GateSetup setup, String script, String why) throws Exception {
        WorkflowRun run = setup.run(Result.FAILURE, "node {\n" + script + "\necho '" + CALLED + "'\n}");
        jenkins.assertLogContains(why, run);
        jenkins.assertLogNotContains(CALLED, run);
        jenkins.assertLogNotContains("\tat io.jenkins.plugins.airworthy", run);
    }
}
