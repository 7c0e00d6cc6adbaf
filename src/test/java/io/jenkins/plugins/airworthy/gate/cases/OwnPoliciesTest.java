package io.jenkins.plugins.airworthy.gate.cases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.cli.Session;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Given;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The policies of the README and of the policy reference have cases of their own, which are run as a user's are. */
class OwnPoliciesTest {
    private static final Path CASES = Path.of("src/test/data/policy-cases");
    private static final Instant NOW = Given.NOW;
    private static final byte[] BASE = Samples.tar("etc/os-release", "ID=debian\nVERSION_ID=12\n");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    /** The first policy of a document. */
    private static String policy(String document) throws Exception {
        String text = Files.readString(Path.of(document));
        int begin = text.indexOf("```yaml\napiVersion: airworthy/v1\nkind: Policy\n") + "```yaml\n".length();
        return text.substring(begin, text.indexOf("```", begin));
    }

    @ParameterizedTest
    @CsvSource({"readme,README.md,4", "reference,docs/policy.md,6"})
    void decideAsTheirCasesSay(String name, String document, int cases) throws Exception {
        Path file = Files.writeString(folder.resolve("policy.yaml"), policy(document));
        Session.Ended ended = new Session()
                .run("policy", "test", file.toString(), CASES.resolve(name).toString());
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains(cases + " cases: " + cases + " as expected, 0 not");
    }

    /** What the policy reference shows of cases is what is run here. */
    @Test
    void theReferenceShowsCasesThatAreRun() throws Exception {
        Path reference = CASES.resolve("reference");
        String document = Files.readString(Path.of("docs/policy.md"));
        assertThat(document)
                .contains("```yaml\n" + Files.readString(reference.resolve("scan-too-old.yaml")) + "```")
                .contains("```yaml\n" + Files.readString(reference.resolve("name-of-another.yaml")) + "```");
        Pattern.compile("^cases/(\\S+)", Pattern.MULTILINE)
                .matcher(document)
                .results()
                .forEach(named -> assertThat(reference.resolve(named.group(1))).exists());
    }

    /** Makes saved images anew that were deleted, with another key; their cases beside them are written by hand. */
    @BeforeEach
    void saveImagesWhenAsked() throws Exception {
        if (!System.getProperty("airworthy.cases", "").equals("write")
                || Files.exists(CASES.resolve("readme").resolve("cart"))) {
            return;
        }
        save("readme", "README.md", "staging.example.com/shop/cart:1.0", "registry.example.com/shop/cart:1.0");
        save(
                "reference",
                "docs/policy.md",
                "registry.example.com/staging/shop/cart:1.0",
                "registry.example.com/prod/shop/cart:v1.0");
    }

    private void save(String name, String document, String image, String target) throws Exception {
        LayoutStore store =
                LayoutStore.open(new LayoutReference(folder.resolve(name), Optional.empty(), Optional.empty()));
        Digest base = Samples.put(store, Samples.manifest(config(store, BASE), layer(store, BASE)))
                .digest();
        ImageManifest made = image(store, image);
        SoftwareKey key = SoftwareKey.generate();
        for (Statement statement : statements(made, base, name.equals("reference"))) {
            EvidenceWriter.attach(store, made.descriptor(), statement, new KeySigner(key), CLOCK);
        }
        ImageStores stores = any -> store;
        CaseWriter writer = CaseWriter.into(CASES.resolve(name).resolve("cart"));
        ImageStores saving = writer.saving(stores);
        VerifyRequest request = new VerifyRequest(
                ImageReference.parse(image),
                Optional.of(ImageReference.parse(target)),
                Policy.parse(policy(document).getBytes(UTF_8), document),
                List.of(new TrustedKey("release", key.publicKey())));
        Judged judged = new Gate(saving, CLOCK).verify(request, Progress.SILENT);
        writer.complete(saving, request, judged, Optional.empty());
        Path cart = CASES.resolve(name).resolve("cart");
        Files.deleteIfExists(cart.resolve("image/.lock"));
        for (String shared : List.of("image", "release.pub")) {
            Files.move(cart.resolve(shared), CASES.resolve(name).resolve(shared));
        }
        Files.writeString(
                CASES.resolve(name).resolve("stranger.pub"),
                SoftwareKey.generate().publicKey().pem());
        assertThat(judged.verdict().passed())
                .as(judged.verdict().toJson().toPrettyString())
                .isTrue();
    }

    private static ImageManifest image(LayoutStore store, String name) throws Exception {
        byte[] app = Samples.tar("app.txt", name);
        ImageManifest image = (ImageManifest)
                Samples.put(store, Samples.manifest(config(store, BASE, app), layer(store, BASE), layer(store, app)));
        store.tag("1.0", image);
        return image;
    }

    private static Descriptor config(LayoutStore store, byte[]... layers) throws Exception {
        ObjectNode json = StrictJson.object().put("architecture", "amd64").put("os", "linux");
        ObjectNode settings = json.putObject("config").put("User", "1000");
        settings.putObject("Labels").put("org.opencontainers.image.source", "https://git.example.com/acme/shop/cart");
        for (byte[] layer : layers) {
            json.withObjectProperty("rootfs")
                    .put("type", "layers")
                    .withArrayProperty("diff_ids")
                    .add(Digest.of(layer).toString());
        }
        return Samples.blob(store, MediaTypes.OCI_CONFIG, StrictJson.write(json));
    }

    private static Descriptor layer(LayoutStore store, byte[] tar) throws Exception {
        return Samples.blob(store, MediaTypes.OCI_LAYER_GZIP, Samples.gzip(tar));
    }

    private static List<Statement> statements(ImageManifest image, Digest base, boolean vulnerable) throws Exception {
        Subject subject = new Subject(Optional.of("cart"), image.digest());
        Provenance built = Provenance.of(
                Provenance.JENKINS_BUILD,
                "https://jenkins.example.com/",
                Optional.of(new Provenance.Source(
                        "https://git.example.com/acme/shop/cart", "refs/heads/main", Optional.of("0".repeat(40)))),
                Optional.of(new Provenance.Base("registry.example.com/base/debian:12", base.toString())),
                List.of(),
                Optional.of("https://jenkins.example.com/job/cart/1/"),
                NOW.minusSeconds(10_800),
                NOW.minusSeconds(10_000));
        TestResult tests = new TestResult(
                "junit",
                TestResult.Outcome.PASSED,
                List.of("starts"),
                List.of(),
                List.of(),
                List.of(new TestResult.Configuration("junit.xml", Optional.empty())));
        Observation controller = new Observation(Observer.CONTROLLER, NOW.minusSeconds(10_000));
        Observation trusted = new Observation(Observer.TRUSTED_AGENT, NOW.minusSeconds(3_600));
        ObjectNode bom = StrictJson.object().put("bomFormat", "CycloneDX").put("specVersion", "1.6");
        bom.putArray("components")
                .addObject()
                .put("type", "library")
                .put("name", "lib")
                .put("purl", "pkg:maven/org.example/lib@1.0");
        Scan scan = vulnerable ? Scan.of(image).finding("CVE-2026-0001", "HIGH", "1.1", "2026-01-01") : Scan.of(image);
        return List.of(
                EvidenceWriter.signatureOf(subject, Optional.of(controller)),
                new Statement(
                        subject,
                        Optional.of(controller),
                        PredicateTypes.PROVENANCE,
                        built.toPredicate(StrictJson.object(), StrictJson.object())),
                tests.toStatement(subject, new Observation(Observer.BUILD_AGENT, NOW.minusSeconds(7_200))),
                new Statement(
                        subject,
                        Optional.of(trusted),
                        PredicateTypes.VULNERABILITIES,
                        scan.statement().predicate()),
                new Statement(subject, Optional.of(trusted), PredicateTypes.CYCLONEDX, bom));
    }
}
