package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.image.layer.BadLayerException;
import io.jenkins.plugins.airworthy.image.layer.ByteText;

import java.util.Set;

/**
 * What later layers must know of one, and it of earlier ones.
 *
 * @param links its symbolic links
 * @param directories those that it has an entry of, which replace a link
 * @param entered those that it puts something into without an entry of their own before that
 */
record LayerPaths(Set<String> links, Set<String> directories, Set<String> entered) {
    LayerPaths {
        links = Set.copyOf(links);
        directories = Set.copyOf(directories);
        entered = Set.copyOf(entered);
    }

    /**
     * Refuses a layer that puts something into a link of an earlier layer: some engines put it where the link leads, and a scanner
     * forgets it with the link.
     *
     * @param below the links of the layers below, to which this layer's are added
     */
    void putOnto(Set<String> below) throws BadLayerException {
        for (String path : entered) {
            if (below.contains(path)) {
                throw new BadLayerException("puts something into '" + ByteText.show(path)
                        + "', which is a link in an earlier layer; engines disagree on where that leads");
            }
        }
        directories.forEach(below::remove);
        below.addAll(links);
    }
}
