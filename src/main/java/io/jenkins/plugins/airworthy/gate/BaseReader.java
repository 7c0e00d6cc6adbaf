package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.FoundBase;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the base images that provenance names, by their digests, so that a policy can compare their layers with the
 * image's layers. A base that cannot be read is a {@link FoundBase.Unread}, and the rule that needs it fails.
 */
public final class BaseReader {
    private final ImageStores stores;

    public BaseReader(ImageStores stores) {
        this.stores = stores;
    }

    Map<Provenance.Base, FoundBase> read(Set<Provenance.Base> claims) throws InterruptedException {
        Map<Provenance.Base, FoundBase> bases = new HashMap<>();
        for (Provenance.Base claim : claims) {
            bases.put(claim, read(claim));
        }
        return bases;
    }

    /** Reads what the registry has under the claimed digest. */
    public FoundBase read(Provenance.Base claim) throws InterruptedException {
        try {
            ImageReference reference = ImageReference.parse(claim.reference()).at(Digest.parse(claim.digest()));
            try (ImageStore store = stores.open(reference)) {
                ResolvedImage base = ImageReader.read(store, reference);
                if (!base.problems().isEmpty()) {
                    return new FoundBase.Unread(String.join("; ", base.problems()));
                }
                return new FoundBase.Read(layers(base));
            }
        } catch (AirworthyException e) {
            return new FoundBase.Unread(e.getMessage());
        }
    }

    /**
     * Why it is not known that an image was put on a base; empty if each of its platforms begins with the base's layers.
     */
    public Optional<String> doubt(Provenance.Base base, ResolvedImage image) throws InterruptedException {
        FoundBase found = read(base);
        if (!(found instanceof FoundBase.Read layers)) {
            return Optional.of(found instanceof FoundBase.Unread unread ? unread.reason() : "it was not read");
        }
        return image.platforms().stream()
                .flatMap(platform -> layers.problem(platform, "the base '" + base.reference() + "'").stream())
                .findFirst();
    }

    private static Map<Platform, List<Digest>> layers(ResolvedImage base) {
        Map<Platform, List<Digest>> layers = new HashMap<>();
        for (PlatformImage image : base.platforms()) {
            layers.put(
                    image.platform(),
                    image.manifest().layers().stream().map(Descriptor::digest).toList());
        }
        return layers;
    }
}
