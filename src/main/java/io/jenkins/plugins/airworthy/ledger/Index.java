package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.Utf8;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;
import io.jenkins.plugins.airworthy.sign.tlog.NoteKey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the terms of a ledger's entries are. Its list of segments is a checkpoint of its own, of the origin {@code NAME/index}: signed by
 * the ledger's key, with the size and the root hash of the tree that it covers, and a line for each segment. So an entry cannot be hidden by
 * leaving it out of the index. What it does not cover is read entry by entry.
 *
 * @param covered how many entries the segments are about
 */
record Index(long covered, List<Segment.Opened> opened, List<Segment> segments) {
    static final String LIST = "index/list";
    static final Index NONE = new Index(0, List.of(), List.of());

    private static final int MAX_LIST_BYTES = 64 * 1024;
    private static final Pattern LINE = Pattern.compile("([0-9]{1,15}) ([0-9]{1,10}) (sha256:[0-9a-f]{64})");

    Index {
        opened = List.copyOf(opened);
        segments = List.copyOf(segments);
    }

    static NoteKey key(NoteKey ledger) {
        return ledger.named(ledger.name() + "/index");
    }

    /**
     * Reads the index of a tree.
     *
     * @return {@link #NONE} if there is none, or it is of a tree that this one does not continue
     */
    static Index read(LogSource source, NoteKey ledger, Tree tree) throws AirworthyException {
        Optional<byte[]> list = Tree.bytes(source, LIST, MAX_LIST_BYTES);
        if (list.isEmpty()) {
            return NONE;
        }
        String what = source + ": " + LIST;
        Checkpoint read = key(ledger).open(Utf8.decode(list.get(), what), what);
        if (read.size() > tree.size()
                || !Arrays.equals(tree.range(0, read.size()), read.root().bytes())) {
            return NONE;
        }
        List<Segment> segments = segments(read, what);
        List<Segment.Opened> opened = new ArrayList<>();
        for (Segment segment : segments) {
            opened.add(segment.open(source));
        }
        return new Index(read.size(), opened, segments);
    }

    private static List<Segment> segments(Checkpoint read, String what) throws InvalidInputException {
        List<Segment> segments = new ArrayList<>();
        long end = 0;
        List<String> lines = read.body().lines().toList();
        for (String line : lines.subList(3, lines.size())) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || Long.parseLong(parts.group(1)) != end) {
                throw new InvalidInputException(what + ": is not a list of segments in a row");
            }
            Segment segment = new Segment(end, Long.parseLong(parts.group(2)), Digest.parse(parts.group(3)));
            segments.add(segment);
            end += segment.count();
        }
        if (end != read.size()) {
            throw new InvalidInputException(what + ": its segments are of " + end + " entries, not " + read.size());
        }
        return segments;
    }

    /**
     * Gives the entries with a term, newest first.
     *
     * @param tail entries that may have it and that the index does not cover, oldest first
     */
    void newestFirst(Term term, List<Long> tail, LedgerReader ledger, LedgerReader.Visitor visitor)
            throws AirworthyException {
        Segment.Places check = place -> {
            Entry entry = ledger.entry(place);
            return !entry.terms().contains(term) || visitor.visit(new LedgerReader.Recorded(place, entry));
        };
        for (int i = tail.size() - 1; i >= 0; i--) {
            if (tail.get(i) >= covered && !check.place(tail.get(i))) {
                return;
            }
        }
        for (int i = opened.size() - 1; i >= 0; i--) {
            if (!opened.get(i).places(term.hash(), check)) {
                return;
            }
        }
    }
}
