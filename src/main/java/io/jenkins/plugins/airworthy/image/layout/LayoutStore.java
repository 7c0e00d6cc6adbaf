package io.jenkins.plugins.airworthy.image.layout;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.ContentMismatchException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.VerifyingInputStream;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.IoFailures;
import io.jenkins.plugins.airworthy.image.store.TagWritePolicy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An OCI image layout folder, as skopeo, crane and Trivy read and write it. A folder that does not exist counts as empty
 * and is created by the first write. Refuses links and special files in it, tags that point at two images, and content
 * that does not hash to its name.
 *
 * <p>Evidence is listed in {@code index.json} without a tag, after the tagged images. Referrers that other tools keep in
 * an index tagged {@code sha256-<hex>}, as in registries, are found too.
 */
public final class LayoutStore implements ImageStore {
    private final LayoutReference location;
    private final LayoutFolder folder;
    private volatile Optional<ReadIndex> lastRead = Optional.empty();

    private LayoutStore(LayoutReference location) {
        this.location = location;
        this.folder = new LayoutFolder(location);
    }

    /** Opens a folder without reading or writing. Ignores tag and digest of the reference. */
    public static LayoutStore open(LayoutReference reference) {
        return new LayoutStore(new LayoutReference(reference.folder(), Optional.empty(), Optional.empty()));
    }

    @Override
    public LayoutReference location() {
        return location;
    }

    @Override
    public Optional<Descriptor> resolve(String tag) throws AirworthyException, InterruptedException {
        ImageReference.requireTag(tag, location + ":" + tag);
        return access("read index.json", () -> index().tagged(tag));
    }

    @Override
    public Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException {
        ImageReference.requireTag(tag, location + ":" + tag);
        return access("read the tag " + tag, () -> {
            LayoutIndex index = index();
            Optional<Descriptor> found = index.tagged(tag);
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new LayoutManifests(folder, index)
                            .readListed(found.get().digest()));
        });
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) throws AirworthyException, InterruptedException {
        return access("read manifest " + digest, () -> new LayoutManifests(folder, index()).read(digest));
    }

    @Override
    public Optional<Manifest> manifest(Descriptor listed, int maxBytes)
            throws AirworthyException, InterruptedException {
        Digest digest = listed.digest();
        return access("read manifest " + digest, () -> new LayoutManifests(folder, index()).read(digest, maxBytes));
    }

    /** Verifies the file's digest, since an incomplete or changed file counts as absent and is replaced. */
    @Override
    public boolean hasBlob(Digest digest) throws AirworthyException, InterruptedException {
        return access("read blob " + digest, () -> isWhole(digest));
    }

    @Override
    public OptionalLong blobSize(Digest digest) throws AirworthyException, InterruptedException {
        return access("look at blob " + digest, () -> {
            Optional<Long> size = folder.size(folder.blobFile(digest));
            return size.isPresent() ? OptionalLong.of(size.get()) : OptionalLong.empty();
        });
    }

    @Override
    public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
        return access("read blob " + blob.digest(), () -> {
            Path file = folder.blobFile(blob.digest());
            Optional<Long> size = folder.size(file);
            if (size.isEmpty()) {
                throw new UndecidedException(location + " has no blob " + blob.digest());
            }
            if (size.get() != blob.size()) {
                throw new UndecidedException(location + ": blob " + blob.digest() + " has " + size.get()
                        + " bytes instead of " + blob.size() + "; restore the folder");
            }
            return new VerifyingInputStream(folder.open(file), blob);
        });
    }

    @Override
    public void putBlob(Descriptor blob, BlobSource source) throws AirworthyException, InterruptedException {
        access("write blob " + blob.digest(), () -> {
            prepare();
            if (!isWhole(blob.digest())) {
                try (InputStream in = new VerifyingInputStream(source.open(), blob)) {
                    folder.replace(folder.blobFile(blob.digest()), in);
                }
            }
            return blob;
        });
    }

    /** Mounts only within the same folder: with a hard link, a user who may write the other folder could change this one. */
    @Override
    public boolean mountBlob(Descriptor blob, ImageStore from) throws AirworthyException, InterruptedException {
        return from instanceof LayoutStore other && other.folder.root().equals(folder.root()) && hasBlob(blob.digest());
    }

    @Override
    public void putManifest(Manifest manifest) throws AirworthyException, InterruptedException {
        putBlob(
                manifest.descriptor(),
                () -> new ByteArrayInputStream(manifest.content().bytes()));
        if (manifest.subject().isPresent()) {
            change(index -> index.withEvidence(manifest));
        }
    }

    @Override
    public void tag(String tag, Manifest manifest) throws AirworthyException, InterruptedException {
        ImageReference.requireTag(tag, location + ":" + tag);
        if (!hasBlob(manifest.digest())) {
            throw new UndecidedException(
                    location + ":" + tag + ": cannot point at " + manifest.digest() + ", which is not in the folder");
        }
        change(index -> index.withTag(tag, manifest));
    }

    /** Compares under the folder's lock. */
    @Override
    public Optional<UndecidedException> tagOnce(String tag, Optional<Digest> before, Manifest manifest)
            throws AirworthyException, InterruptedException {
        ImageReference.requireTag(tag, location + ":" + tag);
        putBlob(
                manifest.descriptor(),
                () -> new ByteArrayInputStream(manifest.content().bytes()));
        LayoutIndex now = change(index ->
                index.tagged(tag).map(Descriptor::digest).equals(before) ? index.withTag(tag, manifest) : index);
        return now.tagged(tag).map(Descriptor::digest).equals(Optional.of(manifest.digest()))
                ? Optional.empty()
                : Optional.of(new UndecidedException(location + ":" + tag + ": was moved meanwhile; try again"));
    }

    @Override
    public TagWritePolicy tagWrites() {
        return TagWritePolicy.COMPARED;
    }

    @Override
    public List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException {
        return access("list what refers to " + subject, () -> new LayoutManifests(folder, index()).referrers(subject));
    }

    /** Removes entries only: the files remain, since an index elsewhere may name a manifest. */
    @Override
    public void removeReferrers(Digest subject, List<Digest> referrers)
            throws AirworthyException, InterruptedException {
        Set<Digest> removed = Set.copyOf(referrers);
        change(index -> index.without(removed));
        for (Descriptor left : referrers(subject)) {
            if (removed.contains(left.digest())) {
                throw new UndecidedException(location + ": " + left.digest() + " is listed at the tag sha256-"
                        + subject.hex() + " too, which another program wrote; remove it with that program");
            }
        }
    }

    private boolean isWhole(Digest digest) throws AirworthyException, IOException {
        Path file = folder.blobFile(digest);
        Optional<Long> size = folder.size(file);
        if (size.isEmpty()) {
            return false;
        }
        try (InputStream in = new VerifyingInputStream(folder.open(file), new Descriptor("", digest, size.get()))) {
            in.skip(Long.MAX_VALUE);
            return true;
        } catch (ContentMismatchException e) {
            return false;
        }
    }

    /** Reads the index each time, since others write it, but parses it only if it changed. */
    private LayoutIndex index() throws AirworthyException, IOException {
        String what = location + ": index.json";
        Optional<byte[]> bytes =
                folder.exists() ? folder.read(folder.indexFile(), Manifest.MAX_BYTES) : Optional.empty();
        if (bytes.isEmpty()) {
            return LayoutIndex.empty(what);
        }
        Optional<ReadIndex> last = lastRead;
        if (last.isEmpty() || !Arrays.equals(last.get().bytes, bytes.get())) {
            last = Optional.of(new ReadIndex(bytes.get(), LayoutIndex.parse(bytes.get(), what)));
            lastRead = last;
        }
        return last.get().index;
    }

    /** Parses the index. */
    private static final class ReadIndex {
        private final byte[] bytes;
        private final LayoutIndex index;

        private ReadIndex(byte[] bytes, LayoutIndex index) {
            this.bytes = bytes;
            this.index = index;
        }
    }

    private LayoutIndex change(Change change) throws AirworthyException, InterruptedException {
        return access("write index.json", () -> {
            prepare();
            FolderLock lock = folder.lock();
            try {
                LayoutIndex changed = change.of(index());
                folder.replace(folder.indexFile(), changed.bytes());
                return changed;
            } finally {
                lock.close();
            }
        });
    }

    private void prepare() throws AirworthyException, IOException, InterruptedException {
        if (!folder.exists()) {
            Files.createDirectories(folder.root());
            FolderLock lock = folder.lock();
            try {
                if (!folder.exists()) {
                    folder.create();
                }
            } finally {
                lock.close();
            }
        }
    }

    private <T> T access(String what, Access<T> access) throws AirworthyException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return access.run();
        } catch (IOException e) {
            throw IoFailures.undecided(location + ": could not " + what, e);
        }
    }

    @FunctionalInterface
    private interface Access<T> {
        T run() throws AirworthyException, IOException, InterruptedException;
    }

    @FunctionalInterface
    private interface Change {
        LayoutIndex of(LayoutIndex index) throws AirworthyException;
    }
}
