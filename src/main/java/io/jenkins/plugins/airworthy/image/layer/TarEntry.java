package io.jenkins.plugins.airworthy.image.layer;

/**
 * One entry of a tar archive, with its extended headers applied.
 *
 * @param name as written, one character for each byte
 * @param mode the low twelve bits
 * @param size of the content in bytes; 0 for everything but files
 * @param link what a hard or symbolic link points at; else empty
 * @param zeroDevice whether major and minor number are both 0
 */
public record TarEntry(
        String name, Type type, int mode, long uid, long gid, long size, String link, boolean zeroDevice) {
    public enum Type {
        FILE,
        HARD_LINK,
        SYMBOLIC_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        DIRECTORY,
        FIFO
    }
}
