package io.jenkins.plugins.airworthy.sign.attach;

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
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.SignedStatement;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Signs statements and attaches them to the image they are about, in the signer's storage format: one OCI 1.1 referrer for each, as
 * cosign 3 does, or a layer at one of cosign's older tags. Refuses to attach a statement to anything but its
 * subject.
 */
public final class EvidenceWriter {
    static final String CONTENT = "dev.sigstore.bundle.content";
    static final String PREDICATE_TYPE = Descriptor.BUNDLED_TYPE;
    static final String CREATED = Descriptor.CREATED;

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    private EvidenceWriter() {}

    /** Creates the statement with which cosign 3 says "I signed this image". */
    public static Statement signatureOf(Subject image, Optional<Observation> observation) {
        return new Statement(image, observation, PredicateTypes.COSIGN_SIGNATURE, StrictJson.object());
    }

    /**
     * Signs a statement and writes it to the store.
     *
     * @param subject the image's manifest in the store
     * @return the manifest that was written; at a tag it also has the layers of others
     * @throws InvalidInputException if the statement is about something else (it is not signed then), or if the signer
     *     or the store refuses it
     * @throws io.jenkins.plugins.airworthy.UndecidedException if the signer or the store fails
     */
    public static Descriptor attach(
            ImageStore store, Descriptor subject, Statement statement, StatementSigner signer, Clock clock)
            throws AirworthyException, InterruptedException {
        requireAbout(subject, statement, store);
        return attach(store, subject, signer.sign(statement), clock);
    }

    /**
     * Writes a signed statement to the store.
     *
     * @see #attach(ImageStore, Descriptor, Statement, StatementSigner, Clock)
     */
    public static Descriptor attach(ImageStore store, Descriptor subject, SignedStatement signed, Clock clock)
            throws AirworthyException, InterruptedException {
        requireAbout(subject, signed.statement(), store);
        return switch (signed.format()) {
            case BUNDLE -> attachBundle(store, subject, signed, clock);
            case LEGACY -> LegacyWriter.attach(store, signed);
        };
    }

    private static void requireAbout(Descriptor subject, Statement statement, ImageStore store)
            throws InvalidInputException {
        if (!statement.subject().digest().equals(subject.digest())) {
            throw new InvalidInputException(
                    "a statement about " + statement.subject().digest() + " cannot be attached to " + subject.digest()
                            + " in " + store.location());
        }
    }

    private static Descriptor attachBundle(ImageStore store, Descriptor subject, SignedStatement signed, Clock clock)
            throws AirworthyException, InterruptedException {
        byte[] bundle = signed.stored();
        Descriptor layer = Descriptor.of(Bundle.TYPE, bundle);
        Descriptor config = Descriptor.of(MediaTypes.OCI_EMPTY, EMPTY);
        Manifest manifest = manifest(subject, signed.statement().predicateType(), config, layer, clock);
        store.putBlob(config, () -> new ByteArrayInputStream(EMPTY));
        store.putBlob(layer, () -> new ByteArrayInputStream(bundle));
        store.putManifest(manifest);
        return manifest.descriptor();
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
