package io.jenkins.plugins.airworthy.policy.cel;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;
import io.jenkins.plugins.airworthy.evidence.sbom.Sbom;
import io.jenkins.plugins.airworthy.evidence.sbom.SbomPackage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The packages of the deciding bills of materials by their names. A package without a valid package URL is found by its name alone,
 * and one without a version has every version: both could be what is asked for.
 */
final class PackageIndex {
    static final String NO_URL = "expected a package URL such as pkg:maven/org.example/lib, with a version or without";

    private final List<Sbom> boms;
    private final Map<String, List<SbomPackage>> bare = new HashMap<>();

    PackageIndex(List<Sbom> boms) {
        this.boms = List.copyOf(boms);
        packages().stream().filter(each -> each.identity().isEmpty()).forEach(each -> bare.computeIfAbsent(
                        lastOf(each.name()), added -> new ArrayList<>(1))
                .add(each));
    }

    List<SbomPackage> packages() {
        return boms.stream().flatMap(bom -> bom.packages().stream()).toList();
    }

    List<SbomPackage> of(String url) throws InvalidInputException {
        PackageName name =
                PackageName.parse(url).orElseThrow(() -> new InvalidInputException("'" + url + "': " + NO_URL));
        List<SbomPackage> found = new ArrayList<>();
        boms.forEach(bom -> found.addAll(bom.of(name.anyVersion())));
        found.addAll(bare.getOrDefault(name.name().toLowerCase(Locale.ROOT), List.of()));
        found.removeIf(each -> !each.versions().isEmpty()
                && name.version()
                        .filter(asked -> !each.versions().contains(asked))
                        .isPresent());
        return found;
    }

    /** The name without what is before it: {@code org.example:lib} and {@code @example/lib} end in the name alone. */
    private static String lastOf(String name) {
        int last = Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'));
        return name.substring(last + 1).toLowerCase(Locale.ROOT);
    }
}
