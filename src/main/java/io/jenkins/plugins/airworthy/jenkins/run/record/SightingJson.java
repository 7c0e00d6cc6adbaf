package io.jenkins.plugins.airworthy.jenkins.run.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;

import java.util.ArrayList;
import java.util.List;

/** The JSON of sightings in a run's record. Records of older versions do not say where an image was seen. */
final class SightingJson {
    private static final String SIGHTINGS = "sightings";
    private static final String ADOPTED = "adopted";

    private SightingJson() {}

    static void write(RecordedImage image, ObjectNode json) {
        ArrayNode sightings = json.putArray(SIGHTINGS);
        for (Sighting sighting : image.sightings()) {
            ObjectNode written = sightings
                    .addObject()
                    .put("order", sighting.order())
                    .put("built", sighting.isBuilt())
                    .put("reference", sighting.reference().toString());
            if (sighting.isAdopted()) {
                written.put(ADOPTED, true); // to an older version, it was only looked at
            }
            ArrayNode path = written.putArray("path");
            for (ParallelPath.Branch branch : sighting.path().branches()) {
                path.addObject().put("block", branch.block()).put("branch", branch.id());
            }
        }
    }

    /**
     * Reads the sightings of an image.
     *
     * @param place the image's place among those of the run, from 1: the order of an older record
     */
    static List<Sighting> read(JsonObject image, ImageReference reference, int place) throws InvalidInputException {
        boolean built = bool(image);
        if (!image.has(SIGHTINGS)) {
            return List.of(new Sighting(place, way(image), reference, ParallelPath.NONE));
        }
        List<Sighting> sightings = new ArrayList<>();
        for (JsonObject sighting : image.objects(SIGHTINGS)) {
            long order = sighting.count("order");
            if (order < 1) {
                throw sighting.error("order", "is not counted from 1");
            }
            sightings.add(new Sighting(
                    order, way(sighting), ImageReference.parse(sighting.string("reference")), path(sighting)));
        }
        if (sightings.stream().anyMatch(Sighting::isBuilt) != built) {
            throw image.error(SIGHTINGS, "do not say how the image came to be known");
        }
        return sightings;
    }

    private static ParallelPath path(JsonObject sighting) throws InvalidInputException {
        List<ParallelPath.Branch> branches = new ArrayList<>();
        try {
            for (JsonObject branch : sighting.objects("path")) {
                branches.add(new ParallelPath.Branch(branch.string("block"), branch.string("branch")));
            }
            return new ParallelPath(branches);
        } catch (IllegalArgumentException e) {
            throw sighting.error("path", "is not a path of branches");
        }
    }

    private static Sighting.Way way(JsonObject json) throws InvalidInputException {
        boolean adopted = json.optionalBoolean(ADOPTED).orElse(false);
        if (bool(json)) {
            if (adopted) {
                throw json.error(ADOPTED, "contradicts that it was built");
            }
            return Sighting.Way.BUILT;
        }
        return adopted ? Sighting.Way.ADOPTED : Sighting.Way.LOOKED_AT;
    }

    private static boolean bool(JsonObject json) throws InvalidInputException {
        return json.optionalBoolean("built").orElseThrow(() -> json.error("built", "is missing"));
    }
}
