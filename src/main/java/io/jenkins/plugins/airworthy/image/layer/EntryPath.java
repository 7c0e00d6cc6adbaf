package io.jenkins.plugins.airworthy.image.layer;

import java.util.ArrayList;
import java.util.List;

/** The name of an entry as a path below the image's root. Refuses names that lead out of it or are too long for Linux. */
public final class EntryPath {
    private EntryPath() {}

    /** Returns the parts of a path; empty for the root. */
    public static List<String> parts(String path) throws BadLayerException {
        if (path.length() > LayerLimits.MAX_PATH_BYTES) {
            throw new BadLayerException("contains a path longer than " + LayerLimits.MAX_PATH_BYTES + " bytes");
        }
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                throw new BadLayerException("'" + ByteText.show(path) + "' leads out of the image by '..'");
            }
            if (part.length() > LayerLimits.MAX_PATH_PART_BYTES) {
                throw new BadLayerException(
                        "contains a name longer than " + LayerLimits.MAX_PATH_PART_BYTES + " bytes");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (parts.size() > LayerLimits.MAX_DEPTH) {
            throw new BadLayerException("nests directories deeper than " + LayerLimits.MAX_DEPTH);
        }
        return parts;
    }
}
