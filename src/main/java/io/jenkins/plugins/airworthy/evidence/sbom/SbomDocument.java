package io.jenkins.plugins.airworthy.evidence.sbom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A bill of materials that another tool made: <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX</a> 1.x or
 * <a href="https://spdx.github.io/spdx-spec/v2.3/">SPDX</a> 2.2 and 2.3, both in JSON. Refuses other formats, and documents whose
 * parts have no names. It cannot be known whether the document describes an image, so it never counts as more than imported.
 */
public final class SbomDocument {
    private static final Pattern CYCLONEDX_VERSION = Pattern.compile("1\\.[0-9]{1,2}");
    private static final Set<String> SPDX_VERSIONS = Set.of("SPDX-2.2", "SPDX-2.3");

    private SbomDocument() {}

    /** Whether a predicate type is that of a bill of materials, letter by letter. */
    public static boolean isType(String predicateType) {
        return predicateType.equals(PredicateTypes.CYCLONEDX) || predicateType.equals(PredicateTypes.SPDX);
    }

    /**
     * Reads a document.
     *
     * @param predicateType says which format it must have
     * @param what the document's name in errors
     */
    public static ObjectNode parse(byte[] bytes, String predicateType, String what) throws InvalidInputException {
        JsonObject document = StrictJson.parseObject(bytes, what, Statement.MAX_BYTES);
        if (predicateType.equals(PredicateTypes.CYCLONEDX)) {
            requireCycloneDx(document);
        } else {
            requireSpdx(document);
        }
        return document.node();
    }

    private static void requireCycloneDx(JsonObject document) throws InvalidInputException {
        String format = document.optionalString("bomFormat").orElse("");
        if (!format.equals("CycloneDX")) {
            throw document.error("bomFormat", "expected CycloneDX in JSON, found '" + format + "'");
        }
        if (!CYCLONEDX_VERSION.matcher(document.string("specVersion")).matches()) {
            throw document.error("specVersion", "expected 1.x, found '" + document.string("specVersion") + "'");
        }
        for (JsonObject component : document.objects("components")) {
            named(component, "type");
            named(component, "name");
        }
    }

    private static void requireSpdx(JsonObject document) throws InvalidInputException {
        String version = document.optionalString("spdxVersion").orElse("");
        if (!SPDX_VERSIONS.contains(version)) {
            throw document.error("spdxVersion", "expected SPDX-2.2 or SPDX-2.3 in JSON, found '" + version + "'");
        }
        if (!document.string("SPDXID").equals("SPDXRef-DOCUMENT")) {
            throw document.error("SPDXID", "expected SPDXRef-DOCUMENT");
        }
        named(document, "name");
        for (JsonObject part : document.objects("packages")) {
            named(part, "SPDXID");
            named(part, "name");
        }
    }

    private static void named(JsonObject holder, String member) throws InvalidInputException {
        if (holder.string(member).isBlank()) {
            throw holder.error(member, "is empty");
        }
    }
}
