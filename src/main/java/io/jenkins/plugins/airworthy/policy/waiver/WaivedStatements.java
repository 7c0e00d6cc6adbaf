package io.jenkins.plugins.airworthy.policy.waiver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.sbom.ImageUrl;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes waivers of images as a document of
 * <a href="https://github.com/openvex/spec/blob/v0.2.0/OPENVEX-SPEC.md">OpenVEX 0.2.0</a>. A waiver with a justification says
 * not_affected. Any other says affected, and its action statement until when and why that is accepted.
 *
 * @param document the document
 * @param written how many statements it has
 * @param left one line for each waiver that names its package without a package URL, and so is not in it
 */
public record WaivedStatements(ObjectNode document, int written, List<String> left) {
    public WaivedStatements {
        left = List.copyOf(left);
    }

    /**
     * Writes the waivers that apply to these images now.
     *
     * @param author who speaks
     */
    public static WaivedStatements of(
            List<Waiver> waivers, List<RegistryReference> images, String author, Instant now) {
        ArrayNode statements = StrictJson.object().putArray("statements");
        List<String> left = new ArrayList<>();
        for (RegistryReference image : images) {
            for (Waiver waiver : waivers) {
                if (!waiver.isFor(image) || waiver.hasExpired(now)) {
                    continue;
                }
                if (PackageName.parse(waiver.packageName()).isPresent()) {
                    statements.add(statement(waiver, image));
                } else {
                    left.add("the waiver of " + waiver.vulnerability() + " in " + waiver.packageName()
                            + " is left out: OpenVEX needs a package URL");
                }
            }
        }
        Instant time = now.truncatedTo(ChronoUnit.SECONDS);
        byte[] content = StrictJson.write(
                StrictJson.object().put("time", time.toString()).set("statements", statements));
        ObjectNode document = StrictJson.object()
                .put("@context", OpenVex.CONTEXT)
                .put("@id", "urn:uuid:" + UUID.nameUUIDFromBytes(content))
                .put("author", author)
                .put("timestamp", time.toString())
                .put("version", 1);
        document.set("statements", statements);
        return new WaivedStatements(
                document, statements.size(), left.stream().distinct().toList());
    }

    private static ObjectNode statement(Waiver waiver, RegistryReference image) {
        ObjectNode statement = StrictJson.object();
        statement.putObject("vulnerability").put("name", waiver.vulnerability());
        statement
                .putArray("products")
                .addObject()
                .put("@id", ImageUrl.of(image))
                .putArray("subcomponents")
                .addObject()
                .put("@id", waiver.packageName());
        if (waiver.justification().isPresent()) {
            return statement
                    .put("status", OpenVex.NOT_AFFECTED)
                    .put("justification", waiver.justification().get().word())
                    .put("impact_statement", waiver.reason() + " (" + waiver.by() + ")");
        }
        return statement
                .put("status", OpenVex.AFFECTED)
                .put(
                        "action_statement",
                        "accepted until " + waiver.until() + " by " + waiver.by() + ": " + waiver.reason());
    }
}
