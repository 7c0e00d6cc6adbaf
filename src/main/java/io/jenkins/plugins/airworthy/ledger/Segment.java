package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The index of some entries in a row: sorted postings in blocks, each a file, and a head with the first hash and the SHA-256 of every
 * block. Who knows the head's digest is told all entries that have a term, or fails.
 *
 * @param first index of the first entry
 * @param count of the entries
 * @param head SHA-256 of the head
 */
record Segment(long first, long count, Digest head) {
    static final int BLOCK_POSTINGS = 4_096;

    static final int POSTING_BYTES = Long.BYTES + Integer.BYTES;
    static final int HEAD_BYTES = Long.BYTES + 32;

    /** Terms of one entry, at most. */
    private static final int MAX_TERMS = 4;

    String folder() {
        return "index/" + first + "-" + count;
    }

    private int maxBlocks() {
        return (int) (count * MAX_TERMS / BLOCK_POSTINGS) + 1;
    }

    /** Reads and verifies the head. */
    Opened open(LogSource source) throws AirworthyException {
        String name = folder() + "/head";
        byte[] bytes = Tree.bytes(source, name, maxBlocks() * HEAD_BYTES).orElseThrow(() -> Tree.missing(source, name));
        if (!Digest.of(bytes).equals(head) || bytes.length % HEAD_BYTES != 0) {
            throw new InvalidInputException(source + ": " + name + ": is not the one that the ledger signed");
        }
        return new Opened(this, source, bytes);
    }

    /** A segment whose head is known. */
    static final class Opened {
        private final Segment segment;
        private final LogSource source;
        private final ByteBuffer head;
        private final int blocks;

        private Opened(Segment segment, LogSource source, byte[] head) {
            this.segment = segment;
            this.source = source;
            this.head = ByteBuffer.wrap(head);
            this.blocks = head.length / HEAD_BYTES;
        }

        int blocks() {
            return blocks;
        }

        private long firstHash(int block) {
            return head.getLong(block * HEAD_BYTES);
        }

        /** Gives the entries that may have a term, newest first, until it is enough; returns whether to go on. */
        boolean places(long hash, Places visitor) throws AirworthyException {
            int block = lastThatMayHave(hash);
            while (block >= 0) {
                List<Posting> postings = block(block);
                for (int i = postings.size() - 1; i >= 0; i--) {
                    if (postings.get(i).hash() == hash
                            && !visitor.place(postings.get(i).index())) {
                        return false;
                    }
                }
                if (firstHash(block) != hash) {
                    return true;
                }
                block--; // the same hash may end the block before
            }
            return true;
        }

        private int lastThatMayHave(long hash) {
            int low = 0;
            int high = blocks;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (firstHash(middle) <= hash) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low - 1;
        }

        /** The postings of a block, verified. */
        List<Posting> block(int block) throws AirworthyException {
            String name = segment.folder() + "/" + block;
            byte[] bytes = Tree.bytes(source, name, BLOCK_POSTINGS * POSTING_BYTES)
                    .orElseThrow(() -> Tree.missing(source, name));
            int at = block * HEAD_BYTES + Long.BYTES;
            byte[] expected = Arrays.copyOfRange(head.array(), at, at + HEAD_BYTES - Long.BYTES);
            if (!Arrays.equals(Digest.sha256().digest(bytes), expected)) {
                throw new InvalidInputException(source + ": " + name + ": is not the one that the ledger signed");
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            List<Posting> postings = new ArrayList<>();
            while (in.remaining() >= POSTING_BYTES) {
                postings.add(new Posting(in.getLong(), segment.first + Integer.toUnsignedLong(in.getInt())));
            }
            return postings;
        }
    }

    /** Gets the index of an entry, and returns whether to go on. */
    @FunctionalInterface
    interface Places {
        boolean place(long index) throws AirworthyException;
    }
}
