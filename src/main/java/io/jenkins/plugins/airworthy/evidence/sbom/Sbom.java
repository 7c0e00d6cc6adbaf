package io.jenkins.plugins.airworthy.evidence.sbom;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packages that a bill of materials lists, in <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX</a> or
 * <a href="https://spdx.github.io/spdx-spec/v2.3/">SPDX</a> 2. Packages in packages are listed as all others. Refuses a document of
 * another format than its predicate type says, members of another type, entries that nothing names, and more than
 * {@value #MAX_PACKAGES} packages.
 */
public final class Sbom {
    /** The most packages that are read. */
    public static final int MAX_PACKAGES = 100_000;

    private final List<SbomPackage> packages;

    /** By type, namespace and name. The keys are texts: names that are made to collide can be ordered, records cannot. */
    private final Map<String, List<SbomPackage>> byName = new HashMap<>();

    private Sbom(List<SbomPackage> packages) {
        this.packages = List.copyOf(packages);
        for (SbomPackage each : packages) {
            each.identity().ifPresent(name -> byName.computeIfAbsent(key(name), added -> new ArrayList<>(1))
                    .add(each));
        }
    }

    /** Reads a statement of one of the two predicate types. */
    public static Sbom parse(Statement statement) throws InvalidInputException {
        JsonObject document = statement.predicateObject();
        return new Sbom(
                switch (statement.predicateType()) {
                    case PredicateTypes.CYCLONEDX -> CycloneDxPackages.read(document);
                    case PredicateTypes.SPDX -> SpdxPackages.read(document);
                    default -> throw new InvalidInputException(document.what() + ": is not a bill of materials");
                });
    }

    /** All packages, in the order of the document. */
    public List<SbomPackage> packages() {
        return packages;
    }

    /** The packages with this name: of its version if it has one, else of every version. */
    public List<SbomPackage> of(PackageName name) {
        return byName.getOrDefault(key(name), List.of()).stream()
                .filter(each -> name.version().isEmpty()
                        || each.versions().contains(name.version().get()))
                .toList();
    }

    /** How many packages have no valid package URL, and so cannot be found by it. */
    public long unnamed() {
        return packages.stream()
                .filter(each -> each.installed() && each.identity().isEmpty())
                .count();
    }

    private static String key(PackageName name) {
        return name.type() + '\n' + name.namespace() + '\n' + name.name();
    }

    /** A text member, empty if it is missing. */
    static String text(JsonObject holder, String member) throws InvalidInputException {
        return holder.optionalString(member).orElse("");
    }

    /** Adds a package. Refuses one that nothing names, since it could be any, and one too many. */
    static void add(List<SbomPackage> packages, SbomPackage next, JsonObject entry) throws InvalidInputException {
        if (next.identity().isEmpty() && next.name().isBlank()) {
            throw entry.error("name", "is missing, and there is no valid package URL");
        }
        if (packages.size() == MAX_PACKAGES) {
            throw entry.error("name", "more than the allowed " + MAX_PACKAGES + " packages");
        }
        packages.add(next);
    }
}
