package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The images of one repository of a registry
 * (<a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md">OCI distribution specification</a>) or of one
 * OCI layout folder. All content read by digest is verified against that digest. Thread-safe. Blocking calls end with
 * {@link InterruptedException} when their thread is interrupted.
 *
 * <p>Methods throw {@link InvalidInputException} if the content is malformed or the call can never succeed, and
 * {@link UndecidedException} if the store cannot be read or written. Only content that the store itself says does not exist
 * is an empty result; a failure never is.
 */
public interface ImageStore extends AutoCloseable {
    /** The repository, without tag and digest; used in messages and to distinguish stores. */
    ImageReference location();

    /**
     * Resolves a tag.
     *
     * @return what the tag points at now; empty if the store says that the tag does not exist
     * @throws InvalidInputException if the manifest is malformed
     * @throws UndecidedException if the store cannot be read
     */
    Optional<Descriptor> resolve(String tag) throws AirworthyException, InterruptedException;

    /**
     * Reads the manifest with this digest.
     *
     * @return the verified manifest; empty if the store says that it does not exist
     * @throws InvalidInputException if it is malformed or has more than {@link Manifest#MAX_BYTES} bytes
     * @throws UndecidedException if it cannot be read, or its content does not have the digest
     */
    Optional<Manifest> manifest(Digest digest) throws AirworthyException, InterruptedException;

    /**
     * Reads a small manifest from a list of referrers.
     *
     * @param maxBytes the maximum size in bytes; at most one byte more is read
     * @return the verified manifest; empty if the store says that it does not exist
     * @throws InvalidInputException if it is malformed or has more bytes
     * @throws UndecidedException if it cannot be read, or the answer cannot be the listed manifest
     */
    default Optional<Manifest> manifest(Descriptor listed, int maxBytes)
            throws AirworthyException, InterruptedException {
        Digest digest = listed.digest();
        Optional<Manifest> found = manifest(digest);
        if (found.isPresent() && found.get().content().size() > maxBytes) {
            throw new InvalidInputException(location().repository() + "@" + digest + ": its manifest has more than the"
                    + " allowed " + maxBytes + " bytes");
        }
        return found;
    }

    /**
     * Reads the manifest that a tag points at now, in one request instead of two for {@link #resolve} and {@link #manifest}.
     *
     * @return the manifest; empty if the store says that the tag does not exist
     * @throws InvalidInputException if it is malformed or has more than {@link Manifest#MAX_BYTES} bytes
     * @throws UndecidedException if it cannot be read
     */
    Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException;

    boolean hasBlob(Digest digest) throws AirworthyException, InterruptedException;

    /** Returns the size of a blob in bytes, as the store reports it; empty if the blob does not exist or the size is not reported. */
    default OptionalLong blobSize(Digest digest) throws AirworthyException, InterruptedException {
        return OptionalLong.empty();
    }

    /**
     * Opens a blob. The stream fails with an {@link IOException} instead of ending if the bytes do not have the
     * descriptor's digest and size; do not trust the bytes before the end of the stream.
     *
     * @throws UndecidedException if the blob does not exist or cannot be read
     */
    InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException;

    /**
     * Reads a small blob completely and verifies it.
     *
     * @param maxBytes the maximum size in bytes
     * @throws InvalidInputException if its descriptor has a larger size
     * @throws UndecidedException if the blob does not exist, cannot be read, or does not have the digest
     */
    default byte[] readBlob(Descriptor blob, int maxBytes) throws AirworthyException, InterruptedException {
        if (blob.size() > maxBytes) {
            throw new InvalidInputException(location() + ": blob " + blob.digest() + " has " + blob.size()
                    + " bytes, more than the allowed " + maxBytes);
        }
        try (InputStream in = openBlob(blob)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw IoFailures.undecided(location() + ": could not read blob " + blob.digest(), e);
        }
    }

    /**
     * Writes a blob unless it exists.
     *
     * @param source is opened again for each new attempt
     * @throws UndecidedException if the blob cannot be written
     */
    void putBlob(Descriptor blob, BlobSource source) throws AirworthyException, InterruptedException;

    /** Takes a blob from another repository of the same store without transferring its bytes; false if that is not possible. */
    boolean mountBlob(Descriptor blob, ImageStore from) throws AirworthyException, InterruptedException;

    /**
     * Writes a manifest by its digest. If it has a subject, it is listed among the subject's referrers afterwards, and
     * entries of concurrent writers are not lost.
     *
     * @throws InvalidInputException if the store refuses the manifest
     * @throws UndecidedException if the manifest cannot be written, or it is unknown whether it is listed
     */
    void putManifest(Manifest manifest) throws AirworthyException, InterruptedException;

    /**
     * Writes several manifests in order, and lists them afterwards, which may be faster than {@link #putManifest} for each.
     */
    default void putManifests(List<Manifest> manifests) throws AirworthyException, InterruptedException {
        for (Manifest manifest : manifests) {
            putManifest(manifest);
        }
    }

    /**
     * Moves a tag to a manifest that exists already; always the last step of publishing.
     *
     * @throws UndecidedException if the tag cannot be moved, or it is unknown whether it was
     */
    void tag(String tag, Manifest manifest) throws AirworthyException, InterruptedException;

    /**
     * Writes a manifest and moves a tag to it that other programs move too, in a single try: what they wrote meanwhile has to be
     * read before the next one. The manifest is not listed among the referrers of a subject.
     *
     * @param before what the tag stood for when it was read; a store that can compare moves it only if it still does
     * @return the failure, if it may pass; then it is unknown whether the tag was moved
     */
    Optional<UndecidedException> tagOnce(String tag, Optional<Digest> before, Manifest manifest)
            throws AirworthyException, InterruptedException;

    /** How long a writer of such a tag has to look whether its entries remain. */
    TagWritePolicy tagWrites();

    /**
     * Lists all manifests that name this digest as their subject. The media type, size and artifact type in the list are hints. Of
     * the annotations only those are kept that say whether evidence must be fetched; they are hints too.
     *
     * @throws InvalidInputException if the list is malformed
     * @throws UndecidedException if the list cannot be read completely
     */
    List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException;

    /**
     * Removes referrers of a digest from the list, and then their manifests if the store supports it; their blobs are left to
     * the store's garbage collection. An interruption never leaves a list entry without its manifest, and other
     * entries are unchanged.
     *
     * @throws UndecidedException if the store cannot, or does not, remove them from the list
     */
    default void removeReferrers(Digest subject, List<Digest> referrers)
            throws AirworthyException, InterruptedException {
        throw new UndecidedException(location() + ": nothing can be removed here");
    }

    @Override
    default void close() {}

    /** Opens the content of a blob from its start, any number of times. */
    @FunctionalInterface
    interface BlobSource {
        InputStream open() throws AirworthyException, IOException, InterruptedException;
    }
}
