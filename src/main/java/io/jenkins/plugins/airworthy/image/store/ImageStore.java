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
 * One repository of a registry, or one OCI layout folder. Everything read by digest is hashed against that digest;
 * whatever cannot be read or written is a failure, and only what the store itself says is not there is absent.
 * Safe for use by several threads. Blocking calls end with {@link InterruptedException} when their thread is interrupted.
 */
public interface ImageStore extends AutoCloseable {
    /** The repository, without tag and digest; for messages and for telling stores apart. */
    ImageReference location();

    /** What a tag points at now. */
    Optional<Descriptor> resolve(String tag) throws AirworthyException, InterruptedException;

    /** The manifest with this digest, at most {@link Manifest#MAX_BYTES}. */
    Optional<Manifest> manifest(Digest digest) throws AirworthyException, InterruptedException;

    /**
     * The manifest that a list of referrers names, if it is small.
     *
     * @throws InvalidInputException when it has more bytes than are allowed; no more of them are read
     * @throws UndecidedException when the store answers with something that cannot be what it lists
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

    /** The manifest that a tag points at now; one request where {@link #resolve} and {@link #manifest} would take two. */
    Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException;

    boolean hasBlob(Digest digest) throws AirworthyException, InterruptedException;

    /** How many bytes a blob has, as the store says it; absent when there is no such blob, or the store does not say. */
    default OptionalLong blobSize(Digest digest) throws AirworthyException, InterruptedException {
        return OptionalLong.empty();
    }

    /**
     * The bytes of a blob. The stream fails with an {@link IOException} instead of ending when the bytes are not those
     * that the descriptor names, in digest or size; what was read before the end is not yet to be believed.
     *
     * @throws UndecidedException when the store has no such blob
     */
    InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException;

    /**
     * The whole of a small blob, verified.
     *
     * @throws InvalidInputException when its descriptor names more bytes than are allowed
     * @throws UndecidedException when the store has no such blob, or other content under its name
     */
    default byte[] readBlob(Descriptor blob, int maxBytes) throws AirworthyException, InterruptedException {
        if (blob.size() > maxBytes) {
            throw new InvalidInputException(location() + ": blob " + blob.digest() + " has " + blob.size()
                    + " bytes, more than the allowed " + maxBytes);
        }
        try (InputStream in = openBlob(blob)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw IoTrouble.undecided(location() + ": could not read blob " + blob.digest(), e);
        }
    }

    /** Writes a blob unless it is there. The source is opened again when the writing has to start anew. */
    void putBlob(Descriptor blob, BlobSource source) throws AirworthyException, InterruptedException;

    /** Takes a blob from another repository of the same store without moving its bytes; false if that is not possible. */
    boolean mountBlob(Descriptor blob, ImageStore from) throws AirworthyException, InterruptedException;

    /**
     * Writes a manifest by its digest. If it has a subject, it is listed among the subject's referrers afterwards, with
     * no other writer's entry lost.
     */
    void putManifest(Manifest manifest) throws AirworthyException, InterruptedException;

    /**
     * Writes several manifests in their order, and lists them afterwards as {@link #putManifest} does each, which may take
     * less time for all of them together.
     */
    default void putManifests(List<Manifest> manifests) throws AirworthyException, InterruptedException {
        for (Manifest manifest : manifests) {
            putManifest(manifest);
        }
    }

    /** Lets a tag point at a manifest that is there already; the last thing done to publish anything. */
    void tag(String tag, Manifest manifest) throws AirworthyException, InterruptedException;

    /**
     * The manifests that name this digest as their subject, all of them. What the list says of them (media type, size,
     * artifact type) is a hint; of its annotations only those are kept that say whether evidence need be fetched, hints too.
     *
     * @throws AirworthyException when the list cannot be read in whole
     */
    List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException;

    /**
     * Takes referrers off the list of what refers to a digest, and then removes their manifests where the store does so; what
     * they name is left to the store's own clearing up. An end at any point leaves no entry in the list whose manifest is
     * gone, and others in the list untouched.
     *
     * @throws UndecidedException when the store cannot, or does not, take them off the list
     */
    default void removeReferrers(Digest subject, List<Digest> referrers)
            throws AirworthyException, InterruptedException {
        throw new UndecidedException(location() + ": nothing can be removed here");
    }

    @Override
    default void close() {}

    /** Opens the bytes of a blob from their start, as often as it is asked. */
    @FunctionalInterface
    interface BlobSource {
        InputStream open() throws AirworthyException, IOException, InterruptedException;
    }
}
