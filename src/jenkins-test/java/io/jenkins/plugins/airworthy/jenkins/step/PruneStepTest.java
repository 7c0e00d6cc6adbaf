package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImagePruneBuilder;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import io.jenkins.plugins.airworthy.ledger.Term;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A job removes the test result that a newer one replaced, on a real registry, and the gate does not miss it. */
@WithJenkins
class PruneStepTest {
    private static final String OFFERED = ", policy: 'production'";

    @TempDir
    Path folder;

    @Test
    void whatANewerResultReplacesGoesAndTheGateDoesNotMissIt(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            Digest image = testedTwice(setup);
            List<Digest> listed = listed(setup, image);
            int known = SignatureLog.current().about(image).size();

            WorkflowRun dry = setup.run(Result.SUCCESS, prune(setup, OFFERED + ", dryRun: true"));
            jenkins.assertLogContains("told 1 replaced, 0 removed", dry);
            assertThat(listed(setup, image)).isEqualTo(listed);
            assertThat(SignatureLog.current().about(image)).hasSize(known);

            WorkflowRun run = setup.run(Result.SUCCESS, prune(setup, OFFERED));
            jenkins.assertLogContains("told 1 replaced, 1 removed", run);
            jenkins.assertLogContains("https://in-toto.io/attestation/test-result/v0.1 by key release", run);
            assertThat(listed(setup, image)).hasSize(listed.size() - 1).isSubsetOf(listed);
            assertThat(SignatureLog.current().about(image)).hasSize(known - 1);
            Entry pruned = ControllerLedger.current().open().find(Term.digest(image), 100).stream()
                    .map(LedgerReader.Recorded::entry)
                    .filter(entry -> entry.kind().equals("pruned"))
                    .findFirst()
                    .orElseThrow();
            assertThat(ControllerLedger.current()
                            .open()
                            .texts()
                            .read(Digest.member(pruned.members(), "reason"))
                            .orElseThrow())
                    .contains("replaces it, pruned by policy 'production'")
                    .contains(run.getExternalizableId());

            setup.run(
                    Result.SUCCESS,
                    "imagePromote image: '" + setup.host() + "/staging/shop:1', to: '" + setup.host()
                            + "/prod/shop:1'");
        }
    }

    @Test
    void aMarkedRunRemovesNothing(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            Digest image = testedTwice(setup);
            List<Digest> listed = listed(setup, image);
            PolicyEntry strict = setup.policy("production");
            strict.setAccepts(List.of());
            GateSetup.offerPolicies(strict);

            jenkins.assertLogContains(
                    "imagePrune: policy 'production' does not let " + RunKind.INLINE.meaning() + " remove evidence",
                    setup.run(Result.FAILURE, prune(setup, OFFERED)));
            FreeStyleProject job = jenkins.createFreeStyleProject();
            ImagePruneStep step = new ImagePruneStep();
            step.setImage(setup.host() + "/staging/shop:1");
            job.getBuildersList().add(new ImagePruneBuilder(step));
            jenkins.assertLogContains(
                    "policy 'production' does not let " + RunKind.FREESTYLE.meaning() + " remove evidence",
                    jenkins.buildAndAssertStatus(Result.FAILURE, job));
            assertThat(listed(setup, image)).isEqualTo(listed);
        }
    }

    /** The record is one for all policies: what another one counts is missed by its gate. */
    @Test
    void whatAnotherPolicyCountsStays(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            Digest image = testedTwice(setup);
            List<Digest> listed = listed(setup, image);
            PolicyEntry counting =
                    setup.policy("audit", "- expression: {id: all, cel: 'size(evidence) > 3', message: too few}");
            counting.setJobs(List.of("elsewhere"));
            GateSetup.offerPolicies(setup.policy("production"), counting);

            jenkins.assertLogContains("told 0 replaced, 0 removed", setup.run(Result.SUCCESS, prune(setup, OFFERED)));
            assertThat(listed(setup, image)).isEqualTo(listed);
        }
    }

    @Test
    void anImageThatThePolicyIsNotForKeepsItsEvidence(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            jenkins.assertLogContains(
                    "imagePrune: policy 'production' is not for '" + setup.host() + "/prod/shop:1'",
                    setup.run(Result.FAILURE, "imagePrune image: '" + setup.host() + "/prod/shop:1'"));
            jenkins.assertLogContains(
                    "is not offered to the job", setup.run(Result.FAILURE, prune(setup, ", policy: 'of others'")));
        }
    }

    private static Digest testedTwice(GateSetup setup) throws Exception {
        setup.run(
                Result.SUCCESS,
                "node {\n" + setup.build("shop:1", "good")
                        + "imageSign()\nsleep 2\nimageTest structure: ['structure.yaml']\nimageSign()\n}");
        return setup.at("staging/shop:1").orElseThrow().digest();
    }

    private static String prune(GateSetup setup, String arguments) {
        return "def p = imagePrune(image: '" + setup.host() + "/staging/shop:1'" + arguments
                + ")\necho \"told ${p.replaced} replaced, ${p.removed} removed, ${p.kept} kept\"";
    }

    private static List<Digest> listed(GateSetup setup, Digest image) throws Exception {
        ImageReference reference = ImageReference.parse(setup.host() + "/staging/shop:1");
        try (ImageStore store = Registries.current().controllerStores().open(reference)) {
            return store.referrers(image).stream().map(Descriptor::digest).toList();
        }
    }
}
