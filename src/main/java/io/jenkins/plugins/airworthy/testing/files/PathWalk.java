package io.jenkins.plugins.airworthy.testing.files;

import io.jenkins.plugins.airworthy.image.layer.ByteText;
import io.jenkins.plugins.airworthy.image.layer.LayerLimits;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Follows a path through an image as Linux would with the image as its root, so that no link leads out of it. */
final class PathWalk {
    private final Deque<ImageFile> directories = new ArrayDeque<>();
    private final Deque<String> ahead = new ArrayDeque<>();
    private final ImageFile root;
    private int links;

    private PathWalk(ImageFile root) {
        this.root = root;
        this.directories.push(root);
    }

    /**
     * @param followLast whether a symbolic link at the end is followed as well
     */
    static Lookup find(ImageFile root, String path, boolean followLast) {
        PathWalk walk = new PathWalk(root);
        String bytes = ByteText.of(path);
        if (bytes.length() > LayerLimits.MAX_PATH_BYTES) {
            return new Lookup.Unreachable("the path is longer than " + LayerLimits.MAX_PATH_BYTES + " bytes");
        }
        walk.prepend(bytes);
        return walk.run(followLast);
    }

    private Lookup run(boolean followLast) {
        ImageFile here = root;
        while (!ahead.isEmpty()) {
            String part = ahead.pop();
            if (!here.isDirectory()) {
                return new Lookup.Absent("a part of the path is not a directory");
            }
            if (part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                if (directories.size() > 1) {
                    directories.pop();
                }
                here = directories.getFirst();
                continue;
            }
            ImageFile next = here.children().get(part);
            if (next == null) {
                return new Lookup.Absent("'" + ByteText.show(part) + "' does not exist");
            }
            if (next.kind() == ImageFile.Kind.SYMBOLIC_LINK && (followLast || !ahead.isEmpty())) {
                if (++links > LayerLimits.MAX_LINKS) {
                    return new Lookup.Unreachable(
                            "more than " + LayerLimits.MAX_LINKS + " symbolic links follow each other");
                }
                if (next.target().startsWith("/")) {
                    directories.clear();
                    directories.push(root);
                    here = root;
                }
                prepend(next.target());
                continue;
            }
            if (next.isDirectory()) {
                directories.push(next);
            }
            here = next;
        }
        return new Lookup.Found(here);
    }

    /** Splits a path. A slash at the end becomes '.', which only a directory contains. */
    private void prepend(String path) {
        List<String> parts = List.of(path.split("/+", -1));
        for (int i = parts.size() - 1; i >= 0; i--) {
            ahead.push(parts.get(i).isEmpty() ? "." : parts.get(i));
        }
    }
}
