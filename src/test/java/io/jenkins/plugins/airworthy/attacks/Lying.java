package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageStore;
import io.jenkins.plugins.airworthy.image.Manifest;
import io.jenkins.plugins.airworthy.image.MediaTypes;
import io.jenkins.plugins.airworthy.image.PassingStore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A registry in an attacker's hands: it lists what it likes and hides what it likes. */
final class Lying extends PassingStore {
    private final Set<Digest> hidden = new HashSet<>();
    private final List<Descriptor> listed = new ArrayList<>();

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

    @Override
    public Optional<Manifest> manifest(Digest digest) throws AirworthyException, InterruptedException {
        return hidden.contains(digest) ? Optional.empty() : super.manifest(digest);
    }

    @Override
    public List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException {
        List<Descriptor> all = new ArrayList<>(super.referrers(subject));
        all.addAll(listed);
        return all;
    }
}
