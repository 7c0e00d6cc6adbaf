package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.time.Instant;
import java.util.Locale;

/**
 * The time in which another program built an image, as far as the controller knows.
 *
 * @param from when the run, or the block around the program, began
 * @param absentBefore whether the place of the image was empty then
 */
public record AdoptionWindow(Instant from, Instant to, AbsentBefore absentBefore) {
    /** Whether the place of an image was empty before a program built it. */
    public enum AbsentBefore {
        TRUE,
        FALSE,
        /** Nobody asked before, or the registry did not say. */
        UNKNOWN
    }

    ObjectNode toJson() {
        ObjectNode json = StrictJson.object();
        json.putObject("window").put("from", from.toString()).put("to", to.toString());
        json.put("absentBefore", absentBefore.name().toLowerCase(Locale.ROOT));
        return json;
    }
}
