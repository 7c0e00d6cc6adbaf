package io.jenkins.plugins.airworthy.scan;

import java.util.Map;
import java.util.Set;

/**
 * What one layer does to paths.
 *
 * @param others what it places that is no directory, links included
 * @param links its symbolic links
 * @param directories those that it has an entry of, which replace a link
 * @param entered those that it puts something into without an entry of their own before that
 * @param hidden what its whiteouts name
 * @param emptied directories of which it hides all that earlier layers put there
 * @param hardLinks the other names of files, by the first
 */
record LayerPaths(
        Set<String> others,
        Set<String> links,
        Set<String> directories,
        Set<String> entered,
        Set<String> hidden,
        Set<String> emptied,
        Map<String, Set<String>> hardLinks) {
    LayerPaths {
        others = Set.copyOf(others);
        links = Set.copyOf(links);
        directories = Set.copyOf(directories);
        entered = Set.copyOf(entered);
        hidden = Set.copyOf(hidden);
        emptied = Set.copyOf(emptied);
        hardLinks = Map.copyOf(hardLinks);
    }

    /** Whether this layer hides what earlier layers have under a name. */
    boolean hides(String path) {
        if (hidden.contains(path) || emptied.contains("")) {
            return true;
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            String above = path.substring(0, slash);
            if (hidden.contains(above) || emptied.contains(above) || others.contains(above)) {
                return true;
            }
        }
        return false;
    }

    /** Whether after this layer a name is not any more what it was. */
    boolean takes(String path) {
        return others.contains(path) || directories.contains(path) || hides(path);
    }
}
