package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.VerifyingInputStream;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.TagWritePolicy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One repository of a registry (OCI distribution specification 1.1). It does not trust a registry about content:
 * bytes are hashed, and bytes with another digest than requested are refused. Opened by
 * {@link RegistryStores}.
 */
public final class RegistryStore implements ImageStore {
    private final Repository repository;
    private final RegistryClient client;
    private final ReferrersApiCache memory;
    private final Manifests manifests;
    private final BlobWriter blobs;
    private final ReferrersApi referrersApi;

    RegistryStore(Repository repository, RegistryClient client, ReferrersApiCache memory) {
        this.repository = repository;
        this.client = client;
        this.memory = memory;
        this.manifests = new Manifests(repository, client);
        this.blobs = new BlobWriter(repository, client);
        this.referrersApi = new ReferrersApi(repository, client, memory);
    }

    @Override
    public ImageReference location() {
        return repository.reference();
    }

    @Override
    public Optional<Descriptor> resolve(String tag) throws AirworthyException, InterruptedException {
        return manifests.resolve(tag);
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) throws AirworthyException, InterruptedException {
        return manifests.byDigest(digest);
    }

    /**
     * {@inheritDoc}
     *
     * <p>An answer that was not read to its end may be something other than the manifest. Therefore the manifest counts as too
     * large only if the list says so as well.
     */
    @Override
    public Optional<Manifest> manifest(Descriptor listed, int maxBytes)
            throws AirworthyException, InterruptedException {
        try {
            return manifests.listed(listed, maxBytes);
        } catch (TooLargeException e) {
            if (listed.size() <= maxBytes) {
                throw e;
            }
            throw new InvalidInputException(
                    repository.at(listed.digest()) + ": its manifest has more than the allowed " + maxBytes + " bytes",
                    e);
        }
    }

    @Override
    public Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException {
        return manifests.byTag(tag);
    }

    @Override
    public boolean hasBlob(Digest digest) throws AirworthyException, InterruptedException {
        return blobs.has(digest);
    }

    @Override
    public OptionalLong blobSize(Digest digest) throws AirworthyException, InterruptedException {
        return blobs.size(digest);
    }

    @Override
    public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
        BlobReader reader = new BlobReader(client, repository, blob);
        try {
            return new VerifyingInputStream(reader, blob);
        } catch (IOException e) {
            reader.close();
            throw new UndecidedException(
                    "could not read the blob " + repository.at(blob.digest()) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void putBlob(Descriptor blob, BlobSource source) throws AirworthyException, InterruptedException {
        blobs.put(blob, source);
    }

    @Override
    public boolean mountBlob(Descriptor blob, ImageStore from) throws AirworthyException, InterruptedException {
        // Compares the places and not the classes, since a source behind a cache is in the same registry too.
        return from.location() instanceof RegistryReference other
                && other.host().equals(repository.reference().host())
                && blobs.mount(blob, new Repository(other));
    }

    @Override
    public void putManifest(Manifest manifest) throws AirworthyException, InterruptedException {
        putManifests(List.of(manifest));
    }

    @Override
    public void putManifests(List<Manifest> all) throws AirworthyException, InterruptedException {
        Map<Digest, List<Manifest>> unlisted = new LinkedHashMap<>();
        for (Manifest manifest : all) {
            boolean listed = manifests.put(manifest.digest().toString(), manifest);
            Optional<Digest> subject = manifest.subject().map(Descriptor::digest);
            if (subject.isPresent() && !isListed(manifest, subject.get(), listed)) {
                unlisted.computeIfAbsent(subject.get(), digest -> new ArrayList<>())
                        .add(manifest);
            }
        }
        for (Map.Entry<Digest, List<Manifest>> each : unlisted.entrySet()) {
            referrersTag(each.getKey()).add(each.getValue());
        }
    }

    private boolean isListed(Manifest manifest, Digest subject, boolean confirmed) throws UndecidedException {
        ReferrersSupport support = client.settings().referrers();
        if (confirmed && support != ReferrersSupport.TAG) {
            memory.present(repository);
            return true;
        }
        if (support == ReferrersSupport.API) {
            throw new UndecidedException("could not attach " + repository.at(manifest.digest()) + " to " + subject
                    + ": the registry does not confirm that it lists it, although its settings say that it has the"
                    + " referrers API");
        }
        return false;
    }

    @Override
    public void tag(String tag, Manifest manifest) throws AirworthyException, InterruptedException {
        manifests.put(tag, manifest);
    }

    /** The last writer wins, whatever was there before: no registry writes on a condition. */
    @Override
    public Optional<UndecidedException> tagOnce(String tag, Optional<Digest> before, Manifest manifest)
            throws AirworthyException, InterruptedException {
        return manifests.putOnce(tag, manifest);
    }

    @Override
    public TagWritePolicy tagWrites() {
        return client.limits().settling();
    }

    @Override
    public void removeReferrers(Digest subject, List<Digest> referrers)
            throws AirworthyException, InterruptedException {
        boolean api = listed(subject).isPresent();
        if (!api) {
            referrersTag(subject).remove(referrers);
        }
        for (Digest referrer : referrers) {
            boolean removed = manifests.delete(referrer);
            if (!removed && api) {
                throw new UndecidedException("could not remove " + repository.at(referrer)
                        + ": the registry removes no manifests; allow it in the registry's settings");
            }
            if (!removed) {
                return; // it is no longer listed, and nothing refers to it
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>If the registry has the API, its fallback tags are not read: the specification requires a registry that gains the
     * API to list what those tags name. Reading both would cost a request each time, and would trust a tag that every user
     * with write access can set to hide or invent entries.
     */
    @Override
    public List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException {
        Optional<List<Descriptor>> listed = listed(subject);
        return listed.isPresent() ? listed.get() : referrersTag(subject).list();
    }

    /** Returns what the registry lists by its API; empty if a tag contains the list. */
    private Optional<List<Descriptor>> listed(Digest subject) throws AirworthyException, InterruptedException {
        ReferrersSupport support = client.settings().referrers();
        boolean known = memory.isAbsent(repository);
        if (support == ReferrersSupport.API || (support == ReferrersSupport.DETECT && !known)) {
            Optional<List<Descriptor>> listed = referrersApi.list(subject);
            if (listed.isPresent()) {
                return listed;
            }
            if (support == ReferrersSupport.API) {
                throw new UndecidedException("could not list the referrers of " + repository.at(subject)
                        + ": the registry has no referrers API, although its settings say so");
            }
        }
        return Optional.empty();
    }

    Manifests manifests() {
        return manifests;
    }

    private ReferrersTag referrersTag(Digest subject) {
        return new ReferrersTag(repository, manifests, subject);
    }

    @Override
    public String toString() {
        return repository.name();
    }
}
