package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.sbom.SbomDocument;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is known of an image that an entry may be about: its digests and layers, and what verified statements say of its packages,
 * build, scans and signers. What is not known counts as affected.
 */
public final class ImageFacts {
    private final Map<Digest, String> digests = new LinkedHashMap<>();
    private final List<PlatformImage> platforms;
    private final PackageLists packages;
    private final BuildFacts builds;
    private final StatementFacts statements;
    private final List<VerifiedEvidence> clearing;

    private ImageFacts(
            ResolvedImage image,
            Collection<VerifiedEvidence> evidence,
            Predicate<VerifiedEvidence> believed,
            Collection<RecordedStatement> hidden) {
        platforms = image.platforms();
        digests.put(image.digest(), "its digest");
        if (image.manifest() instanceof IndexManifest index) {
            for (Descriptor child : index.manifests()) {
                digests.putIfAbsent(child.digest(), "a manifest of its index");
            }
        }
        for (PlatformImage platform : platforms) {
            digests.putIfAbsent(platform.digest(), "its image for " + platform.platform());
            digests.putIfAbsent(platform.manifest().config().digest(), "the config of " + platform.platform());
        }
        clearing = evidence.stream()
                .filter(each -> SbomDocument.isType(each.predicateType()) || BuildFacts.isType(each.predicateType()))
                .filter(believed)
                .toList();
        Set<VerifiedEvidence> clears = Collections.newSetFromMap(new IdentityHashMap<>());
        clears.addAll(clearing);
        packages = new PackageLists(
                evidence,
                clears::contains,
                listed -> firstWithout(image, listed),
                hidden.stream().anyMatch(each -> SbomDocument.isType(each.predicateType())));
        builds = new BuildFacts(
                evidence,
                clears::contains,
                told -> firstWithout(image, told),
                hidden.stream().anyMatch(each -> BuildFacts.isType(each.predicateType())));
        statements = StatementFacts.of(evidence);
    }

    /**
     * Collects what is known where every verified statement is believed.
     *
     * @param evidence all verified statements about the image and its platforms
     */
    public static ImageFacts of(ResolvedImage image, Collection<VerifiedEvidence> evidence) {
        return of(image, evidence, each -> true, List.of());
    }

    /**
     * Collects what is known.
     *
     * @param evidence all verified statements about the image and its platforms; each of them can show that the image is affected
     * @param believed by which of them it can be known that it is not
     * @param hidden statements that were signed, would be believed, and are not among the evidence
     */
    public static ImageFacts of(
            ResolvedImage image,
            Collection<VerifiedEvidence> evidence,
            Predicate<VerifiedEvidence> believed,
            Collection<RecordedStatement> hidden) {
        return new ImageFacts(image, evidence, believed, hidden);
    }

    /** The believed bills of materials and provenance, by which an entry may not be about this image. */
    public List<VerifiedEvidence> clearing() {
        return clearing;
    }

    /** The first platform of which nothing is told; empty if all are, or the image as a whole. */
    private static Optional<String> firstWithout(ResolvedImage image, Set<Digest> told) {
        return told.contains(image.digest())
                ? Optional.empty()
                : image.platforms().stream()
                        .filter(platform -> !told.contains(platform.digest()))
                        .map(platform -> platform.platform().toString())
                        .findFirst();
    }

    /** Whether an entry that holds is about this image, or about statements on it; empty if it is known not to be, or lifted. */
    public Optional<RecallHit> hitBy(Recall recall) {
        if (!recall.holds()) {
            return Optional.empty();
        }
        if (recall.target() instanceof RecallTarget.Evidence recalled) {
            return ofStatements(recall, statements.find(recalled));
        }
        if (recall.target() instanceof RecallTarget.Signer recalled) {
            return ofStatements(recall, statements.find(recalled));
        }
        return finding(recall.target()).map(found -> new RecallHit(recall, found.reason(), found.known(), List.of()));
    }

    private Optional<PackageLists.Finding> finding(RecallTarget target) {
        if (target instanceof RecallTarget.Digests recalled) {
            return recalled.digests().stream()
                    .filter(digests::containsKey)
                    .findFirst()
                    .map(digest -> new PackageLists.Finding(digests.get(digest) + " is " + digest, true));
        }
        if (target instanceof RecallTarget.Layers recalled) {
            return layers(recalled);
        }
        if (target instanceof RecallTarget.Packages recalled) {
            return packages.find(recalled);
        }
        return target instanceof RecallTarget.Source recalled
                ? builds.find(recalled)
                : builds.find((RecallTarget.Builder) target);
    }

    private Optional<PackageLists.Finding> layers(RecallTarget.Layers recalled) {
        for (PlatformImage platform : platforms) {
            List<Digest> layers = platform.config().diffIds();
            for (List<Digest> stack : recalled.stacks()) {
                if (Collections.indexOfSubList(layers, stack) >= 0) {
                    return Optional.of(new PackageLists.Finding(
                            platform.platform() + " has the layers "
                                    + recalled.base()
                                            .map(base -> "of " + base + " ")
                                            .orElse("") + "up to "
                                    + stack.get(stack.size() - 1),
                            true));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<RecallHit> ofStatements(Recall recall, List<VerifiedEvidence> found) {
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new RecallHit(
                        recall,
                        found.size() == 1
                                ? "a statement of the type " + found.get(0).predicateType()
                                        + " is not believed any more"
                                : found.size() + " statements are not believed any more",
                        true,
                        found));
    }
}
