package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A store that caches manifests and small blobs of another store by digest. What can change (tags, referrers, existence)
 * is never cached. Writes go to the other store.
 */
public final class CachingStore implements ImageStore {
    private final ImageStore store;
    private final DigestCache cache;
    private final DigestCache.Scope scope;

    /**
     * Creates a store that reads through a cache.
     *
     * @param reader identifies the credentials that the store reads with; empty for none. Different readers do not share
     *     entries.
     */
    public CachingStore(ImageStore store, DigestCache cache, String reader) {
        this.store = store;
        this.cache = cache;
        this.scope = new DigestCache.Scope(store.location().repository(), reader);
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
        Optional<Manifest> known = cache.manifest(scope, digest);
        return known.isPresent() ? known : remember(store.manifest(digest));
    }

    @Override
    public Optional<Manifest> manifest(Descriptor listed, int maxBytes)
            throws AirworthyException, InterruptedException {
        Optional<Manifest> known = cache.manifest(scope, listed.digest());
        return known.isPresent() && known.get().content().size() <= maxBytes
                ? known
                : remember(store.manifest(listed, maxBytes));
    }

    /** Resolves the tag first, unless the cache is empty. */
    @Override
    public Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException {
        if (!cache.knows(scope)) {
            return remember(store.manifest(tag));
        }
        Optional<Descriptor> found = store.resolve(tag);
        return found.isPresent() ? manifest(found.get().digest()) : Optional.empty();
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
        if (blob.size() > DigestCache.MAX_ENTRY_BYTES) {
            return store.openBlob(blob);
        }
        Optional<byte[]> known = cache.blob(scope, blob.digest());
        if (known.isPresent() && known.get().length == blob.size()) {
            return new ByteArrayInputStream(known.get());
        }
        InputStream read = store.openBlob(blob);
        return cache.mayCollect(blob.size()) ? new RememberedBlob(read, blob, cache, scope) : read;
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
    public void putManifests(List<Manifest> manifests) throws AirworthyException, InterruptedException {
        store.putManifests(manifests);
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

    @Override
    public void close() {
        store.close();
    }

    private Optional<Manifest> remember(Optional<Manifest> read) {
        read.ifPresent(manifest -> cache.put(scope, manifest));
        return read;
    }
}
