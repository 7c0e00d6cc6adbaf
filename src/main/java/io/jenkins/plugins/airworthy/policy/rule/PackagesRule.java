package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;
import io.jenkins.plugins.airworthy.evidence.sbom.Sbom;
import io.jenkins.plugins.airworthy.evidence.sbom.SbomPackage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Demands that the deciding bill of materials lists none of these packages. A package without a valid package URL is compared by its
 * name alone, and one without a version has the denied one: both could be what is denied.
 *
 * @param deny by the text of their package URLs; one without version means every version
 */
public record PackagesRule(Map<String, PackageName> deny, boolean emptyAllowed, Trust trust) implements EvidenceRule {
    public static final String KIND = "packages";

    public PackagesRule {
        deny = new LinkedHashMap<>(deny);
    }

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public boolean misses(RuleInput image, RecordedStatement signed) {
        return SbomEvidence.misses(image, trust, signed);
    }

    @Override
    public ConsultedEvidence asks() {
        return SbomEvidence.asked(trust);
    }

    @Override
    public Outcome judge(RuleInput image) {
        return SbomEvidence.judge(image, trust, emptyAllowed, this::check);
    }

    private Outcome check(Sbom sbom, List<VerifiedEvidence> evidence) {
        Map<String, List<SbomPackage>> bare = new LinkedHashMap<>();
        sbom.packages().stream().filter(each -> each.identity().isEmpty()).forEach(each -> bare.computeIfAbsent(
                        lastOf(each.name()), added -> new ArrayList<>())
                .add(each));
        List<String> found = new ArrayList<>();
        deny.forEach((text, name) -> {
            sbom.of(name.anyVersion()).stream()
                    .filter(each -> isOf(name, each))
                    .forEach(each -> found.add(each.label()));
            bare.getOrDefault(name.name().toLowerCase(Locale.ROOT), List.of()).stream()
                    .filter(each -> isOf(name, each))
                    .forEach(each -> found.add(each.label() + ", which has no package URL and is called like " + text));
        });
        if (found.isEmpty()) {
            return Outcome.passed("none denied among " + SbomEvidence.extent(sbom), evidence);
        }
        String reason = Count.of(found.size(), "package is", "packages are") + " denied: " + Outcome.summary(found);
        return new Outcome(Status.FAILED, reason, found, evidence);
    }

    private static boolean isOf(PackageName denied, SbomPackage each) {
        List<String> versions = each.versions();
        return versions.isEmpty() || denied.version().map(versions::contains).orElse(true);
    }

    /** The name without what is before it: {@code org.example:lib} and {@code @example/lib} end in the name alone. */
    private static String lastOf(String name) {
        int last = Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'));
        return name.substring(last + 1).toLowerCase(Locale.ROOT);
    }
}
