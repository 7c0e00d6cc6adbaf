package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Signs statements and attaches them to the image they are about, as cosign 3 does: one OCI 1.1 referrer for each, or where
 * that is asked for a layer at one of the older tags. Refuses to attach a statement to anything but its own subject, and to publish a signature that does not verify.
 */
public final class EvidenceWriter {
    static final String CONTENT = "dev.sigstore.bundle.content";
    static final String PREDICATE_TYPE = Descriptor.BUNDLED_TYPE;
    static final String CREATED = Descriptor.CREATED;

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    private EvidenceWriter() {}

    /** The statement by which cosign 3 says "I signed this image". */
    public static Statement signatureOf(Subject image, Optional<Observation> observation) {
        return new Statement(image, observation, PredicateTypes.COSIGN_SIGNATURE, StrictJson.object());
    }

    /**
     * Signs a statement and writes it to the store: as a referrer of the image, or for a signer of the
     * {@linkplain EvidenceFormat#with legacy format} as a layer at one of its tags.
     *
     * @param subject the image's manifest, as the store has it
     * @return the manifest that was written; at a tag it has the layers of others too
     */
    public static Descriptor attach(
            ImageStore store, Descriptor subject, Statement statement, EvidenceSigner signer, Clock clock)
            throws AirworthyException, InterruptedException {
        if (!statement.subject().digest().equals(subject.digest())) {
            throw new InvalidInputException(
                    "a statement about " + statement.subject().digest() + " cannot be attached to " + subject.digest()
                            + " in " + store.location());
        }
        requireReadable(statement);
        if (signer instanceof LegacySigner legacy) {
            return LegacyWriter.attach(store, statement, legacy.key());
        }
        byte[] bundle = signer.signStatement(
                statement.toBytes(), "a statement about " + statement.subject().digest());
        Descriptor layer = Descriptor.of(Bundle.TYPE, bundle);
        Descriptor config = Descriptor.of(MediaTypes.OCI_EMPTY, EMPTY);
        Manifest manifest = manifest(subject, statement.predicateType(), config, layer, clock);
        store.putBlob(config, () -> new ByteArrayInputStream(EMPTY));
        store.putBlob(layer, () -> new ByteArrayInputStream(bundle));
        store.putManifest(manifest);
        return manifest.descriptor();
    }

    private static void requireReadable(Statement statement) throws InvalidInputException {
        int size = statement.toBytes().length;
        if (size > Statement.MAX_BYTES) {
            throw new InvalidInputException("the statement " + statement.predicateType() + " about "
                    + statement.subject().digest() + " has " + size + " bytes; at most " + Statement.MAX_BYTES
                    + " can be read again");
        }
    }

    private static Manifest manifest(
            Descriptor subject, String predicateType, Descriptor config, Descriptor layer, Clock clock)
            throws InvalidInputException {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.OCI_MANIFEST);
        json.put("artifactType", Bundle.TYPE);
        // cosign repeats the type here, and "cosign clean" removes only what has it here.
        json.set("config", config.toJson().put("artifactType", Bundle.TYPE));
        json.putArray("layers").add(layer.toJson());
        json.set("subject", new Descriptor(subject.mediaType(), subject.digest(), subject.size()).toJson());
        json.putObject("annotations")
                .put(CREATED, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .put(CONTENT, "dsse-envelope")
                .put(PREDICATE_TYPE, predicateType);
        return Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(json));
    }
}
