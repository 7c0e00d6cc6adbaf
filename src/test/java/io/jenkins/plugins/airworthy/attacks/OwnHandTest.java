package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.cli.Session;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRing;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Attack 12: a build that makes evidence for its own image. The command line observes and signs in the folder of the
 * build; afterwards nothing new may be attached to the image.
 */
class OwnHandTest extends Attack {
    private final Session session = new Session();
    private Path key;

    @BeforeEach
    void giveTheBuildAKey() throws Exception {
        key = Files.writeString(folder.resolve("release.key"), KeyFiles.plainPem((SoftwareKey) release));
        session.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    }

    private void refused(String[] command, String... why) throws Exception {
        int before = staging.referrers(image.digest()).size();
        Session.Ended ended = session.run(command);
        assertThat(ended.status()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(why);
        assertThat(staging.referrers(image.digest())).hasSize(before);
    }

    private String[] command(String name, String... arguments) throws Exception {
        return Stream.concat(Stream.of(name, staged().toString(), "--key", key.toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    @Test
    void refusesReportOfAnotherImage() throws Exception {
        ImageManifest clean = image("a clean image");
        refused(
                command("scan", "--report", report(clean).toString()),
                "is about another image than",
                image.digest().toString(),
                clean.config().digest().toString());
    }

    /** A scan made elsewhere counts as imported, and this policy asks for more. */
    @Test
    void refusesImageWhoseOnlyScanIsAnImportedReport() throws Exception {
        stageWithout(Piece.SCAN);
        Session.Ended ended =
                session.run(command("scan", "--report", report(image).toString()));
        assertThat(ended.status()).as(ended.err()).isZero();
        assertRefused(
                "vulnerabilities,secrets",
                "vulnerabilities on linux/amd64: no scan result about "
                        + image.digest().abbreviated(),
                "imported");
    }

    /** A bill of materials that was handed in may be written by hand; it counts as imported, and this policy asks for more. */
    @Test
    void refusesImageWhoseOnlyBillOfMaterialsWasHandedIn() throws Exception {
        changePolicy("- secrets:", "- sbom: {format: cyclonedx}\n    - secrets:");
        Path invented = Files.writeString(folder.resolve("sbom.json"), """
                {"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"harmless"}]}""");
        Session.Ended ended = session.run(command("attest", "--type", "cyclonedx", "--predicate", invented.toString()));
        assertThat(ended.status()).as(ended.err()).isZero();
        assertRefused("sbom:cyclonedx", "imported");
    }

    private Path report(ImageManifest about) throws Exception {
        return Files.writeString(folder.resolve("report.json"), """
                {"SchemaVersion":2,"ArtifactType":"container_image","CreatedAt":"%s",
                 "Metadata":{"ImageID":"%s"},"Results":[]}""".formatted(
                        NOW.minusSeconds(60), about.config().digest()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cosign.sigstore.dev/attestation/vuln/v1",
                "https://COSIGN.sigstore.dev/attestation/vuln/v2?clean#yes",
                "https://in-toto.io/attestation/test-result/v0.1",
                "https://slsa.dev/provenance/v0.2",
                "https://slsa.dev/verification_summary/v1",
                "https://sigstore.dev/cosign/sign/v1",
                "https://cyclonedx.org/bom/v1.6"
            })
    void refusesFreeFormAttestationOfAReservedType(String type) throws Exception {
        Path clean = Files.writeString(folder.resolve("clean.json"), "{}");
        refused(
                command("attest", "--type", type, "--predicate", clean.toString()),
                type,
                "reserved for what airworthy itself observes");
    }

    @ParameterizedTest
    @CsvSource({
        "shop/cart, IMAGE, is for the folders and jobs [release]",
        "release/cart, TEST, does not sign test results"
    })
    void refusesKeyThatIsNotOfferedToTheJobOrForTheRole(String job, KeyRole role, String why) throws Exception {
        KeyEntry entry = new KeyEntry("release");
        entry.setPublicKey(release.publicKey().pem());
        entry.setCredentialsId("release-key");
        entry.setRoles(List.of(KeyRole.IMAGE));
        entry.setFolders(List.of("release"));
        KeyRing ring = new KeyRing(
                List.of(entry),
                new SignatureLog(TestLedger.in(folder)),
                new EndedKeys(folder.resolve("ended-keys.jsonl")));
        assertThat(ring.signingKey("release", KeyRole.IMAGE, "release/cart", staged(), true, Set.of())
                        .name())
                .isEqualTo("release");
        assertThatThrownBy(() -> ring.signingKey("release", role, job, staged(), true, Set.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("key 'release' " + why);
    }

    @Test
    void refusesTestReportOfAnOlderBuild() throws Exception {
        Path reports = Files.createTempDirectory(Path.of("target"), "reports");
        Path file = Files.writeString(
                reports.resolve("TEST-a.xml"),
                "<testsuite name='a' timestamp='2026-11-19T12:00:00Z'><testcase name='passes'/></testsuite>");
        try {
            refused(
                    command("test", "--junit", reports + "/*.xml", "--junit-since", NOW.toString()),
                    "TEST-a.xml",
                    "is a report of 2026-11-19T12:00:00Z, before this build began at " + NOW);
        } finally {
            Files.delete(file);
            Files.delete(reports);
        }
    }

    /** The claim is signed by the release key, but the layers contradict it. */
    @Test
    void refusesBaseThatTheLayersDoNotBeginWith() throws Exception {
        ImageReference bases = ImageReference.parse("oci:" + folder.resolve("base") + ":1");
        LayoutStore store = LayoutStore.open((LayoutReference) bases);
        ImageManifest base = Samples.image(store, "linux/amd64", "the reviewed base");
        store.tag("1", base);
        changePolicy(
                "    - user: {nonRoot: true}",
                "    - user: {nonRoot: true}\n    - base: {allow: [\"oci:" + folder.resolve("base") + "\"]}");
        stageWithout(Piece.PROVENANCE);
        attach(image, on(bases, base), release);
        assertRefused("base", "base on linux/amd64: ", "layers do not begin with those of base '" + bases);
    }

    @Test
    void promotesImageWhoseLayersBeginWithItsBase() throws Exception {
        ImageReference bases = ImageReference.parse("oci:" + folder.resolve("base") + ":1");
        LayoutStore store = LayoutStore.open((LayoutReference) bases);
        stageWithout(Piece.PROVENANCE);
        ImageManifest base = Samples.image(store, "linux/amd64", "cart[PROVENANCE]");
        store.tag("1", base);
        changePolicy(
                "    - user: {nonRoot: true}",
                "    - user: {nonRoot: true}\n    - base: {allow: [\"oci:" + folder.resolve("base") + "\"]}");
        attach(image, on(bases, base), release);
        assertPromoted();
    }

    private Statement on(ImageReference bases, ImageManifest base) {
        Statement honest = provenance(image);
        Provenance claimed = Provenance.of(
                Provenance.JENKINS_BUILD,
                BUILDER,
                Optional.of(new Provenance.Source(SOURCE, "refs/heads/main", Optional.of("0".repeat(40)))),
                Optional.of(new Provenance.Base(bases.toString(), base.digest().toString())),
                List.of(),
                Optional.empty(),
                NOW.minusSeconds(10_800),
                NOW.minusSeconds(10_000));
        return new Statement(
                honest.subject(),
                honest.observation(),
                PredicateTypes.PROVENANCE,
                claimed.toPredicate(StrictJson.object(), StrictJson.object()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--policy=/dev/null", "-h", "--key=other.pub", "--format=json"})
    void refusesOptionInPlaceOfAnImage(String image) throws Exception {
        Path policy = Files.writeString(folder.resolve("production.yaml"), document());
        List<String> before = published();
        Session.Ended ended = session.run(
                "promote",
                "--policy",
                policy.toString(),
                "--trust",
                "release="
                        + Files.writeString(
                                folder.resolve("release.pub"),
                                release.publicKey().pem()),
                "--",
                image,
                target().toString());
        assertThat(ended.status()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("'" + image + "' does not name its registry");
        assertUntouched(before);
    }

    /** A label that would be a line of its own in a log, or a second label. */
    @Test
    void refusesLabelWithANewline() throws Exception {
        Path file = Files.writeString(folder.resolve("app.txt"), "x");
        String hostile = "team=one\n[airworthy]   passed   signature: signed by key release";
        Session.Ended ended = session.run(
                "build",
                "--base",
                "scratch",
                "--file",
                file + ":/app.txt",
                "--label",
                hostile,
                "--to",
                "oci:" + folder.resolve("built") + ":1");
        List<String> lines = new ArrayList<>(ended.out().lines().toList());
        lines.addAll(ended.err().lines().toList());
        assertThat(lines).noneMatch(line -> line.startsWith("[airworthy]"));
        assertThat(ended.status()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("label");
    }

    /** What an image says of itself never makes a line of its own in a verdict. */
    @Test
    void keepsNewlinesOfEvidenceOutOfTheVerdict() throws Exception {
        stageWithout(Piece.PROVENANCE);
        ObjectNode predicate = provenance(image).predicate().deepCopy();
        ((ObjectNode) predicate.at("/runDetails/builder")).put("id", "x\npassed   provenance: built by us");
        attach(
                image,
                new Statement(subject(image), Optional.of(seen(NOW)), PredicateTypes.PROVENANCE, predicate),
                release);
        Judged judged = assertRefused("provenance", "provenance: ");
        assertThat(judged.verdict().items())
                .allSatisfy(item -> assertThat(item.reason()).doesNotContain("\n"));
        assertThat(told(judged).lines()).noneMatch(line -> line.strip().startsWith("passed   provenance"));
    }
}
