package io.jenkins.plugins.airworthy.image.layout;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the manifests of a layout folder, and finds those that refer to another one. Refuses files that do not hash to
 * their name, and lists with an unreadable manifest, since that manifest could decide.
 */
public final class LayoutManifests {
    /** Maximum size of the manifests that are read to find referrers, in bytes. */
    public static final long MAX_LISTED_BYTES = 64L * 1024 * 1024;

    private final LayoutFolder folder;
    private final LayoutIndex index;

    LayoutManifests(LayoutFolder folder, LayoutIndex index) {
        this.folder = folder;
        this.index = index;
    }

    /** Returns the manifest; refuses a large one. */
    Optional<Manifest> read(Digest digest, int maxBytes) throws AirworthyException, IOException {
        Optional<Long> size = folder.size(folder.blobFile(digest));
        if (size.isPresent() && size.get() > maxBytes) {
            throw new InvalidInputException(
                    folder.name() + "@" + digest + ": its manifest has more than the allowed " + maxBytes + " bytes");
        }
        return read(digest);
    }

    Optional<Manifest> read(Digest digest) throws AirworthyException, IOException {
        Optional<byte[]> bytes = folder.read(folder.blobFile(digest), Manifest.MAX_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        if (!Digest.of(bytes.get()).equals(digest)) {
            throw new UndecidedException(
                    folder.name() + ": the file of manifest " + digest + " contains other content; restore the folder");
        }
        return Optional.of(Manifest.parse(mediaType(digest, bytes.get()), bytes.get()));
    }

    /** Returns a manifest that the folder lists; if it is missing, the folder is damaged. */
    Manifest readListed(Digest digest) throws AirworthyException, IOException {
        Optional<Manifest> manifest = read(digest);
        if (manifest.isEmpty()) {
            throw new UndecidedException(
                    folder.name() + " lists manifest " + digest + ", but its file is missing; restore the folder");
        }
        return manifest.get();
    }

    List<Descriptor> referrers(Digest subject) throws AirworthyException, IOException {
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        long bytes = 0;
        for (Descriptor candidate : candidates(subject)) {
            boolean manifest = MediaTypes.IMAGES.contains(candidate.mediaType())
                    || MediaTypes.INDEXES.contains(candidate.mediaType());
            if (!manifest || candidate.digest().equals(subject) || found.containsKey(candidate.digest())) {
                continue;
            }
            Manifest read = readListed(candidate.digest());
            bytes += read.content().size();
            if (bytes > MAX_LISTED_BYTES) {
                throw new UndecidedException(folder.name() + " lists manifests of more than the allowed "
                        + MAX_LISTED_BYTES + " bytes; split the folder");
            }
            if (read.subject().map(Descriptor::digest).equals(Optional.of(subject))) {
                found.put(read.digest(), describe(read));
            }
        }
        return List.copyOf(found.values());
    }

    private List<Descriptor> candidates(Digest subject) throws AirworthyException, IOException {
        List<Descriptor> candidates = new ArrayList<>(index.entries());
        Optional<Descriptor> fallback = index.tagged("sha256-" + subject.hex());
        if (fallback.isPresent() && readListed(fallback.get().digest()) instanceof IndexManifest listed) {
            candidates.addAll(listed.manifests());
        }
        return candidates;
    }

    /** Returns the descriptor as a registry would list it (distribution specification, "Listing Referrers"). */
    private static Descriptor describe(Manifest manifest) {
        Optional<String> type = manifest.artifactType();
        if (type.isEmpty() && manifest instanceof ImageManifest image) {
            type = Optional.of(image.config().mediaType());
        }
        Descriptor plain = manifest.descriptor();
        return new Descriptor(
                        plain.mediaType(), plain.digest(), plain.size(), type, manifest.annotations(), Optional.empty())
                .asListed();
    }

    /** Determines the media type: a folder does not name it, and the specification lets a manifest omit it. */
    private String mediaType(Digest digest, byte[] bytes) throws InvalidInputException {
        Optional<Descriptor> entry = index.entry(digest);
        if (entry.isPresent()) {
            return entry.get().mediaType();
        }
        JsonObject json = StrictJson.parseObject(bytes, "manifest " + digest, Manifest.MAX_BYTES, Manifest.MAX_VALUES);
        return json.optionalString("mediaType")
                .orElse(json.has("manifests") ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST);
    }
}
