package io.jenkins.plugins.airworthy.evidence.sbom;

import java.util.List;
import java.util.Optional;

/**
 * One entry of a bill of materials. Nothing that is missing is made up.
 *
 * @param url the package URL as it is written; empty without one, and not always a valid one
 * @param identity what a valid package URL names
 * @param name as the document gives it, with its group in front: {@code org.example/lib}; empty without one
 * @param version as the document gives it beside the package URL; empty without one
 * @param licences SPDX expressions, identifiers or names, all of which apply; empty if the document tells none
 * @param installed whether this is a package, and not what packages are in: an operating system, a file, the image itself
 */
public record SbomPackage(
        String url,
        Optional<PackageName> identity,
        String name,
        String version,
        List<String> licences,
        boolean installed) {
    /** Types of package URLs for images. */
    private static final List<String> IMAGES = List.of("oci", "docker");

    public SbomPackage {
        licences = List.copyOf(licences);
    }

    static SbomPackage of(String url, String name, String version, List<String> licences, boolean called) {
        Optional<PackageName> identity = PackageName.parse(url);
        boolean installed =
                identity.isEmpty() ? called : !IMAGES.contains(identity.get().type());
        return new SbomPackage(url, identity, name, version, licences, installed);
    }

    /** The versions that the package URL and the document name: one, or two that differ, or none. */
    public List<String> versions() {
        Optional<String> named = identity.flatMap(PackageName::version);
        if (version.isEmpty()) {
            return named.map(List::of).orElse(List.of());
        }
        return named.filter(other -> !other.equals(version))
                .map(other -> List.of(other, version))
                .orElse(List.of(version));
    }

    /** The entry for people: its package URL, or else its name and version. */
    public String label() {
        if (!url.isEmpty()) {
            return url;
        }
        String named = name.isEmpty() ? "an entry without a name" : name;
        return version.isEmpty() ? named : named + " " + version;
    }
}
