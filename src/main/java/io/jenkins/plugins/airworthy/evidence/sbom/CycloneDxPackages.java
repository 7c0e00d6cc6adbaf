package io.jenkins.plugins.airworthy.evidence.sbom;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The components of a CycloneDX document: those at its top, those in other components, and the one that the document is about.
 * Tools, services and the pedigree of a component are not parts of an image.
 */
final class CycloneDxPackages {
    private static final String COMPONENTS = "components";

    /** The types of components that are packages even without a package URL. */
    private static final Set<String> INSTALLED = Set.of("library", "framework", "");

    private CycloneDxPackages() {}

    static List<SbomPackage> read(JsonObject document) throws InvalidInputException {
        if (!Sbom.text(document, "bomFormat").equals("CycloneDX")) {
            throw document.error("bomFormat", "expected CycloneDX");
        }
        Deque<JsonObject> open = new ArrayDeque<>(document.objects(COMPONENTS));
        Optional<JsonObject> metadata = document.optionalObject("metadata");
        if (metadata.isPresent()) {
            metadata.get().optionalObject("component").ifPresent(open::addFirst);
        }
        List<SbomPackage> packages = new ArrayList<>();
        while (!open.isEmpty()) {
            JsonObject component = open.removeFirst();
            Sbom.add(packages, component(component), component);
            open.addAll(component.objects(COMPONENTS));
        }
        return packages;
    }

    private static SbomPackage component(JsonObject component) throws InvalidInputException {
        String group = Sbom.text(component, "group");
        String name = Sbom.text(component, "name");
        return SbomPackage.of(
                Sbom.text(component, "purl"),
                group.isEmpty() ? name : group + "/" + name,
                Sbom.text(component, "version"),
                licences(component),
                INSTALLED.contains(Sbom.text(component, "type")));
    }

    private static List<String> licences(JsonObject component) throws InvalidInputException {
        List<String> licences = new ArrayList<>();
        for (JsonObject choice : component.objects("licenses")) {
            choice.optionalString("expression").ifPresent(licences::add);
            Optional<JsonObject> licence = choice.optionalObject("license");
            if (licence.isPresent()) {
                licence.get().optionalString("id").ifPresent(licences::add);
                licence.get().optionalString("name").ifPresent(licences::add);
            }
        }
        return licences;
    }
}
