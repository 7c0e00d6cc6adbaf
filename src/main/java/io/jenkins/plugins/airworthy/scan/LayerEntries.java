package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.image.layer.BadLayerException;
import io.jenkins.plugins.airworthy.image.layer.ByteText;
import io.jenkins.plugins.airworthy.image.layer.EntryPath;
import io.jenkins.plugins.airworthy.image.layer.TarEntry;
import io.jenkins.plugins.airworthy.image.layer.TarReader;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a scanner that identifies files by name finds in the layers of an image what engines unpack. Trivy stores its findings
 * by the names of entries: it does not follow links, and drops findings by the names of whiteouts. Refused are therefore duplicate
 * files, entries below a link or a file, and whiteouts that name more than one file.
 */
final class LayerEntries {
    /** Maximum number of entries in the different layers of an image. */
    static final int MAX_ENTRIES = 1_000_000;

    /** Maximum size of the names of these entries and of their directories, in bytes. */
    static final long MAX_NAME_BYTES = 256L << 20;

    private static final int BUFFER = 64 * 1024;
    private static final String WHITEOUT = ".wh.";
    /** The rest of the name of a whiteout that empties its whole directory. */
    private static final String OPAQUE = ".wh..opq";
    /** Texts that Trivy adds to a file's path to name a finding: a whiteout of that name would remove the finding. */
    private static final List<String> FOUND = List.of("type:", "custom:");

    private final Set<String> others = new HashSet<>();
    private final Set<String> links = new HashSet<>();
    private final Set<String> directories = new HashSet<>();
    private final Set<String> entered = new HashSet<>();
    private final Set<String> hidden = new HashSet<>();
    private final Set<String> emptied = new HashSet<>();
    private final Map<String, Set<String>> hardLinks = new HashMap<>();
    private String parent = "";
    private int entries;
    private long nameBytes;

    /** Reads a layer to its end. */
    LayerPaths read(InputStream layer) throws IOException, InterruptedException {
        for (Set<String> paths : List.of(others, links, directories, entered, hidden, emptied)) {
            paths.clear();
        }
        hardLinks.clear();
        parent = "";
        TarReader tar = new TarReader(new BufferedInputStream(layer, BUFFER));
        for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (++entries > MAX_ENTRIES) {
                throw new BadLayerException("brings the image to more than " + MAX_ENTRIES + " entries");
            }
            List<String> path = EntryPath.parts(entry.get().name());
            if (!path.isEmpty()) {
                enter(entry.get(), path.subList(0, path.size() - 1));
                place(entry.get(), path);
            } else if (entry.get().type() != TarEntry.Type.DIRECTORY) {
                throw new BadLayerException("replaces the root directory by something else");
            }
        }
        return new LayerPaths(others, links, directories, entered, hidden, emptied, hardLinks);
    }

    private void enter(TarEntry entry, List<String> above) throws BadLayerException {
        String directory = String.join("/", above);
        if (directory.equals(parent)) {
            return;
        }
        for (int depth = 1; depth <= above.size(); depth++) {
            String path = String.join("/", above.subList(0, depth));
            if (others.contains(path)) {
                throw wrong(
                        entry, "lies beneath '" + ByteText.show(path) + "', which is not a directory in this layer");
            }
            if (!directories.contains(path)) {
                remember(entered, path);
            }
        }
        parent = directory;
    }

    private void place(TarEntry entry, List<String> parts) throws BadLayerException {
        String name = parts.get(parts.size() - 1);
        if (name.startsWith(WHITEOUT)) {
            hide(entry, parts.subList(0, parts.size() - 1), name.substring(WHITEOUT.length()));
            return;
        }
        String path = String.join("/", parts);
        boolean directory = entry.type() == TarEntry.Type.DIRECTORY;
        if (directory ? others.contains(path) : directories.contains(path) || entered.contains(path)) {
            throw wrong(entry, "is a directory and something else in one layer");
        }
        if (directory) {
            remember(directories, path);
            return;
        }
        if (!remember(others, path)) {
            throw wrong(entry, "occurs twice in one layer, and only one of the two would be scanned");
        }
        if (entry.type() == TarEntry.Type.SYMBOLIC_LINK) {
            remember(links, path);
        } else if (entry.type() == TarEntry.Type.HARD_LINK) {
            String first = String.join("/", EntryPath.parts(entry.link()));
            remember(hardLinks.computeIfAbsent(first, none -> new HashSet<>()), path);
        }
    }

    private void hide(TarEntry entry, List<String> directory, String name) throws BadLayerException {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw wrong(entry, "is a whiteout of a whole directory; engines and scanners disagree on what it hides");
        }
        if (FOUND.stream().anyMatch(name::startsWith)) {
            throw wrong(entry, "is a whiteout by which the scanner would forget what it found in a file");
        }
        String above = String.join("/", directory);
        if (name.equals(OPAQUE)) {
            remember(emptied, above);
        } else {
            remember(hidden, above.isEmpty() ? name : above + "/" + name);
        }
    }

    private boolean remember(Set<String> paths, String path) throws BadLayerException {
        if (!paths.add(path)) {
            return false;
        }
        nameBytes += path.length();
        if (nameBytes > MAX_NAME_BYTES) {
            throw new BadLayerException("brings the image to more than " + MAX_NAME_BYTES + " bytes of names");
        }
        return true;
    }

    private static BadLayerException wrong(TarEntry entry, String problem) {
        return new BadLayerException("'" + ByteText.show(entry.name()) + "' " + problem);
    }
}
