package io.jenkins.plugins.airworthy.testing.files;

import io.jenkins.plugins.airworthy.image.layer.TarEntry;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file, directory, link or device of an image. Hard links to one file share one object. Only this package can change
 * it.
 */
public final class ImageFile {
    /** Kind of a file, with the letters that Go's {@code FileMode} prints for it. */
    public enum Kind {
        FILE(""),
        DIRECTORY("d"),
        SYMBOLIC_LINK("L"),
        CHARACTER_DEVICE("Dc"),
        BLOCK_DEVICE("D"),
        FIFO("p");

        private final String letters;

        Kind(String letters) {
            this.letters = letters;
        }
    }

    private static final int DEFAULT_DIRECTORY_MODE = 0755;

    private final Kind kind;
    private int mode;
    private long uid;
    private long gid;
    private final long size;
    private final String target;
    private final int contentLayer;
    private final int contentEntry;
    private final Map<String, ImageFile> children;
    private int layer;
    private Optional<String> dispute = Optional.empty();

    ImageFile(Kind kind, TarEntry entry, int layer, int entryNumber) {
        this.kind = kind;
        // Linux ignores the permissions of a symbolic link and always shows all of them.
        this.mode = kind == Kind.SYMBOLIC_LINK ? 0777 : entry.mode();
        this.uid = entry.uid();
        this.gid = entry.gid();
        this.size = entry.size();
        this.target = entry.link();
        this.layer = layer;
        this.contentLayer = layer;
        this.contentEntry = entryNumber;
        this.children = kind == Kind.DIRECTORY ? new TreeMap<>() : Map.of();
    }

    /** Creates a directory that no entry describes. */
    static ImageFile impliedDirectory(int layer) {
        TarEntry entry = new TarEntry("/", TarEntry.Type.DIRECTORY, DEFAULT_DIRECTORY_MODE, 0, 0, 0, "", false);
        return new ImageFile(Kind.DIRECTORY, entry, layer, -1);
    }

    public Kind kind() {
        return kind;
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    /** Returns the low twelve bits: set-user-id, set-group-id, sticky and the permissions. */
    public int mode() {
        return mode;
    }

    public long uid() {
        return uid;
    }

    public long gid() {
        return gid;
    }

    /** Returns the size of the content, in bytes. */
    public long size() {
        return size;
    }

    /** Returns why engines disagree on the owner and the permissions, if they do. */
    public Optional<String> dispute() {
        return dispute;
    }

    /** Returns kind and permissions as Go's {@code FileMode} prints them, for example {@code -rw-r--r--} or {@code dtrwxrwxrwx}. */
    public String permissions() {
        StringBuilder text = new StringBuilder(kind.letters.replace("c", ""));
        text.append((mode & 04000) != 0 ? "u" : "");
        text.append((mode & 02000) != 0 ? "g" : "");
        text.append(kind == Kind.CHARACTER_DEVICE ? "c" : "");
        text.append((mode & 01000) != 0 ? "t" : "");
        if (text.isEmpty()) {
            text.append('-');
        }
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode & 1 << bit) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return text.toString();
    }

    String target() {
        return target;
    }

    int contentLayer() {
        return contentLayer;
    }

    int contentEntry() {
        return contentEntry;
    }

    Map<String, ImageFile> children() {
        return children;
    }

    /** Returns the last layer that named this file or something below it. */
    int layer() {
        return layer;
    }

    void touch(int byLayer) {
        layer = byLayer;
    }

    /** Records that another entry describes this directory or hard link. */
    void describe(TarEntry entry, int byLayer) {
        mode = entry.mode();
        uid = entry.uid();
        gid = entry.gid();
        layer = byLayer;
        dispute = Optional.empty();
    }

    /** Records that a layer adds to this directory of an earlier layer without describing the directory again. */
    void imply(int byLayer) {
        if (layer != byLayer && (mode != DEFAULT_DIRECTORY_MODE || uid != 0 || gid != 0)) {
            dispute = Optional.of("a layer puts files into it without describing it, so some engines show it as "
                    + "drwxr-xr-x of 0:0 and others as it was before");
        }
        layer = byLayer;
    }

    /** Records that a hard link's own entry has another owner or mode than the file. */
    void disputeUnlessSame(TarEntry link) {
        if (mode != link.mode() || uid != link.uid() || gid != link.gid()) {
            dispute = Optional.of("a hard link to it has another owner or mode, which only some engines apply");
        }
    }
}
