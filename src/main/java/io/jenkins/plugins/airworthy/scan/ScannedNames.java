package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.image.layer.BadLayerException;
import io.jenkins.plugins.airworthy.image.layer.ByteText;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * The names under which a scanner knows files that have several names, collected from the lowest layer upwards. Trivy scans a
 * file only under the first of its hard links, and a file below a symbolic link only under the link's name. If a later layer
 * removes that name, Trivy forgets the file, but engines keep it under its other name. Such a layer is refused.
 */
final class ScannedNames {
    /** The symbolic links of the layers so far. */
    private final Set<String> links = new HashSet<>();
    /** The symbolic links below which a later layer added something. */
    private final Set<String> through = new HashSet<>();
    /** The other names of files, by the scanned name. */
    private final Map<String, Set<String>> hardLinks = new HashMap<>();

    /** Adds the next layer. */
    void add(LayerPaths layer) throws BadLayerException {
        for (String link : through) {
            if (layer.hides(link)) {
                throw new BadLayerException("removes '" + ByteText.show(link)
                        + "', a link into which an earlier layer put something: that would not be scanned");
            }
        }
        take(layer);
        for (Map.Entry<String, Set<String>> own : layer.hardLinks().entrySet()) {
            if (!layer.others().contains(own.getKey()) && layer.hides(own.getKey())) {
                throw lost(own.getKey(), own.getValue());
            }
            hardLinks.computeIfAbsent(own.getKey(), first -> new HashSet<>()).addAll(own.getValue());
        }
        layer.entered().stream().filter(links::contains).forEach(through::add);
        layer.directories().forEach(links::remove);
        links.addAll(layer.links());
    }

    private void take(LayerPaths layer) throws BadLayerException {
        for (Iterator<Map.Entry<String, Set<String>>> files =
                        hardLinks.entrySet().iterator();
                files.hasNext(); ) {
            Map.Entry<String, Set<String>> file = files.next();
            file.getValue().removeIf(layer::takes);
            if (file.getValue().isEmpty()) {
                files.remove();
            } else if (layer.takes(file.getKey())) {
                throw lost(file.getKey(), file.getValue());
            }
        }
    }

    private static BadLayerException lost(String first, Set<String> others) {
        return new BadLayerException("removes or replaces '" + ByteText.show(first) + "', and the same file stays as '"
                + ByteText.show(others.iterator().next())
                + "', where it would not be scanned: copy it instead of linking it");
    }
}
