package io.jenkins.plugins.airworthy.image.layer;

/** Limits for reading untrusted layers. */
public final class LayerLimits {
    /** The largest layer, uncompressed, in bytes. */
    public static final long MAX_LAYER_BYTES = 32L << 30;

    /** The largest image, all layers uncompressed, in bytes. */
    public static final long MAX_IMAGE_BYTES = 128L << 30;

    /** How many bytes one compressed byte may become, past {@link #RATIO_FREE_BYTES}; DEFLATE itself ends at 1032. */
    public static final int MAX_COMPRESSION_RATIO = 200;

    /** How many bytes a layer may become whatever its ratio: long runs of zeros are no attack as such. */
    public static final long RATIO_FREE_BYTES = 256L << 20;

    /** How many layers an image may have. */
    public static final int MAX_LAYERS = 1_000;

    /** How many entries all layers may have. */
    public static final int MAX_ENTRIES = 500_000;

    /** How many bytes all names and link targets may have. */
    public static final long MAX_NAME_BYTES = 64L << 20;

    /** The longest path in bytes, Linux' PATH_MAX. */
    public static final int MAX_PATH_BYTES = 4_096;

    /** The longest part of a path in bytes, Linux' NAME_MAX. */
    public static final int MAX_PATH_PART_BYTES = 255;

    /** How deep directories may nest. */
    public static final int MAX_DEPTH = 512;

    /** How many symbolic links are followed to find one file, as Linux does. */
    public static final int MAX_LINKS = 40;

    /** The largest extended header of an entry in bytes, as Go's reader has it. */
    public static final int MAX_EXTENDED_HEADER_BYTES = 1 << 20;

    /** The largest file whose content is read, in bytes. */
    public static final int MAX_CONTENT_BYTES = 16 << 20;

    private LayerLimits() {}

    /** How many bytes an image may become whose different layers have so many compressed. */
    public static long imageBytes(long compressed) {
        long most = compressed >= MAX_IMAGE_BYTES / MAX_COMPRESSION_RATIO
                ? MAX_IMAGE_BYTES
                : compressed * MAX_COMPRESSION_RATIO;
        return Math.min(MAX_IMAGE_BYTES, RATIO_FREE_BYTES + most);
    }
}
