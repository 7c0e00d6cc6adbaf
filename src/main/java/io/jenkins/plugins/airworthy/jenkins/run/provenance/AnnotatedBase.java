package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The base that an image's own annotations claim (OCI image specification, annotations.md). Builders write them, and so can anyone.
 *
 * @param base absent if none is claimed, or none that can be read
 * @param doubt why a claim cannot be read; absent if there is none, or it can
 */
record AnnotatedBase(Optional<Provenance.Base> base, Optional<String> doubt) {
    private static final String NAME = "org.opencontainers.image.base.name";
    private static final String DIGEST = "org.opencontainers.image.base.digest";

    static AnnotatedBase of(ResolvedImage image) {
        Set<Optional<Provenance.Base>> claims = new HashSet<>();
        for (PlatformImage platform : image.platforms()) {
            Map<String, String> annotations = platform.manifest().annotations();
            String name = annotations.getOrDefault(NAME, "");
            String digest = annotations.getOrDefault(DIGEST, "");
            claims.add(
                    name.isEmpty() || digest.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Provenance.Base(name, digest)));
        }
        if (claims.size() != 1) {
            return new AnnotatedBase(
                    Optional.empty(), Optional.of("the annotations of its platforms name different bases"));
        }
        Optional<Provenance.Base> claim = claims.iterator().next();
        if (claim.isEmpty()) {
            return new AnnotatedBase(Optional.empty(), Optional.empty());
        }
        try {
            ImageReference name = ImageReference.parse(claim.get().reference());
            return new AnnotatedBase(
                    Optional.of(new Provenance.Base(
                            name.toString(), Digest.parse(claim.get().digest()).toString())),
                    Optional.empty());
        } catch (InvalidInputException e) {
            return new AnnotatedBase(Optional.empty(), Optional.of("its annotations name no base that could be read"));
        }
    }
}
