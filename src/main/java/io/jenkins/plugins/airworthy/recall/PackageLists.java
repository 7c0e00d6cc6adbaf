package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;
import io.jenkins.plugins.airworthy.evidence.sbom.Sbom;
import io.jenkins.plugins.airworthy.evidence.sbom.SbomDocument;
import io.jenkins.plugins.airworthy.evidence.sbom.SbomPackage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.recall.version.VersionRange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packages of an image, by all verified bills of materials together: one that lists less takes nothing away. Only one that is
 * believed says what is not in the image; one that cannot be read, or lists no package, is none.
 */
final class PackageLists {
    /** RPM's epoch, which is not in the version of a package URL. */
    private static final Pattern EPOCH = Pattern.compile("[?&]epoch=([0-9]{1,9})(?:[&#]|$)");

    private final List<Sbom> lists = new ArrayList<>();
    private final Map<String, List<SbomPackage>> bare = new HashMap<>();
    private final Optional<String> missing;
    private final boolean hidden;

    /**
     * @param believed whether a bill of materials can clear an image
     * @param without the first platform that is not among these digests
     * @param hidden whether a bill of materials was signed that is not among the evidence
     */
    PackageLists(
            Collection<VerifiedEvidence> evidence,
            Predicate<VerifiedEvidence> believed,
            Function<Set<Digest>, Optional<String>> without,
            boolean hidden) {
        Set<Digest> listed = new HashSet<>();
        for (VerifiedEvidence each : evidence) {
            if (SbomDocument.isType(each.predicateType())) {
                read(each).filter(sbom -> believed.test(each)).ifPresent(sbom -> listed.add(each.subject()));
            }
        }
        missing = without.apply(listed);
        this.hidden = hidden;
    }

    private Optional<Sbom> read(VerifiedEvidence evidence) {
        try {
            Sbom sbom = Sbom.parse(evidence.statement());
            if (sbom.packages().stream().noneMatch(SbomPackage::installed)) {
                return Optional.empty();
            }
            lists.add(sbom);
            for (SbomPackage each : sbom.packages()) {
                if (each.identity().isEmpty()) {
                    bare.computeIfAbsent(PackageName.folded(each.name()), added -> new ArrayList<>(1))
                            .add(each);
                }
            }
            return Optional.of(sbom);
        } catch (InvalidInputException e) {
            return Optional.empty(); // what cannot be read lists nothing, so that the image counts as affected
        }
    }

    /** Says why an image is affected; empty if it is known not to be. */
    Optional<Finding> find(RecallTarget.Packages recalled) {
        Optional<Finding> unknown = missing.map(platform -> new Finding(
                "no bill of materials that is believed says what " + platform
                        + " contains, and unknown counts as affected; 'airworthy scan' attaches one",
                false));
        if (hidden) {
            unknown = Optional.of(new Finding(
                    "a bill of materials was signed and is not among the evidence, and unknown counts as affected",
                    false));
        }
        for (RecallTarget.AffectedPackage each : recalled.packages()) {
            for (Sbom sbom : lists) {
                for (SbomPackage found : sbom.of(each.name())) {
                    Optional<Finding> hit = judge(each, found, "");
                    if (hit.isPresent() && hit.get().known()) {
                        return hit;
                    }
                    unknown = unknown.or(() -> hit);
                }
            }
            for (SbomPackage found :
                    bare.getOrDefault(PackageName.folded(each.name().name()), List.of())) {
                if (!each.name().mayBeCalled(found.name())) {
                    continue;
                }
                Optional<Finding> hit = judge(
                        each,
                        found,
                        ", which has no package URL and is called like "
                                + each.name().url());
                unknown = unknown.or(() -> hit.map(finding -> new Finding(finding.reason(), false)));
            }
        }
        return unknown;
    }

    /**
     * Why an image is affected.
     *
     * @param known false if nothing says that it is not
     */
    record Finding(String reason, boolean known) {}

    private static Optional<Finding> judge(RecallTarget.AffectedPackage recalled, SbomPackage found, String remark) {
        if (recalled.versions().isEmpty()) {
            return Optional.of(new Finding("it contains " + found.label() + remark, true));
        }
        List<String> versions = versions(found);
        if (versions.isEmpty()) {
            return Optional.of(new Finding(
                    "it contains " + found.label() + remark + ", without a version, and unknown counts as affected",
                    false));
        }
        Optional<Finding> unknown = Optional.empty();
        for (String version : versions) {
            for (VersionRange range : recalled.versions()) {
                VersionRange.Answer answer = range.contains(version);
                if (answer == VersionRange.Answer.YES) {
                    return Optional.of(new Finding("it contains " + found.label() + remark, true));
                }
                if (answer == VersionRange.Answer.UNKNOWN) {
                    unknown = Optional.of(new Finding(
                            "it contains " + found.label() + remark + ", whose version '" + version
                                    + "' cannot be compared with " + range + ", and unknown counts as affected",
                            false));
                }
            }
        }
        return unknown;
    }

    private static List<String> versions(SbomPackage found) {
        Matcher epoch = EPOCH.matcher(found.url());
        if (!epoch.find()) {
            return found.versions();
        }
        return found.versions().stream()
                .map(version -> version.indexOf(':') < 0 ? epoch.group(1) + ":" + version : version)
                .distinct()
                .toList();
    }
}
