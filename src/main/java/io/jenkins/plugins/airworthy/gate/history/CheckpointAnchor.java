package io.jenkins.plugins.airworthy.gate.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.document.Utf8;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.ledger.PublishedLedger;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A repository in which the checkpoints of a ledger are kept, where who has the ledger's disk cannot delete them: an OCI artifact for each,
 * at the tag {@code size-N}, and the newest one at {@code newest}.
 */
public final class CheckpointAnchor {
    /** The artifact type, and the type of its one layer: a signed note. */
    public static final String TYPE = "application/vnd.airworthy.ledger.checkpoint.v1";

    private static final String NEWEST = "newest";
    private static final int MAX_BYTES = 64 * 1024;
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    private final ImageStores stores;
    private final ImageReference repository;

    /** @param repository without tag and digest */
    public CheckpointAnchor(ImageStores stores, ImageReference repository) throws InvalidInputException {
        if (repository.tag().isPresent() || repository.digest().isPresent()) {
            throw new InvalidInputException(
                    "the repository of a ledger's checkpoints has no tag and no digest: " + repository);
        }
        this.stores = stores;
        this.repository = repository;
    }

    /** The newest checkpoint there; none if there never was one. */
    public List<String> newest() throws AirworthyException, InterruptedException {
        try (ImageStore store = stores.open(repository)) {
            Optional<Manifest> found = store.manifest(NEWEST);
            if (found.isEmpty()) {
                return List.of();
            }
            if (!(found.get() instanceof ImageManifest manifest)
                    || manifest.layers().size() != 1
                    || !manifest.layers().get(0).mediaType().equals(TYPE)) {
                throw new InvalidInputException(
                        repository.tagged(NEWEST) + ": is not a checkpoint of a ledger, so nothing is promoted by it");
            }
            return List.of(Utf8.decode(
                    store.readBlob(manifest.layers().get(0), MAX_BYTES),
                    repository.tagged(NEWEST).toString()));
        }
    }

    /** Refuses a published ledger that does not continue the newest checkpoint there. */
    public void require(PublishedLedger ledger) throws AirworthyException, InterruptedException {
        for (String note : newest()) {
            Optional<String> problem =
                    ledger.contradiction(note, repository.tagged(NEWEST).toString());
            if (problem.isPresent()) {
                throw new UndecidedException("nothing is decided by this ledger: " + problem.get());
            }
        }
    }

    /** Keeps a checkpoint. */
    void keep(String note) throws AirworthyException, InterruptedException {
        byte[] content = note.getBytes(StandardCharsets.UTF_8);
        Descriptor layer = Descriptor.of(TYPE, content);
        Descriptor config = Descriptor.of(MediaTypes.OCI_EMPTY, EMPTY);
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.OCI_MANIFEST);
        json.put("artifactType", TYPE);
        json.set("config", config.toJson());
        json.putArray("layers").add(layer.toJson());
        Manifest manifest = Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(json));
        long size = Checkpoint.parse(note, "the own checkpoint").size();
        try (ImageStore store = stores.open(repository)) {
            store.putBlob(config, () -> new ByteArrayInputStream(EMPTY));
            store.putBlob(layer, () -> new ByteArrayInputStream(content));
            store.putManifest(manifest);
            store.tag("size-" + size, manifest);
            store.tag(NEWEST, manifest);
        }
    }

    @Override
    public String toString() {
        return repository.toString();
    }
}
