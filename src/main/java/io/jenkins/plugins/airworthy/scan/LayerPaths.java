package io.jenkins.plugins.airworthy.scan;

import java.util.Map;
import java.util.Set;

/**
 * The changes of one layer to paths.
 *
 * @param others everything that it adds except directories, links included
 * @param links its symbolic links
 * @param directories directories that have an entry, which replace a link
 * @param entered directories that it adds something to without an earlier entry for them
 * @param hidden the names in its whiteouts
 * @param emptied directories in which it hides everything of earlier layers
 * @param hardLinks the other names of files, by their first name
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

    /** Returns whether this layer hides what earlier layers have under a name. */
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

    /** Returns whether this layer changes what a name refers to. */
    boolean takes(String path) {
        return others.contains(path) || directories.contains(path) || hides(path);
    }
}
