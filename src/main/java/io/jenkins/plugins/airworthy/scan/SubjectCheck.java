package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.ScannerReport;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.Set;

/**
 * Compares the image that a foreign scan names with the requested image. Refuses every document that names
 * another image, or none.
 *
 * @param what names the documents in errors
 * @param advice for errors: what to do about a document of another image
 */
record SubjectCheck(ResolvedImage image, String what, String advice) {

    /** Returns the platform that a report is about. */
    ScanTarget target(ScannerReport report) throws AirworthyException {
        for (ScanTarget target : ScanTarget.of(image)) {
            if (report.image().isOf(target.config(), target.names())) {
                return target;
            }
        }
        throw anotherImage(report.image().id().map(Digest::toString).orElse("it names none"));
    }

    /** Trivy writes the image's id among the properties of the root component. */
    ObjectNode cyclonedx(JsonObject bom, ScanTarget target) throws InvalidInputException {
        if (!bom.string("bomFormat").equals("CycloneDX")) {
            throw bom.error("bomFormat", "expected CycloneDX");
        }
        for (JsonObject property : bom.object("metadata").object("component").objects("properties")) {
            boolean id = property.string("name").equals("aquasecurity:trivy:ImageID");
            if (id && property.string("value").equals(target.config().toString())) {
                return bom.node();
            }
        }
        throw anotherImage("its CycloneDX document");
    }

    /** Trivy writes the image's id among the annotations of the package that is the image. */
    ObjectNode spdx(JsonObject document, ScanTarget target) throws InvalidInputException {
        if (!Set.of("SPDX-2.3", "SPDX-2.2").contains(document.string("spdxVersion"))) {
            throw document.error("spdxVersion", "expected SPDX-2.3");
        }
        for (JsonObject part : document.objects("packages")) {
            if (part.optionalString("primaryPackagePurpose").orElse("").equals("CONTAINER")) {
                for (JsonObject annotation : part.objects("annotations")) {
                    if (annotation.string("comment").equals("ImageID: " + target.config())) {
                        return document.node();
                    }
                }
            }
        }
        throw anotherImage("its SPDX document");
    }

    InvalidInputException anotherImage(String named) {
        return new InvalidInputException(
                what + ": is about another image than " + image.pinned() + " (" + named + "): " + advice);
    }
}
