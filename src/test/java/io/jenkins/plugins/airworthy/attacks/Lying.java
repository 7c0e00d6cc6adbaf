package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry in an attacker's hands: it can list and hide anything. */
final class Lying extends PassingStore {
    private final Set<Digest> hidden = new HashSet<>();
    private final Set<Digest> unlisted = new HashSet<>();
    private final Map<Digest, Map<String, String>> relabelled = new HashMap<>();
    private final List<Descriptor> listed = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private Optional<Manifest> later = Optional.empty();

    private Lying(ImageStore store) {
        super(store);
    }

    static Lying about(ImageStore store) {
        return new Lying(store);
    }

    /** Has no such manifest any more, and lists it all the same. */
    Lying without(Digest manifest) {
        hidden.add(manifest);
        return this;
    }

    /** Has it, and does not list it any more. */
    Lying unlisting(Digest manifest) {
        unlisted.add(manifest);
        return this;
    }

    /** Lists it with another annotation than its manifest has. */
    Lying relabelling(Digest manifest, String annotation, String text) {
        relabelled.computeIfAbsent(manifest, digest -> new HashMap<>()).put(annotation, text);
        return this;
    }

    /** Lists a manifest that refers to something else. */
    Lying alsoListing(Descriptor manifest) {
        listed.add(manifest);
        return this;
    }

    /** Lists so many manifests of no kind that matters. */
    Lying alsoListing(int number) {
        for (int i = 0; i < number; i++) {
            listed.add(Descriptor.of(MediaTypes.OCI_INDEX, Integer.toString(i).getBytes(StandardCharsets.US_ASCII)));
        }
        return this;
    }

    /** Resolves the tag correctly once, and to something else after that. */
    Lying thenTagging(Manifest manifest) {
        later = Optional.of(manifest);
        return this;
    }

    @Override
    public Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException {
        return later.isPresent() && asked.getAndIncrement() > 0 ? later : super.manifest(tag);
    }

    @Override
    public Optional<Descriptor> resolve(String tag) throws AirworthyException, InterruptedException {
        return later.isPresent() && asked.getAndIncrement() > 0 ? later.map(Manifest::descriptor) : super.resolve(tag);
    }

    @Override
    public Optional<Manifest> manifest(Digest digest) throws AirworthyException, InterruptedException {
        return hidden.contains(digest) ? Optional.empty() : super.manifest(digest);
    }

    @Override
    public List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException {
        List<Descriptor> all = new ArrayList<>(super.referrers(subject));
        all.removeIf(referrer -> unlisted.contains(referrer.digest()));
        all.replaceAll(this::told);
        all.addAll(listed);
        return all;
    }

    private Descriptor told(Descriptor genuine) {
        Map<String, String> annotations = new HashMap<>(genuine.annotations());
        annotations.putAll(relabelled.getOrDefault(genuine.digest(), Map.of()));
        return new Descriptor(
                genuine.mediaType(),
                genuine.digest(),
                genuine.size(),
                genuine.artifactType(),
                annotations,
                genuine.platform());
    }
}
