package io.jenkins.plugins.airworthy.testing.files;

import io.jenkins.plugins.airworthy.image.layer.BadLayerException;
import io.jenkins.plugins.airworthy.image.layer.ByteText;
import io.jenkins.plugins.airworthy.image.layer.EntryPath;
import io.jenkins.plugins.airworthy.image.layer.LayerLimits;
import io.jenkins.plugins.airworthy.image.layer.TarEntry;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Applies the entries of layers, base first, to one tree of files (OCI image specification, layer.md). Refuses entries
 * that leave the tree or go through a link, hard links to files of other layers, and everything else on which engines that
 * unpack in place and engines that overlay layers would show different files.
 */
final class LayerApplier {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final ImageFile root = ImageFile.impliedDirectory(0);
    private final IdentityHashMap<ImageFile, Set<String>> hiddenHere = new IdentityHashMap<>();
    private int layer;
    private int entries;
    private long nameBytes;

    ImageFile root() {
        return root;
    }

    void beginLayer(int number) {
        layer = number;
        hiddenHere.clear();
    }

    /**
     * @param number the index of the entry in its layer
     */
    void apply(TarEntry entry, int number) throws BadLayerException {
        nameBytes += entry.name().length() + entry.link().length();
        if (++entries > LayerLimits.MAX_ENTRIES) {
            throw new BadLayerException("brings the image to more than " + LayerLimits.MAX_ENTRIES + " entries");
        }
        if (nameBytes > LayerLimits.MAX_NAME_BYTES) {
            throw new BadLayerException(
                    "brings the image to more than " + LayerLimits.MAX_NAME_BYTES + " bytes of names");
        }
        List<String> path = EntryPath.parts(entry.name());
        if (path.isEmpty()) {
            describeRoot(entry);
            return;
        }
        String name = path.get(path.size() - 1);
        ImageFile parent = parent(path, entry);
        if (name.startsWith(WHITEOUT)) {
            hide(parent, name, entry);
        } else {
            put(parent, name, entry, number);
        }
    }

    private void describeRoot(TarEntry entry) throws BadLayerException {
        if (entry.type() != TarEntry.Type.DIRECTORY) {
            throw new BadLayerException("replaces the root directory by something else");
        }
        root.describe(entry, layer);
    }

    private ImageFile parent(List<String> path, TarEntry entry) throws BadLayerException {
        ImageFile directory = root;
        for (String part : path.subList(0, path.size() - 1)) {
            if (part.startsWith(WHITEOUT)) {
                throw wrong(entry, "lies beneath a whiteout");
            }
            directory.imply(layer);
            ImageFile next = directory.children().get(part);
            if (next == null) {
                next = ImageFile.impliedDirectory(layer);
                requireNotHidden(directory, part, entry);
                directory.children().put(part, next);
            } else if (!next.isDirectory()) {
                throw wrong(
                        entry,
                        "lies beneath '" + ByteText.show(part)
                                + "', which is not a directory; engines disagree on where that leads");
            }
            directory = next;
        }
        directory.imply(layer);
        return directory;
    }

    private void hide(ImageFile parent, String whiteout, TarEntry entry) throws BadLayerException {
        if (entry.type() == TarEntry.Type.DIRECTORY) {
            throw wrong(entry, "is a directory with the name of a whiteout");
        }
        if (whiteout.equals(OPAQUE)) {
            hideEarlier(parent);
            return;
        }
        String name = whiteout.substring(WHITEOUT.length());
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.startsWith(WHITEOUT)) {
            throw wrong(entry, "is a whiteout that hides nothing");
        }
        ImageFile hidden = parent.children().get(name);
        if (hidden != null && hidden.layer() == layer) {
            throw wrong(entry, "hides a file of its own layer; engines disagree on whether that stays");
        }
        parent.children().remove(name);
        hiddenHere.computeIfAbsent(parent, directory -> new HashSet<>()).add(name);
    }

    /** Removes everything here that earlier layers put there. */
    private void hideEarlier(ImageFile directory) {
        Iterator<ImageFile> children = directory.children().values().iterator();
        while (children.hasNext()) {
            ImageFile child = children.next();
            if (child.layer() != layer) {
                children.remove();
            } else if (child.isDirectory()) {
                hideEarlier(child);
            }
        }
    }

    private void put(ImageFile parent, String name, TarEntry entry, int number) throws BadLayerException {
        if (entry.zeroDevice()) {
            throw wrong(entry, "is the character device 0:0, by which an overlay file system hides files");
        }
        Optional<ImageFile> existing = Optional.ofNullable(parent.children().get(name));
        ImageFile placed =
                switch (entry.type()) {
                    case DIRECTORY -> {
                        if (existing.isPresent() && existing.get().isDirectory()) {
                            existing.get().describe(entry, layer);
                            yield existing.get();
                        }
                        if (existing.isPresent() && existing.get().layer() == layer) {
                            throw wrong(entry, "is a directory and something else in one layer");
                        }
                        requireNotHidden(parent, name, entry);
                        yield new ImageFile(ImageFile.Kind.DIRECTORY, entry, layer, number);
                    }
                    case HARD_LINK -> linked(entry);
                    case FILE -> new ImageFile(ImageFile.Kind.FILE, entry, layer, number);
                    case SYMBOLIC_LINK -> {
                        if (entry.link().isEmpty() || entry.link().length() > LayerLimits.MAX_PATH_BYTES) {
                            throw wrong(entry, "is a symbolic link whose target is empty or too long");
                        }
                        yield new ImageFile(ImageFile.Kind.SYMBOLIC_LINK, entry, layer, number);
                    }
                    case CHARACTER_DEVICE -> new ImageFile(ImageFile.Kind.CHARACTER_DEVICE, entry, layer, number);
                    case BLOCK_DEVICE -> new ImageFile(ImageFile.Kind.BLOCK_DEVICE, entry, layer, number);
                    case FIFO -> new ImageFile(ImageFile.Kind.FIFO, entry, layer, number);
                };
        parent.children().put(name, placed);
    }

    /** Returns the file of this layer that a hard link names. */
    private ImageFile linked(TarEntry entry) throws BadLayerException {
        ImageFile file = root;
        for (String part : EntryPath.parts(entry.link())) {
            ImageFile next = file.children().get(part);
            if (next == null) {
                throw wrong(entry, "is a hard link to '" + ByteText.show(entry.link()) + "', which is not there");
            }
            file = next;
        }
        if (file.isDirectory()) {
            throw wrong(entry, "is a hard link to a directory");
        }
        if (file.layer() != layer) {
            throw wrong(
                    entry,
                    "is a hard link to '" + ByteText.show(entry.link())
                            + "' of an earlier layer, which engines that overlay layers cannot make");
        }
        if (file.kind() != ImageFile.Kind.SYMBOLIC_LINK) {
            file.disputeUnlessSame(entry);
        }
        return file;
    }

    /** Refuses a directory where this layer hid one, since some engines would show the hidden content. */
    private void requireNotHidden(ImageFile parent, String name, TarEntry entry) throws BadLayerException {
        if (hiddenHere.getOrDefault(parent, Set.of()).contains(name)) {
            throw wrong(entry, "makes a directory where its layer hides one; engines disagree on what is in it");
        }
    }

    private static BadLayerException wrong(TarEntry entry, String problem) {
        return new BadLayerException("'" + ByteText.show(entry.name()) + "' " + problem);
    }
}
