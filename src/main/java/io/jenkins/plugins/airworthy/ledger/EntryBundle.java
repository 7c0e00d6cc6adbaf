package io.jenkins.plugins.airworthy.ledger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entries in a row, each after its length in two bytes: the form of tlog-tiles, and of the journal. */
final class EntryBundle {
    static final int LENGTH_BYTES = 2;

    /** How many bytes a full one may have. */
    static final int MAX_BYTES = TilePath.WIDTH * (LENGTH_BYTES + Entry.MAX_BYTES);

    private static final int UNSIGNED = 0xffff;

    private EntryBundle() {}

    static byte[] write(List<byte[]> entries) {
        int length =
                entries.stream().mapToInt(entry -> LENGTH_BYTES + entry.length).sum();
        ByteBuffer out = ByteBuffer.allocate(length);
        for (byte[] entry : entries) {
            out.putShort((short) entry.length).put(entry);
        }
        return out.array();
    }

    /** The entries; empty if there are not exactly so many. */
    static Optional<List<byte[]>> read(byte[] bytes, int count) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<byte[]> entries = new ArrayList<>();
        while (entries.size() < count && in.remaining() >= LENGTH_BYTES) {
            int length = in.getShort() & UNSIGNED;
            if (length > in.remaining()) {
                return Optional.empty();
            }
            byte[] entry = new byte[length];
            in.get(entry);
            entries.add(entry);
        }
        return entries.size() == count && !in.hasRemaining() ? Optional.of(entries) : Optional.empty();
    }
}
