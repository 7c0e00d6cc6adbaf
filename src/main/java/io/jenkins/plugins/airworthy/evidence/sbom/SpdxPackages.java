package io.jenkins.plugins.airworthy.evidence.sbom;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The packages of an SPDX 2 document. One with several package URLs is listed once for each. Files and snippets are not packages.
 */
final class SpdxPackages {
    /** The purposes of packages without a package URL that are not installed: SPDX lists these among the packages. */
    private static final Set<String> CONTAINERS = Set.of(
            "OPERATING-SYSTEM",
            "OPERATING_SYSTEM",
            "APPLICATION",
            "CONTAINER",
            "SOURCE",
            "FILE",
            "DEVICE",
            "FIRMWARE",
            "ARCHIVE");

    private static final Set<String> NO_LICENCE = Set.of("NONE", "NOASSERTION", "");

    private SpdxPackages() {}

    static List<SbomPackage> read(JsonObject document) throws InvalidInputException {
        if (!Sbom.text(document, "spdxVersion").startsWith("SPDX-2.")) {
            throw document.error("spdxVersion", "expected SPDX-2.x");
        }
        List<SbomPackage> packages = new ArrayList<>();
        for (JsonObject each : document.objects("packages")) {
            List<String> urls = urls(each);
            for (String url : urls.isEmpty() ? List.of("") : urls) {
                Sbom.add(packages, listed(each, url), each);
            }
        }
        return packages;
    }

    private static SbomPackage listed(JsonObject each, String url) throws InvalidInputException {
        Optional<String> purpose = each.optionalString("primaryPackagePurpose");
        return SbomPackage.of(
                url,
                Sbom.text(each, "name"),
                Sbom.text(each, "versionInfo"),
                licences(each),
                purpose.filter(CONTAINERS::contains).isEmpty());
    }

    private static List<String> urls(JsonObject each) throws InvalidInputException {
        List<String> urls = new ArrayList<>();
        for (JsonObject reference : each.objects("externalRefs")) {
            if (Sbom.text(reference, "referenceType").equalsIgnoreCase("purl")) {
                reference.optionalString("referenceLocator").ifPresent(urls::add);
            }
        }
        return urls;
    }

    /** What the author declares and what somebody concluded; each of them counts. */
    private static List<String> licences(JsonObject each) throws InvalidInputException {
        return Stream.of(Sbom.text(each, "licenseDeclared"), Sbom.text(each, "licenseConcluded"))
                .filter(text -> !NO_LICENCE.contains(text))
                .distinct()
                .toList();
    }
}
