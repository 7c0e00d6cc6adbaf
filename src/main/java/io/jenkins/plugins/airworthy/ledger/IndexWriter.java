package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Adds segments to an index, and merges those of one size until they are large: a look-up reads a few files of each. A list is written
 * after all that it names; segments that a merge replaced stay until the next change, for those who have just read the list before.
 */
final class IndexWriter {
    /** Entries of the smallest segment. */
    static final int SMALLEST = 16_384;

    private static final int TOGETHER = 8;
    private static final int LARGEST = TOGETHER * TOGETHER;

    private final DurableFolder files;
    private final LogSource source;
    private final NoteSigner signer;
    private final int smallest;

    /** @param smallest entries of the smallest segment; {@link #SMALLEST} but in tests */
    IndexWriter(Path log, NoteSigner signer, int smallest) {
        this.files = new DurableFolder(log);
        this.source = LogSource.folder(log);
        this.signer = signer;
        this.smallest = smallest;
    }

    /**
     * Adds the next segment.
     *
     * @param postings of the entries that follow the index
     * @param tree has these entries
     */
    Index add(Index index, List<Posting> postings, Tree tree) throws AirworthyException, IOException {
        deleteUnnamed(index);
        List<Segment> segments = new ArrayList<>(index.segments());
        List<Segment.Opened> opened = new ArrayList<>(index.opened());
        Iterator<Posting> sorted = postings.stream().sorted().iterator();
        Segment added = write(
                index.covered(), smallest, () -> sorted.hasNext() ? Optional.of(sorted.next()) : Optional.empty());
        segments.add(added);
        opened.add(added.open(source));
        while (mergeable(segments)) {
            int from = segments.size() - TOGETHER;
            Segment first = segments.get(from);
            Segment merged = write(first.first(), first.count() * TOGETHER, merge(opened.subList(from, opened.size())));
            segments.subList(from, segments.size()).clear();
            opened.subList(from, opened.size()).clear();
            segments.add(merged);
            opened.add(merged.open(source));
        }
        long covered = index.covered() + smallest;
        files.sync();
        files.write(Index.LIST, list(covered, segments, tree).getBytes(StandardCharsets.UTF_8));
        files.sync();
        return new Index(covered, opened, segments);
    }

    private String list(long covered, List<Segment> segments, Tree tree) throws AirworthyException {
        String origin = Index.key(signer.publicKey()).name();
        StringBuilder body = new StringBuilder(
                origin + "\n" + covered + "\n" + Base64.getEncoder().encodeToString(tree.range(0, covered)) + "\n");
        for (Segment each : segments) {
            body.append(each.first() + " " + each.count() + " " + each.head() + "\n");
        }
        return signer.sign(origin, body.toString());
    }

    private boolean mergeable(List<Segment> segments) {
        int from = segments.size() - TOGETHER;
        return from >= 0
                && segments.get(from).count() < (long) smallest * LARGEST
                && segments.get(from).count()
                        == segments.get(segments.size() - 1).count();
    }

    /** Gives postings in order, and none at the end. */
    @FunctionalInterface
    private interface Postings {
        Optional<Posting> next() throws AirworthyException;
    }

    private Segment write(long first, long count, Postings postings) throws AirworthyException, IOException {
        Segment place = new Segment(first, count, new Digest("0".repeat(64)));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        Optional<Posting> posting = postings.next();
        for (int block = 0; posting.isPresent(); block++) {
            ByteBuffer out = ByteBuffer.allocate(Segment.BLOCK_POSTINGS * Segment.POSTING_BYTES);
            while (out.hasRemaining() && posting.isPresent()) {
                out.putLong(posting.get().hash()).putInt((int) (posting.get().index() - first));
                posting = postings.next();
            }
            byte[] bytes = new byte[out.position()];
            out.flip().get(bytes);
            files.write(place.folder() + "/" + block, bytes);
            head.write(bytes, 0, Long.BYTES);
            head.writeBytes(Digest.sha256().digest(bytes));
        }
        files.write(place.folder() + "/head", head.toByteArray());
        return new Segment(first, count, Digest.of(head.toByteArray()));
    }

    /** The postings of several segments in order, a block of each in memory. */
    private static Postings merge(List<Segment.Opened> segments) throws AirworthyException {
        PriorityQueue<Cursor> cursors = new PriorityQueue<>();
        for (Segment.Opened segment : segments) {
            Cursor cursor = new Cursor(segment);
            if (cursor.hasPosting()) {
                cursors.add(cursor);
            }
        }
        return () -> {
            if (cursors.isEmpty()) {
                return Optional.empty();
            }
            Cursor least = cursors.remove();
            Posting posting = least.take();
            if (least.hasPosting()) {
                cursors.add(least);
            }
            return Optional.of(posting);
        };
    }

    /** A place in a segment. */
    private static final class Cursor implements Comparable<Cursor> {
        private final Segment.Opened segment;
        private List<Posting> block = List.of();
        private int next;
        private int blocks;

        Cursor(Segment.Opened segment) throws AirworthyException {
            this.segment = segment;
            if (segment.blocks() > 0) {
                block = segment.block(blocks++);
            }
        }

        boolean hasPosting() {
            return next < block.size();
        }

        Posting take() throws AirworthyException {
            Posting taken = block.get(next++);
            if (next == block.size() && blocks < segment.blocks()) {
                block = segment.block(blocks++);
                next = 0;
            }
            return taken;
        }

        @Override
        public int compareTo(Cursor other) {
            return block.get(next).compareTo(other.block.get(other.next));
        }
    }

    private void deleteUnnamed(Index index) throws IOException {
        Path folder = files.path("index");
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<String> named = index.segments().stream().map(Segment::folder).toList();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path each : found.filter(Files::isDirectory).toList()) {
                String name = "index/" + each.getFileName();
                if (!named.contains(name)) {
                    files.delete(name);
                }
            }
        }
    }
}
