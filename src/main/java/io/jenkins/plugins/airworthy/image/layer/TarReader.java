package io.jenkins.plugins.airworthy.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads a tar archive entry by entry in constant memory, like Go's archive/tar, which engines written in Go use.
 * Refuses what that reader refuses, and what other readers would understand differently: sparse files, links with content,
 * repeated extended headers, an archive that is cut short, and bytes after its end.
 */
public final class TarReader {
    private static final long MAX_ID = 0xffff_ffffL;
    /** The type "regular file" in a Unix mode. */
    private static final long REGULAR = 0100000;

    private final InputStream in;
    private final byte[] block = new byte[TarHeader.BLOCK];
    private final byte[] waste = new byte[64 * 1024];
    private long contentLeft;
    private int padding;

    public TarReader(InputStream in) {
        this.in = in;
    }

    /** Returns the next entry and skips the rest of the previous one's content. Empty at the end of the archive. */
    public Optional<TarEntry> next() throws IOException, InterruptedException {
        skipContent();
        Optional<PaxRecords> pax = Optional.empty();
        Optional<String> longName = Optional.empty();
        Optional<String> longLink = Optional.empty();
        boolean extended = false;
        while (readHeaderBlock()) {
            TarHeader header = TarHeader.of(block);
            switch (header.type()) {
                case 'x' -> {
                    requireFirst(pax.isEmpty());
                    pax = Optional.of(PaxRecords.parse(extendedHeader(header)));
                    extended = true;
                }
                case 'g' -> PaxRecords.parse(extendedHeader(header)).requireOnlyComments();
                case 'L' -> {
                    requireFirst(longName.isEmpty());
                    longName = Optional.of(cut(extendedHeader(header)));
                    extended = true;
                }
                case 'K' -> {
                    requireFirst(longLink.isEmpty());
                    longLink = Optional.of(cut(extendedHeader(header)));
                    extended = true;
                }
                default -> {
                    return Optional.of(entry(header, pax.orElse(PaxRecords.NONE), longName, longLink));
                }
            }
        }
        if (extended) {
            throw new BadLayerException("ends with an extended header without an entry");
        }
        return Optional.empty();
    }

    /** Returns the whole content of the current entry, which must be a file. */
    public byte[] content() throws IOException {
        if (contentLeft > LayerLimits.MAX_CONTENT_BYTES) {
            throw new BadLayerException("contains a file larger than the " + LayerLimits.MAX_CONTENT_BYTES
                    + " bytes whose content can be tested");
        }
        byte[] content = in.readNBytes((int) contentLeft);
        requireWhole(content.length == contentLeft);
        contentLeft = 0;
        return content;
    }

    private TarEntry entry(TarHeader header, PaxRecords pax, Optional<String> longName, Optional<String> longLink)
            throws BadLayerException {
        if ((longName.isPresent() && pax.text("path").isPresent())
                || (longLink.isPresent() && pax.text("linkpath").isPresent())) {
            throw new BadLayerException("contains an entry with two long names");
        }
        String name = longName.or(() -> pax.text("path")).orElseGet(header::name);
        String link = longLink.or(() -> pax.text("linkpath")).orElseGet(header::link);
        long size = pax.number("size").orElse(header.size());
        TarEntry.Type type = type(header.type(), name);
        if (name.isEmpty()) {
            throw new BadLayerException("contains an entry without a name");
        }
        // Go's reader makes a file of it, others a directory, so they differ on whether earlier content there remains.
        if (type != TarEntry.Type.DIRECTORY && (name.endsWith("/") || name.endsWith("/."))) {
            throw new BadLayerException("'" + ByteText.show(name)
                    + "' is named like a directory but is not one; engines disagree on whether it replaces one");
        }
        // Engines use the type and make a file, but Go reports the mode of the same entry as that of a directory or a
        // pipe.
        if (type == TarEntry.Type.FILE && header.fileType() != 0 && header.fileType() != REGULAR) {
            throw new BadLayerException("'" + ByteText.show(name)
                    + "' is a file but has the mode of something else; scanners pass over it, and engines do not");
        }
        if (type != TarEntry.Type.FILE && size != 0) {
            throw new BadLayerException("'" + ByteText.show(name)
                    + "' has content but is not a file; readers of archives disagree on what follows it");
        }
        long uid = pax.number("uid").orElse(header.uid());
        long gid = pax.number("gid").orElse(header.gid());
        if (uid > MAX_ID || gid > MAX_ID) {
            throw new BadLayerException("'" + ByteText.show(name) + "' belongs to an id that Linux does not have");
        }
        contentLeft = size;
        padding = (int) (-size & (TarHeader.BLOCK - 1));
        boolean links = type == TarEntry.Type.HARD_LINK || type == TarEntry.Type.SYMBOLIC_LINK;
        boolean device = type == TarEntry.Type.CHARACTER_DEVICE;
        return new TarEntry(
                name, type, header.mode(), uid, gid, size, links ? link : "", device && header.isZeroDevice());
    }

    private static TarEntry.Type type(char flag, String name) throws BadLayerException {
        return switch (flag) {
            case '0' -> TarEntry.Type.FILE;
            // Archives of the old format mark a directory only by the slash at the end of its name.
            case '\0' -> name.endsWith("/") ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
            case '1' -> TarEntry.Type.HARD_LINK;
            case '2' -> TarEntry.Type.SYMBOLIC_LINK;
            case '3' -> TarEntry.Type.CHARACTER_DEVICE;
            case '4' -> TarEntry.Type.BLOCK_DEVICE;
            case '5' -> TarEntry.Type.DIRECTORY;
            case '6' -> TarEntry.Type.FIFO;
            case 'S' -> throw new BadLayerException("contains a sparse file, which is not supported");
            default ->
                throw new BadLayerException(
                        "'" + ByteText.show(name) + "' is of a type that container engines do not unpack");
        };
    }

    private byte[] extendedHeader(TarHeader header) throws IOException {
        long size = header.size();
        if (size > LayerLimits.MAX_EXTENDED_HEADER_BYTES) {
            throw new BadLayerException(
                    "contains an extended header larger than " + LayerLimits.MAX_EXTENDED_HEADER_BYTES + " bytes");
        }
        byte[] bytes = in.readNBytes((int) size);
        requireWhole(bytes.length == size);
        int pad = (int) (-size & (TarHeader.BLOCK - 1));
        requireWhole(in.readNBytes(waste, 0, pad) == pad);
        return bytes;
    }

    private void skipContent() throws IOException, InterruptedException {
        long left = contentLeft + padding;
        while (left > 0) {
            requireGoOn();
            int read = in.read(waste, 0, (int) Math.min(waste.length, left));
            requireWhole(read >= 0);
            left -= read;
        }
        contentLeft = 0;
        padding = 0;
    }

    /** Returns false at the end: at two blocks of zeros, or where the input ends before a header. */
    private boolean readHeaderBlock() throws IOException, InterruptedException {
        int read = in.readNBytes(block, 0, block.length);
        if (read == 0) {
            return false;
        }
        requireWhole(read == block.length);
        if (!isZero(block, read)) {
            return true;
        }
        while ((read = in.readNBytes(waste, 0, waste.length)) > 0) {
            requireGoOn();
            if (!isZero(waste, read)) {
                throw new BadLayerException("goes on after its end, where some readers would find more files");
            }
        }
        return false;
    }

    private static void requireGoOn() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static boolean isZero(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static String cut(byte[] bytes) {
        String text = ByteText.of(bytes, 0, bytes.length);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static void requireFirst(boolean first) throws BadLayerException {
        if (!first) {
            throw new BadLayerException("contains an entry with two extended headers of one kind");
        }
    }

    private static void requireWhole(boolean whole) throws BadLayerException {
        if (!whole) {
            throw new BadLayerException("is cut short in the middle of an entry");
        }
    }
}
