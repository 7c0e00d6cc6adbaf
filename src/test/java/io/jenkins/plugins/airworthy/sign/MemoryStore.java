package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.TagWritePolicy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that a test can make lie, and that counts what it is asked. */
public class MemoryStore implements ImageStore {
    public final Map<Digest, Manifest> manifests = new ConcurrentHashMap<>();
    public final Map<String, Manifest> tags = new ConcurrentHashMap<>();
    public final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
    /** What the list of referrers says, for every subject. */
    public final List<Descriptor> listed = new ArrayList<>();
    /** Requests for manifests, blobs and lists. */
    public final AtomicInteger requests = new AtomicInteger();

    @Override
    public ImageReference location() {
        try {
            return ImageReference.parse("registry.example.com/team/app");
        } catch (InvalidInputException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<Descriptor> resolve(String tag) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Manifest> manifest(String tag) throws AirworthyException {
        requests.incrementAndGet();
        return Optional.ofNullable(tags.get(tag));
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) {
        requests.incrementAndGet();
        return Optional.ofNullable(manifests.get(digest));
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return blobs.containsKey(digest);
    }

    @Override
    public InputStream openBlob(Descriptor blob) throws UndecidedException {
        requests.incrementAndGet();
        byte[] bytes = blobs.get(blob.digest());
        if (bytes == null) {
            throw new UndecidedException("no blob " + blob.digest());
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public void putBlob(Descriptor blob, BlobSource source) throws AirworthyException, InterruptedException {
        try (InputStream stream = source.open()) {
            blobs.put(blob.digest(), stream.readAllBytes());
        } catch (IOException e) {
            throw new UndecidedException("memory", e);
        }
    }

    @Override
    public boolean mountBlob(Descriptor blob, ImageStore from) {
        return false;
    }

    @Override
    public void putManifest(Manifest manifest) {
        manifests.put(manifest.digest(), manifest);
        listed.add(manifest.descriptor());
    }

    @Override
    public void tag(String tag, Manifest manifest) {
        manifests.put(manifest.digest(), manifest);
        tags.put(tag, manifest);
    }

    @Override
    public Optional<UndecidedException> tagOnce(String tag, Optional<Digest> before, Manifest manifest) {
        tag(tag, manifest);
        return Optional.empty();
    }

    @Override
    public TagWritePolicy tagWrites() {
        return TagWritePolicy.COMPARED;
    }

    @Override
    public List<Descriptor> referrers(Digest subject) {
        requests.incrementAndGet();
        return List.copyOf(listed);
    }
}
