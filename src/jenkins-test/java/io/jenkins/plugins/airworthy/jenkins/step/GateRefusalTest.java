package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Images that the gate does not let through, and what a build's log says of them. */
@WithJenkins
class GateRefusalTest {
    @TempDir
    Path folder;

    @Test
    void refusesUnsignedForeignSignedAndTamperedImagesWithEveryReason(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            WorkflowRun unsigned = setup.run(
                    Result.FAILURE, "node {\n" + setup.build("unsigned:1", "x") + setup.promote("unsigned:1") + "\n}");
            jenkins.assertLogContains("[airworthy]   FAILED   signature: ", unsigned);
            jenkins.assertLogContains("[airworthy]   FAILED   provenance: ", unsigned);
            jenkins.assertLogContains("ERROR: imagePromote: policy 'production' does not let ", unsigned);
            jenkins.assertLogContains("\n  signature: ", unsigned);
            jenkins.assertLogContains("\n  imageSign was not called for this image in this run", unsigned);
            jenkins.assertLogContains("\n  tests on linux/amd64: ", unsigned);
            setup.assertNothingPromoted("unsigned:1");

            signAsStranger(setup, setup.host() + "/staging/unsigned:1");
            WorkflowRun foreign = setup.run(
                    Result.FAILURE,
                    "imagePromote image: '" + setup.host() + "/staging/unsigned:1', to: '" + setup.host()
                            + "/prod/unsigned:1'");
            jenkins.assertLogContains("evidence that was found and not believed:", foreign);
            jenkins.assertLogContains("not signed by any trusted key", foreign);
            jenkins.assertLogNotContains("imageSign was not called", foreign);
            setup.assertNothingPromoted("unsigned:1");

            WorkflowRun tampered = setup.run(
                    Result.FAILURE,
                    "node {\n" + setup.build("shop:1", "good") + "imageSign()\n"
                            + setup.build("shop:1", "changed after signing") + setup.promote("shop:1") + "\n}");
            jenkins.assertLogContains("[airworthy]   FAILED   signature: ", tampered);
            setup.assertNothingPromoted("shop:1");
        }
    }

    @Test
    void returnsTheRefusalAndPromotesNothingWhenToldNotToFail(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            WorkflowRun run = setup.run(
                    Result.SUCCESS,
                    "node {\n" + setup.build("shop:1", "x") + "def v = imagePromote to: '" + setup.host()
                            + "/prod/shop:1', failOnRefusal: false\n"
                            + "echo \"told ${v.passed} ${v.promoted} ${v.decision} ${v.reasons.size()} ${v.reasons[0]}\"\n}");

            jenkins.assertLogContains("told false false FAILED 3 signature: ", run);
            jenkins.assertLogContains("refused: nothing was written to " + setup.host() + "/prod/shop:1", run);
            setup.assertNothingPromoted("shop:1");
        }
    }

    @Test
    void refusesAVulnerableImageAndNamesWhatIsWrongWithIt(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.scanWithTrivy(folder.resolve("cache"));
            PolicyEntry strict = setup.policy("production");
            PolicyEntry stricter = new PolicyEntry(
                    "production",
                    strict.getText()
                            .replaceAll("  without: .*\n", "")
                            .replace(
                                    "- signature: {}",
                                    "- signature: {}\n    - vulnerabilities: {deny: [CRITICAL, HIGH]}"));
            stricter.setAccepts(strict.getAccepts());
            GateSetup.offerPolicies(stricter);

            WorkflowRun run = setup.run(
                    Result.FAILURE,
                    "node {\nsh 'mkdir -p app root && cp " + vulnerableLibrary() + " app/ && cp -r "
                            + Path.of("src/demo/base").toAbsolutePath() + "/. root'\n"
                            + setup.build("shop:1", "x").replace("['app:/app']", "['root:/', 'app:/app']")
                            + "def found = imageScan()\necho \"found ${found.critical}\"\nimageSign()\n"
                            + setup.promote("shop:1") + "\n}");

            jenkins.assertLogContains("[airworthy]   passed   signature: ", run);
            jenkins.assertLogContains("[airworthy]   FAILED   vulnerabilities on linux/amd64: ", run);
            jenkins.assertLogContains("CVE-2021-44228", run);
            jenkins.assertLogNotContains("found 0", run);
            setup.assertNothingPromoted("shop:1");
        }
    }

    /** An archive that names itself as Maven does, of a version with known vulnerabilities. */
    private Path vulnerableLibrary() throws IOException {
        Path jar = folder.resolve("log4j-core-2.14.1.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties"));
            zip.write("groupId=org.apache.logging.log4j\nartifactId=log4j-core\nversion=2.14.1\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static void signAsStranger(GateSetup setup, String name) throws Exception {
        ImageReference reference = ImageReference.parse(name);
        Manifest image = setup.at(name.substring(setup.host().length() + 1)).orElseThrow();
        try (ImageStore store = Registries.current().controllerStores().open(reference)) {
            EvidenceWriter.attach(
                    store,
                    image.descriptor(),
                    EvidenceWriter.signatureOf(
                            new Subject(Optional.of(reference.repository()), image.digest()),
                            Optional.of(new Observation(
                                    Observer.CONTROLLER, Clock.systemUTC().instant()))),
                    new KeySigner(SoftwareKey.generate()),
                    Clock.systemUTC());
        }
    }
}
