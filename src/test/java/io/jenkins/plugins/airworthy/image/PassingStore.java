package io.jenkins.plugins.airworthy.image;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.TagWritePolicy;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Another store as it is, for tests that change one of its answers or count them. */
public class PassingStore implements ImageStore {
    private final ImageStore store;

    public PassingStore(ImageStore store) {
        this.store = store;
    }

    @Override
    public ImageReference location() {
        return store.location();
    }

    @Override
    public Optional<Descriptor> resolve(String tag) throws AirworthyException, InterruptedException {
        return store.resolve(tag);
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) throws AirworthyException, InterruptedException {
        return store.manifest(digest);
    }

    @Override
    public Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException {
        return store.manifest(tag);
    }

    @Override
    public boolean hasBlob(Digest digest) throws AirworthyException, InterruptedException {
        return store.hasBlob(digest);
    }

    @Override
    public OptionalLong blobSize(Digest digest) throws AirworthyException, InterruptedException {
        return store.blobSize(digest);
    }

    @Override
    public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
        return store.openBlob(blob);
    }

    @Override
    public void putBlob(Descriptor blob, BlobSource source) throws AirworthyException, InterruptedException {
        store.putBlob(blob, source);
    }

    @Override
    public boolean mountBlob(Descriptor blob, ImageStore from) throws AirworthyException, InterruptedException {
        return store.mountBlob(blob, from);
    }

    @Override
    public void putManifest(Manifest manifest) throws AirworthyException, InterruptedException {
        store.putManifest(manifest);
    }

    @Override
    public void tag(String tag, Manifest manifest) throws AirworthyException, InterruptedException {
        store.tag(tag, manifest);
    }

    @Override
    public Optional<UndecidedException> tagOnce(String tag, Optional<Digest> before, Manifest manifest)
            throws AirworthyException, InterruptedException {
        return store.tagOnce(tag, before, manifest);
    }

    @Override
    public TagWritePolicy tagWrites() {
        return store.tagWrites();
    }

    @Override
    public void removeReferrers(Digest subject, List<Digest> referrers)
            throws AirworthyException, InterruptedException {
        store.removeReferrers(subject, referrers);
    }

    @Override
    public List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException {
        return store.referrers(subject);
    }
}
