package io.jenkins.plugins.airworthy.image.layer;

/** Limits for reading untrusted layers. */
public final class LayerLimits {
    /** Maximum size of an uncompressed layer, in bytes. */
    public static final long MAX_LAYER_BYTES = 32L << 30;

    /** Maximum size of all uncompressed layers of an image, in bytes. */
    public static final long MAX_IMAGE_BYTES = 128L << 30;

    /** Maximum compression ratio of a layer beyond {@link #RATIO_FREE_BYTES}; the maximum of DEFLATE is 1032. */
    public static final int MAX_COMPRESSION_RATIO = 200;

    /** Uncompressed bytes of a layer that may have any ratio, since long runs of zeros are not an attack as such. */
    public static final long RATIO_FREE_BYTES = 256L << 20;

    /** Maximum number of layers of an image. */
    public static final int MAX_LAYERS = 1_000;

    /** Maximum number of entries of all layers. */
    public static final int MAX_ENTRIES = 500_000;

    /** Maximum size of all names and link targets, in bytes. */
    public static final long MAX_NAME_BYTES = 64L << 20;

    /** Maximum length of a path, in bytes: PATH_MAX of Linux. */
    public static final int MAX_PATH_BYTES = 4_096;

    /** Maximum length of a part of a path, in bytes: NAME_MAX of Linux. */
    public static final int MAX_PATH_PART_BYTES = 255;

    /** Maximum depth of directories. */
    public static final int MAX_DEPTH = 512;

    /** Maximum number of symbolic links that are followed to find one file, as in Linux. */
    public static final int MAX_LINKS = 40;

    /** Maximum size of an entry's extended header, in bytes, as in Go's reader. */
    public static final int MAX_EXTENDED_HEADER_BYTES = 1 << 20;

    /** Maximum size of a file whose content is read, in bytes. */
    public static final int MAX_CONTENT_BYTES = 16 << 20;

    private LayerLimits() {}

    /** Returns the maximum size of an uncompressed image with this many compressed bytes in its different layers. */
    public static long imageBytes(long compressed) {
        long most = compressed >= MAX_IMAGE_BYTES / MAX_COMPRESSION_RATIO
                ? MAX_IMAGE_BYTES
                : compressed * MAX_COMPRESSION_RATIO;
        return Math.min(MAX_IMAGE_BYTES, RATIO_FREE_BYTES + most);
    }
}
