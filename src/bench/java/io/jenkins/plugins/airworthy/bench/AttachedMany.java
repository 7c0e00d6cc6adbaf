package io.jenkins.plugins.airworthy.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Attaches very many good statements to one image, as years of nightly tests would. The list is written once, at the end,
 * where an honest writer would write it each time.
 */
final class AttachedMany extends PassingStore {
    private final ArrayNode entries = StrictJson.object().putArray("manifests");
    private final ImageStore registry;

    private AttachedMany(ImageStore registry) {
        super(registry);
        this.registry = registry;
    }

    /** Makes the image's statements this many: copies of its test result, each of another time. */
    static void to(ImageStore registry, Descriptor image, int number, StatementSigner signer, TrustedKey key)
            throws Exception {
        List<VerifiedEvidence> there =
                EvidenceReader.read(registry, image.digest(), List.of(key)).verified();
        Statement result = there.stream()
                .map(VerifiedEvidence::statement)
                .filter(statement -> statement.predicateType().equals(PredicateTypes.TEST_RESULT))
                .findFirst()
                .orElseThrow();
        AttachedMany many = new AttachedMany(registry);
        for (Descriptor listed : registry.referrers(image.digest())) {
            many.entries.add(listed.toJson());
        }
        Instant first = Instant.now().minusSeconds(3_600L * number);
        for (int i = there.size(); i < number; i++) {
            Observation seen = new Observation(Observer.BUILD_AGENT, first.plusSeconds(3_600L * i));
            Statement older = new Statement(
                    new Subject(Optional.empty(), image.digest()),
                    Optional.of(seen),
                    result.predicateType(),
                    result.predicate());
            EvidenceWriter.attach(many, image, older, signer, Clock.systemUTC());
        }
        many.list(image);
    }

    /** Under a tag of its own, so that nobody lists it but a registry that does so by itself. */
    @Override
    public void putManifest(Manifest manifest) throws AirworthyException, InterruptedException {
        Descriptor plain = manifest.descriptor();
        entries.add(new Descriptor(
                        plain.mediaType(),
                        plain.digest(),
                        plain.size(),
                        manifest.artifactType(),
                        manifest.annotations(),
                        Optional.empty())
                .toJson());
        registry.tag("evidence-" + entries.size(), manifest);
    }

    private void list(Descriptor image) throws AirworthyException, InterruptedException {
        ObjectNode index = StrictJson.object();
        index.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        index.set("manifests", entries);
        registry.tag("sha256-" + image.digest().hex(), Manifest.parse(MediaTypes.OCI_INDEX, StrictJson.write(index)));
    }
}
