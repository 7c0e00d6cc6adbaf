package io.jenkins.plugins.airworthy.image.layer;

/**
 * One entry of a tar archive, its extended headers applied.
 *
 * @param name as it was written, one character a byte
 * @param mode the low twelve bits
 * @param size of the content in bytes; 0 for everything but files
 * @param link what a hard or symbolic link points at; else empty
 * @param zeroDevice major and minor number are both 0
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
