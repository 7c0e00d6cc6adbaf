package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the selected pieces of evidence: first all that are required, then, for each type of which only the newest count, the
 * last attached, until the rest cannot change the decision.
 */
final class EvidenceFetch {
    /** Maximum number of pieces of one type that are read at once before checking whether they suffice. */
    private static final int MOST_AT_ONCE = 64;

    private final EvidenceSelection selection;
    private final List<EvidenceCandidate> pieces;
    private final Map<EvidenceCandidate.Work, List<EvidenceCheck>> judged = new LinkedHashMap<>();
    private final List<VerifiedEvidence> believed = new ArrayList<>();
    /** The optional pieces by type, last attached first. */
    private final Map<String, Deque<Numbered>> waiting = new TreeMap<>();

    private record Numbered(int number, EvidenceCandidate piece, Instant attached) {}

    private EvidenceFetch(List<EvidenceCandidate> pieces, EvidenceSelection selection) {
        this.pieces = pieces;
        this.selection = selection;
    }

    /** Returns the results for the pieces in the order of reading; none for pieces that were left out. */
    static List<EvidenceCheck> of(List<EvidenceCandidate> pieces, EvidenceSelection selection)
            throws AirworthyException, InterruptedException {
        EvidenceFetch reading = new EvidenceFetch(pieces, selection);
        reading.read();
        return reading.judged.values().stream().flatMap(List::stream).toList();
    }

    private void read() throws AirworthyException, InterruptedException {
        List<Integer> batch = sort();
        for (int atOnce = 1; ; atOnce = Math.min(2 * atOnce, MOST_AT_ONCE)) {
            for (Deque<Numbered> each : waiting.values()) {
                for (int i = 0; i < atOnce && !each.isEmpty(); i++) {
                    batch.add(each.remove().number());
                }
            }
            if (batch.isEmpty()) {
                return;
            }
            judge(batch);
            batch = new ArrayList<>();
            waiting.entrySet()
                    .removeIf(each -> each.getValue().isEmpty()
                            || selection.isDecided(
                                    each.getKey(),
                                    believed,
                                    each.getValue().element().attached()));
        }
    }

    /** Returns the numbers of the required pieces; the others are deferred or left out. */
    private List<Integer> sort() {
        List<Integer> needed = new ArrayList<>();
        Map<String, List<Numbered>> newest = new TreeMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            EvidenceCandidate piece = pieces.get(i);
            Optional<String> type = piece.predicateType();
            ReadExtent extent = type.isEmpty() ? ReadExtent.ALL : selection.extent(type.get());
            if (extent == ReadExtent.NEWEST && piece.attached().isPresent()) {
                newest.computeIfAbsent(type.get(), any -> new ArrayList<>())
                        .add(new Numbered(i, piece, piece.attached().get()));
            } else if (extent != ReadExtent.NOTHING) {
                needed.add(i);
            }
        }
        newest.forEach((type, found) -> {
            found.sort(Comparator.comparing(Numbered::attached).reversed());
            waiting.put(type, new ArrayDeque<>(found));
        });
        return needed;
    }

    private void judge(List<Integer> numbers) throws AirworthyException, InterruptedException {
        List<EvidenceCandidate.Work> found = EvidenceReader.PARALLEL.map(
                numbers, number -> pieces.get(number).look().look());
        List<EvidenceCandidate.Work> works = List.copyOf(new LinkedHashSet<>(found));
        List<List<EvidenceCheck>> results = EvidenceReader.PARALLEL.map(works, EvidenceCandidate.Work::judge);
        for (int i = 0; i < works.size(); i++) {
            judged.put(works.get(i), results.get(i));
            for (EvidenceCheck judgement : results.get(i)) {
                if (judgement instanceof EvidenceCheck.Believed one) {
                    believed.add(one.evidence());
                }
            }
        }
    }
}
