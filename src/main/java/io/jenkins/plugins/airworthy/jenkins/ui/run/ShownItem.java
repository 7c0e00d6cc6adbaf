package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownDigest;
import io.jenkins.plugins.airworthy.jenkins.ui.element.StatusMark;

import java.util.ArrayList;
import java.util.List;

/**
 * An item of a checklist as pages show it. Absent values are empty texts.
 *
 * @param details the first {@value #MAX_DETAILS} findings
 * @param more how many findings follow, which the raw verdict has
 */
public record ShownItem(
        StatusMark mark,
        String id,
        String platform,
        String reason,
        String signer,
        String observed,
        List<String> details,
        int more,
        List<ShownDigest> evidence) {
    /** How many findings of one item a page shows. */
    public static final int MAX_DETAILS = 50;

    public ShownItem {
        details = List.copyOf(details);
        evidence = List.copyOf(evidence);
    }

    /** The item without its findings. */
    ShownItem brief() {
        return new ShownItem(mark, id, platform, "", "", "", List.of(), 0, List.of());
    }

    static ShownItem of(JsonObject item) throws InvalidInputException {
        List<String> details = item.strings("details");
        int shown = Math.min(details.size(), MAX_DETAILS);
        List<ShownDigest> evidence = new ArrayList<>();
        for (String digest : item.strings("evidence")) {
            evidence.add(ShownDigest.of(Digest.inDocument(item, "evidence", digest)));
        }
        return new ShownItem(
                StatusMark.of(item.string("status")),
                item.string("id"),
                item.optionalString("platform").orElse(""),
                item.string("reason"),
                item.optionalString("signer").orElse(""),
                item.optionalString("observed").orElse(""),
                details.subList(0, shown),
                details.size() - shown,
                evidence);
    }
}
