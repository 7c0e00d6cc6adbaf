package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageAdoptBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageSignBuilder;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Images that another program pushes in a run: from the file that it writes to the promotion, and every way in which that goes wrong. */
@WithJenkins
class AdoptedImageGateTest {
    private static final String JOB = "shop";
    private static final String TEST = """
            writeFile file: 'structure.yaml', text: 'schemaVersion: "2.0.0"\\nfileExistenceTests: [{name: system, path: /etc/os-release, shouldExist: true}]\\n'
            imageTest structure: ['structure.yaml']
            """;

    @TempDir
    Path folder;

    private String skopeo;
    private ImageManifest image;
    private ImageManifest other;

    @BeforeEach
    void make() throws Exception {
        skopeo = Tool.require("skopeo").executable().toString();
        image = layout("one");
        other = layout("two");
    }

    private ImageManifest layout(String name) throws Exception {
        LayoutStore store = LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve(name)));
        ImageManifest made = Samples.image(store, "linux/amd64", name);
        store.tag("1", made);
        return made;
    }

    /** The real skopeo pushes, and writes the digest into a file. */
    private String push(String name, String to) {
        return "sh \"" + skopeo + " copy -q --dest-tls-verify=false --digestfile digest oci:" + folder.resolve(name)
                + ":1 docker://" + to + "\"\n";
    }

    private static String adopt(String image) {
        return "imageAdopt image: '" + image + "', digestFile: 'digest'\n";
    }

    private static String promote(GateSetup setup) {
        return "imageSign()\nimagePromote to: '" + setup.host() + "/prod/shop:1'\n";
    }

    private static KeyEntry key(GateSetup setup) {
        KeyEntry key = GateSetup.key("release");
        List<RunKind> accepts = new ArrayList<>(RunKind.marked());
        accepts.add(RunKind.ADOPTED);
        key.setAccepts(accepts);
        key.setFolders(List.of(JOB));
        key.setImages(List.of(setup.host() + "/staging/**", setup.host() + "/prod/**"));
        return key;
    }

    private static PolicyEntry policy(GateSetup setup) {
        PolicyEntry entry = setup.policy("production");
        PolicyEntry adopting = new PolicyEntry(
                "production",
                entry.getText()
                        .replace("provenance: {", "provenance: {adopted: true, ")
                        .replace(
                                "images: [",
                                "images: [{from: \"" + setup.host() + "/staging/{app}/run-*\", to: \"" + setup.host()
                                        + "/prod/{app}\"}, "));
        adopting.setAccepts(entry.getAccepts());
        return adopting;
    }

    private static WorkflowRun run(JenkinsRule jenkins, GateSetup setup, Result expected, String script)
            throws Exception {
        WorkflowJob job = (WorkflowJob) jenkins.jenkins.getItem(JOB);
        return setup.run(
                job == null ? jenkins.createProject(WorkflowJob.class, JOB) : job, expected, "node {\n" + script + "}");
    }

    private static RecordedImage recorded(hudson.model.Run<?, ?> run) throws Exception {
        return ImageRecord.of(run).images().get(0);
    }

    private static Statement provenance(hudson.model.Run<?, ?> run) throws Exception {
        return ImageRecord.of(run).statements(recorded(run)).get(0);
    }

    @Test
    void promotesAdoptedImageWhereKeyAndPolicyAcceptIt(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.offerKeys(key(setup));
            GateSetup.offerPolicies(policy(setup));
            String place = setup.host() + "/staging/shop:1";

            WorkflowRun run = run(
                    jenkins,
                    setup,
                    Result.SUCCESS,
                    push("one", place) + "def made = " + adopt(place) + "echo \"made ${made.digest}\"\n" + TEST
                            + promote(setup));

            jenkins.assertLogContains("[airworthy] Adopted " + place + " at " + image.digest(), run);
            jenkins.assertLogContains("made " + image.digest(), run);
            jenkins.assertLogContains("[airworthy]   passed   provenance: adopted by '", run);
            assertThat(setup.at("prod/shop:1")).isPresent();
            assertThat(recorded(run).adopted()).isTrue();
            assertThat(recorded(run).built()).isFalse();
            assertThat(Provenance.parse(provenance(run)).buildType()).isEqualTo(Provenance.JENKINS_ADOPTED);
            assertThat(provenance(run).observation().orElseThrow().observer()).isEqualTo(Observer.BUILD_AGENT);
        }
    }

    @Test
    void refusesAdoptedImageWhereKeyOrPolicyDoesNotAcceptIt(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            String place = setup.host() + "/staging/shop:1";
            String adopted = push("one", place) + adopt(place) + TEST;

            WorkflowRun key = run(jenkins, setup, Result.FAILURE, adopted + "imageSign()\n");
            jenkins.assertLogContains("What is built here will not be signed: ", key);
            jenkins.assertLogContains("ERROR: imageSign: ", key);
            jenkins.assertLogContains("only about images that the same run built", key);

            KeyEntry wide = key(setup);
            wide.setAccepts(new ArrayList<>(RunKind.marked()));
            GateSetup.offerKeys(wide);
            jenkins.assertLogContains(
                    "(ADOPTED in code)", run(jenkins, setup, Result.FAILURE, adopted + "imageSign()\n"));

            GateSetup.offerKeys(key(setup));
            WorkflowRun policy = run(jenkins, setup, Result.FAILURE, adopted + promote(setup));
            jenkins.assertLogContains("[airworthy]   FAILED   provenance: adopted by '", policy);
            setup.assertNothingPromoted("shop:1");
        }
    }

    @Test
    void recordsNothingOfAFileThatTheRegistryContradicts(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            String place = setup.host() + "/staging/shop:1";
            String pushed = push("one", place);

            WorkflowRun id = run(
                    jenkins,
                    setup,
                    Result.FAILURE,
                    pushed + "writeFile file: 'digest', text: '"
                            + image.config().digest() + "'\n" + adopt(place));
            jenkins.assertLogContains("ERROR: imageAdopt: " + image.config().digest() + " is the id of an image", id);
            jenkins.assertLogNotContains("trouble", id);
            assertThat(ImageRecord.of(id).images()).isEmpty();

            WorkflowRun moved = run(
                    jenkins,
                    setup,
                    Result.FAILURE,
                    push("two", place) + "sh 'cp digest before'\n" + pushed + "sh 'cp before digest'\n" + adopt(place));
            jenkins.assertLogContains(
                    "is " + image.digest() + " now, and the builder's output says " + other.digest(), moved);
            assertThat(ImageRecord.of(moved).images()).isEmpty();

            WorkflowRun elsewhere =
                    run(jenkins, setup, Result.FAILURE, pushed + adopt(setup.host() + "/staging/another"));
            jenkins.assertLogContains(
                    "has no image " + image.digest() + ": the builder did not push it there", elsewhere);

            WorkflowRun stale =
                    run(jenkins, setup, Result.FAILURE, pushed + "sh 'touch -d 2020-01-01 digest'\n" + adopt(place));
            jenkins.assertLogContains("was written at 2020-01-01T", stale);
            jenkins.assertLogContains("before this build began at ", stale);

            WorkflowRun link = run(
                    jenkins, setup, Result.FAILURE, "sh 'rm -f digest && ln -s /etc/passwd digest'\n" + adopt(place));
            jenkins.assertLogContains("is a link, expected a regular file", link);
            jenkins.assertLogNotContains("root:", link);
        }
    }

    @Test
    void givesTheBuilderAPlaceOfItsOwnInABlock(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.offerKeys(key(setup));
            GateSetup.offerPolicies(policy(setup));

            WorkflowRun run = run(
                    jenkins,
                    setup,
                    Result.SUCCESS,
                    "def made = withImageAdopt(image: '" + setup.host() + "/staging/shop', digestFile: 'digest') {\n"
                            + push("one", "$AIRWORTHY_IMAGE").replace("$", "\\$")
                            + "}\necho \"made ${made.reference}\"\n"
                            + "sh 'echo outside=[$AIRWORTHY_IMAGE]'\n" + TEST + promote(setup));

            jenkins.assertLogContains("made " + setup.host() + "/staging/shop/run-", run);
            jenkins.assertLogContains("outside=[]", run);
            assertThat(setup.at("prod/shop:1")).isPresent();
            assertThat(provenance(run).predicate().toString())
                    .contains("\"absentBefore\":\"true\"", "\"kinds\":[\"ADOPTED\",\"INLINE\"]");
        }
    }

    @Test
    void saysThatSomethingWasThereBeforeTheBlock(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            String place = setup.host() + "/staging/shop:1";

            WorkflowRun run = run(
                    jenkins,
                    setup,
                    Result.SUCCESS,
                    push("two", place) + "withImageAdopt(image: '" + place + "', digestFile: 'digest') {\n"
                            + push("one", place) + "}\n");

            assertThat(provenance(run).predicate().toString()).contains("\"absentBefore\":\"false\"");
        }
    }

    @Test
    void adoptsNothingIfTheBlockFailsOrWritesNothing(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            String place = setup.host() + "/staging/shop:1";
            String block = "withImageAdopt(image: '" + place + "', digestFile: 'digest') {\n";

            WorkflowRun failed =
                    run(jenkins, setup, Result.FAILURE, block + push("one", place) + "error 'the builder failed'\n}\n");
            jenkins.assertLogContains("the builder failed", failed);
            assertThat(ImageRecord.of(failed).images()).isEmpty();

            WorkflowRun older = run(
                    jenkins, setup, Result.FAILURE, push("one", place) + "sleep 4\n" + block + "echo 'nothing'\n}\n");
            jenkins.assertLogContains("it is of an earlier build", older);
        }
    }

    /** The pipelines that docs/adopt.md shows, as they are written there, but for the registry's name and the builder. */
    @Test
    void everyExampleOfTheDocumentPromotes(JenkinsRule jenkins) throws Exception {
        List<String> examples = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/adopt.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(examples).hasSize(2);
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.offerKeys(key(setup));
            GateSetup.offerPolicies(policy(setup));
            for (String example : examples) {
                WorkflowJob job = (WorkflowJob) jenkins.jenkins.getItem(JOB);
                setup.run(
                        job == null ? jenkins.createProject(WorkflowJob.class, JOB) : job,
                        Result.SUCCESS,
                        example.replace(
                                        "node {\n",
                                        "node {\n" + TEST.lines().findFirst().orElseThrow() + "\n")
                                .replace("registry.example.com", setup.host())
                                .replaceAll("sh 'buildah bud [^\n]*'", "echo 'builds'")
                                .replaceAll(
                                        "buildah push --digestfile digest ([^ \n']+)'",
                                        skopeo + " copy -q --dest-tls-verify=false --digestfile digest oci:"
                                                + folder.resolve("one") + ":1 docker://$1'"));
            }

            assertThat(setup.at("prod/shop:1.0")).isPresent();
            assertThat(setup.at("prod/shop:1.1")).isEqualTo(setup.at("prod/shop:1.0"));
        }
    }

    @Test
    void adoptsInAFreestyleJob(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.offerKeys(key(setup));
            FreeStyleProject job = jenkins.createFreeStyleProject(JOB);
            String place = setup.host() + "/staging/shop:";
            job.getBuildersList()
                    .add(new Shell(skopeo + " copy -q --dest-tls-verify=false --digestfile digest oci:"
                            + folder.resolve("one") + ":1 docker://" + place + "$BUILD_NUMBER"));
            job.getBuildersList().add(new ImageAdoptBuilder(new ImageAdoptStep(place + "${BUILD_NUMBER}", "digest")));
            job.getBuildersList().add(new ImageSignBuilder(new ImageSignStep()));
            jenkins.configRoundtrip(job);

            FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

            assertThat(recorded(build).adopted()).isTrue();
            assertThat(recorded(build).signatures()).hasSize(2);
        }
    }
}
