package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.policy.Given;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A staging repository with an image that has all evidence, and a production repository where the target's tag points to
 * another image. Both are OCI layout folders; a test that needs registries says otherwise.
 */
abstract class StagedImage {
    static final Instant NOW = Given.NOW;
    static final String TAG = "v1.0";
    static final String BUILDER = "https://jenkins.example.com/";
    static final String SOURCE = "https://git.example.com/acme/cart";

    @TempDir
    Path folder;

    final SigningKey release = SoftwareKey.generate();
    final SigningKey stranger = SoftwareKey.generate();
    ImageStore staging;
    ImageStore production;
    /** The digest that the tag has in staging, until an attack moves it. */
    ImageManifest image;

    ImageManifest running;

    /** What a build leaves on its image. */
    enum Piece {
        SIGNATURE,
        PROVENANCE,
        TESTS,
        SCAN
    }

    @BeforeEach
    void stage() throws Exception {
        staging = open(staged());
        production = open(target());
        stageWithout();
        running = Samples.image(production, "linux/amd64", "what runs today");
        production.tag(TAG, running);
    }

    /** Where the repositories of a stage are. */
    String place(String stage) {
        return "oci:" + folder.resolve(stage);
    }

    ImageStore open(ImageReference reference) throws AirworthyException {
        return LayoutStore.open((LayoutReference) reference);
    }

    ImageReference staged() throws AirworthyException {
        return ImageReference.parse(place("staging") + "/cart:" + TAG);
    }

    ImageReference target() throws AirworthyException {
        return ImageReference.parse(place("production") + "/cart:" + TAG);
    }

    /** All that can be seen at the target: every file with the digest of its bytes. */
    List<String> published() throws Exception {
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder.resolve("production"))) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.add(file + " " + Digest.of(Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return files;
    }

    /** A new image under the tag, with all the evidence but these pieces. */
    ImageManifest stageWithout(Piece... missing) throws Exception {
        Set<Piece> left = Set.of(missing);
        image = image("cart" + left);
        if (!left.contains(Piece.SIGNATURE)) {
            sign(image, release);
        }
        if (!left.contains(Piece.PROVENANCE)) {
            attach(image, provenance(image), release);
        }
        if (!left.contains(Piece.TESTS)) {
            attach(image, tests(image, TestResult.Outcome.PASSED, NOW.minusSeconds(7_200)), release);
        }
        if (!left.contains(Piece.SCAN)) {
            attach(image, Scan.of(image).statement(), release);
        }
        staging.tag(TAG, image);
        return image;
    }

    /** An image without tag and without evidence. */
    ImageManifest image(String content) throws AirworthyException, InterruptedException {
        return Samples.image(staging, "linux/amd64", content);
    }

    Descriptor sign(Manifest about, SigningKey key) throws AirworthyException, InterruptedException {
        return attach(about, signature(about), key);
    }

    Descriptor attach(Manifest about, Statement statement, SigningKey key)
            throws AirworthyException, InterruptedException {
        return EvidenceWriter.attach(
                staging, about.descriptor(), statement, new KeySigner(key), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** Attaches whatever an attacker made; the digest is of the manifest around it. */
    Digest attach(Manifest about, ObjectNode bundle) throws AirworthyException, InterruptedException {
        return Forge.attach(staging, about.descriptor(), StrictJson.write(bundle));
    }

    /** Where a layout folder keeps it. */
    Path blob(Digest digest) {
        return folder.resolve("staging/cart/blobs/sha256").resolve(digest.hex());
    }

    static Statement signature(Manifest about) {
        return EvidenceWriter.signatureOf(subject(about), Optional.of(seen(NOW.minusSeconds(3_600))));
    }

    static Statement provenance(Manifest about) {
        Provenance built = Provenance.of(
                Provenance.JENKINS_BUILD,
                BUILDER,
                Optional.of(new Provenance.Source(SOURCE, "refs/heads/main", Optional.of("0".repeat(40)))),
                Optional.empty(),
                List.of(),
                Optional.of(BUILDER + "job/cart/1/"),
                NOW.minusSeconds(10_800),
                NOW.minusSeconds(10_000));
        return new Statement(
                subject(about),
                Optional.of(seen(NOW.minusSeconds(10_000))),
                PredicateTypes.PROVENANCE,
                built.toPredicate(StrictJson.object(), StrictJson.object()));
    }

    static Statement tests(Manifest about, TestResult.Outcome outcome, Instant at) {
        boolean passed = outcome == TestResult.Outcome.PASSED;
        TestResult result = new TestResult(
                "junit",
                outcome,
                passed ? List.of("starts") : List.of(),
                List.of(),
                passed ? List.of() : List.of("starts"),
                List.of(new TestResult.Configuration("junit.xml", Optional.empty())));
        return result.toStatement(subject(about), seen(at));
    }

    static Subject subject(Manifest about) {
        return new Subject(Optional.of("cart"), about.digest());
    }

    static Observation seen(Instant at) {
        return new Observation(Observer.BUILD_AGENT, at);
    }
}
