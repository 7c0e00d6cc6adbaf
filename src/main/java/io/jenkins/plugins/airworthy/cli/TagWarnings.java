package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.TimeLimit;
import io.jenkins.plugins.airworthy.gate.history.TargetHistory;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a tag is now, if that is not what its ledger says. */
final class TagWarnings {
    /** A ledger can be read where the registry cannot, so it is not asked for long. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private TagWarnings() {}

    static List<String> of(TargetHistory history, ImageStores stores, ImageReference name)
            throws AirworthyException, InterruptedException {
        Optional<Digest> now;
        try {
            now = TimeLimit.within(
                    PATIENCE, "the look at " + name, "the time for a look at a tag", () -> at(stores, name));
        } catch (AirworthyException e) {
            return List.of("what the tag is now is not known: " + e.getMessage());
        }
        return history.warnings(now);
    }

    private static Optional<Digest> at(ImageStores stores, ImageReference name)
            throws AirworthyException, InterruptedException {
        try (ImageStore store = stores.open(name)) {
            return store.resolve(name.newTag()).map(Descriptor::digest);
        }
    }
}
