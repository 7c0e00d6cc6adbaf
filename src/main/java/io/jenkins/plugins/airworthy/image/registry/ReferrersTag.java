package io.jenkins.plugins.airworthy.image.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.SharedTag;
import io.jenkins.plugins.airworthy.image.store.SharedTagWriter;
import io.jenkins.plugins.airworthy.image.store.TagEntry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The list of referrers of one subject at the tag {@code sha256-<hex>}, for registries without the API (distribution
 * specification, "Referrers Tag Schema"). Refuses an image at that tag.
 */
final class ReferrersTag implements SharedTag {
    private final Repository repository;
    private final Manifests manifests;
    private final Digest subject;
    private final String tag;
    private boolean written;

    ReferrersTag(Repository repository, Manifests manifests, Digest subject) {
        this.repository = repository;
        this.manifests = manifests;
        this.subject = subject;
        this.tag = "sha256-" + subject.hex();
    }

    List<Descriptor> list() throws AirworthyException, InterruptedException {
        Optional<Manifest> index = read();
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        for (Descriptor entry :
                index.isEmpty() ? List.<Descriptor>of() : index.get().children()) {
            found.putIfAbsent(entry.digest(), entry.asListed());
        }
        return List.copyOf(found.values());
    }

    /** Lists manifests under their subject, and ends when they stay there. */
    void add(List<Manifest> referrers) throws AirworthyException, InterruptedException {
        writer().add(referrers.stream().map(ReferrersTag::entry).toList());
    }

    /** Takes manifests off the list of their subject, and ends when they stay away. */
    void remove(List<Digest> referrers) throws AirworthyException, InterruptedException {
        writer().remove(Set.copyOf(referrers));
    }

    private SharedTagWriter writer() {
        return new SharedTagWriter(this, manifests.limits().settling());
    }

    @Override
    public String name() {
        return repository.tagged(tag);
    }

    @Override
    public String mediaType() {
        return MediaTypes.OCI_INDEX;
    }

    @Override
    public String member() {
        return "manifests";
    }

    @Override
    public Object key(JsonObject entry) throws InvalidInputException {
        return Digest.member(entry, "digest");
    }

    @Override
    public void complete(ObjectNode list, List<TagEntry> entries) {
        // An index is complete with its manifests.
    }

    @Override
    public Optional<Manifest> read() throws AirworthyException, InterruptedException {
        Optional<Manifest> found = manifests.byTag(tag);
        if (found.map(Manifest::digest).equals(Optional.of(subject))) {
            if (written) {
                throw neverKept();
            }
            return Optional.empty(); // "cosign copy" leaves the image itself there, and an image lists nothing
        }
        if (found.isPresent() && !(found.get() instanceof IndexManifest)) {
            throw new UndecidedException("could not read the list of referrers at " + name()
                    + ": it is not an index, but an image; remove that tag");
        }
        return found;
    }

    /** Some registries take the digest in a tag's name for the digest itself, whatever is written there. */
    private UndecidedException neverKept() {
        return new UndecidedException("could not attach anything to " + repository.at(subject) + ": the registry does"
                + " not keep the tag " + tag
                + ", but answers it with the image itself; use a registry with"
                + " the referrers API, or write evidence in the older form (at the command line: --evidence-format"
                + " legacy)");
    }

    @Override
    public Optional<UndecidedException> write(Optional<Manifest> before, Manifest list)
            throws AirworthyException, InterruptedException {
        written = true;
        return manifests.putOnce(tag, list);
    }

    private static Descriptor entry(Manifest referrer) {
        Optional<String> type = referrer.artifactType();
        if (type.isEmpty() && referrer instanceof ImageManifest image) {
            type = Optional.of(image.config().mediaType());
        }
        return new Descriptor(
                referrer.content().mediaType(),
                referrer.digest(),
                referrer.content().size(),
                type,
                referrer.annotations(),
                Optional.empty());
    }
}
