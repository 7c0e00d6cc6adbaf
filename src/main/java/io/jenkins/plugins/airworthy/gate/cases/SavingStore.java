package io.jenkins.plugins.airworthy.gate.cases;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.TagWritePolicy;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A store that reads from another one and keeps what was read in a layout folder: manifests, blobs, and the tags that were resolved.
 * Nobody who judges an image reads its layers, so the folder has none. Refuses to write to the other store.
 */
final class SavingStore implements ImageStore {
    private final ImageStore store;
    private final LayoutStore kept;

    SavingStore(ImageStore store, LayoutStore kept) {
        this.store = store;
        this.kept = kept;
    }

    @Override
    public ImageReference location() {
        return store.location();
    }

    @Override
    public Optional<Descriptor> resolve(String tag) throws AirworthyException, InterruptedException {
        return manifest(tag).map(Manifest::descriptor);
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) throws AirworthyException, InterruptedException {
        return keep(store.manifest(digest));
    }

    @Override
    public Optional<Manifest> manifest(Descriptor listed, int maxBytes)
            throws AirworthyException, InterruptedException {
        return keep(store.manifest(listed, maxBytes));
    }

    @Override
    public Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException {
        Optional<Manifest> found = keep(store.manifest(tag));
        if (found.isPresent()) {
            kept.tag(tag, found.get());
        }
        return found;
    }

    @Override
    public boolean hasBlob(Digest digest) throws AirworthyException, InterruptedException {
        return store.hasBlob(digest);
    }

    @Override
    public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
        kept.putBlob(blob, () -> store.openBlob(blob));
        return kept.openBlob(blob);
    }

    /** The list itself is not kept: the folder finds the manifests that were read by their subject. */
    @Override
    public List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException {
        return store.referrers(subject);
    }

    @Override
    public void putBlob(Descriptor blob, BlobSource source) {
        throw readOnly();
    }

    @Override
    public boolean mountBlob(Descriptor blob, ImageStore from) {
        throw readOnly();
    }

    @Override
    public void putManifest(Manifest manifest) {
        throw readOnly();
    }

    @Override
    public void tag(String tag, Manifest manifest) {
        throw readOnly();
    }

    @Override
    public Optional<UndecidedException> tagOnce(String tag, Optional<Digest> before, Manifest manifest) {
        throw readOnly();
    }

    @Override
    public TagWritePolicy tagWrites() {
        return store.tagWrites();
    }

    @Override
    public void close() {
        store.close();
    }

    private Optional<Manifest> keep(Optional<Manifest> read) throws AirworthyException, InterruptedException {
        if (read.isPresent()) {
            kept.putManifest(read.get());
        }
        return read;
    }

    private static IllegalStateException readOnly() {
        return new IllegalStateException("what is saved is only read");
    }
}
