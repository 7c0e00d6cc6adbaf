package io.jenkins.plugins.airworthy.build;

import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedMap;

/** The content of one layer: every file and its parent folders, by path. */
record LayerPlan(FileCopy copy, SortedMap<ImagePath, Entry> entries) {
    long bytes() {
        return entries.values().stream().mapToLong(Entry::size).sum();
    }

    Collection<Entry> all() {
        return entries.values();
    }

    /**
     * A file or folder as found.
     *
     * @param source the file to read; for a folder without a source, any folder
     * @param size zero for a folder
     * @param seen attributes that would differ if the source was replaced or written to in the meantime
     */
    record Entry(ImagePath path, Path source, boolean isFolder, int mode, long size, String seen) {}
}
