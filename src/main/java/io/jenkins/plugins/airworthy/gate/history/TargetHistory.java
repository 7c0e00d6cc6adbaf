package io.jenkins.plugins.airworthy.gate.history;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import io.jenkins.plugins.airworthy.ledger.LedgerReader.Recorded;
import io.jenkins.plugins.airworthy.ledger.Term;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a ledger tells of one target, that is, of one tag of one repository. Thread-safe. */
public final class TargetHistory {
    /** How many stays at a target are looked at. */
    public static final int MAX_STAYS = 1_000;

    /** How many images that were held are looked at. */
    private static final int MAX_HELD = 20;

    private final LedgerReader ledger;
    private final String place;

    TargetHistory(LedgerReader ledger, String place) {
        this.ledger = ledger;
        this.place = place;
    }

    /** How entries name a target: a folder by its absolute path, so that another spelling has no other history. */
    public static String place(ImageReference target) throws AirworthyException {
        String tag = target.newTag();
        if (!(target instanceof LayoutReference layout)) {
            return target.toString();
        }
        LayoutReference place =
                new LayoutReference(layout.folder().toAbsolutePath().normalize(), Optional.of(tag), Optional.empty());
        if (!isReadBack(place)) {
            throw new InvalidInputException(
                    "a ledger cannot name the target " + AirworthyException.oneLine(place.toString())
                            + ": the path of its folder has '@' or ':' in it; use another folder");
        }
        return place.toString();
    }

    /** What an entry names is opened again when a crash is settled. */
    private static boolean isReadBack(LayoutReference place) {
        try {
            return ImageReference.parse(place.toString()).equals(place);
        } catch (InvalidInputException e) {
            return false;
        }
    }

    /** How entries name this target. */
    public String place() {
        return place;
    }

    /** What the gate brought here last. */
    public Optional<Stay> current() throws AirworthyException {
        List<Stay> newest = stays(1);
        return newest.stream().findFirst();
    }

    /** What the gate brought here, newest first. */
    public List<Stay> stays(int limit) throws AirworthyException {
        List<Stay> stays = new ArrayList<>();
        ledger.newestFirst(Term.target(place), recorded -> {
            if (Kinds.ARRIVED.contains(recorded.entry().kind())) {
                stays.add(Stay.of(recorded));
            }
            return stays.size() < limit;
        });
        return List.copyOf(stays);
    }

    /** All entries about this target, newest first. */
    public List<Recorded> entries(int limit) throws AirworthyException {
        return ledger.find(Term.target(place), limit);
    }

    /** What an image may do here. */
    public enum Standing {
        /** It was never here. */
        NEW,
        /** It came here, and nothing was said against it since. */
        CAME,
        /** It was rolled back from, and is held until it is reinstated. */
        HELD,
        /** It was held, and may come back. */
        REINSTATED
    }

    /**
     * The standing of an image here.
     *
     * @param entry the entry that says so; empty for one that was never here
     */
    public record ImageStanding(Standing standing, Optional<Recorded> entry) {}

    /** The newest entry about this image here decides. */
    public ImageStanding standing(Digest digest) throws AirworthyException {
        Optional<Recorded> newest = ledger.newest(
                Term.digest(digest),
                entry -> Kinds.STANDING.contains(entry.kind())
                        && entry.target().filter(place::equals).isPresent());
        Standing standing = newest.map(found -> switch (found.entry().kind()) {
                    case Kinds.HELD -> Standing.HELD;
                    case Kinds.REINSTATED -> Standing.REINSTATED;
                    default -> Standing.CAME;
                })
                .orElse(Standing.NEW);
        return new ImageStanding(standing, newest);
    }

    /**
     * What a person has to know of what the tag is now: that the ledger did not put it there last, and that it is held.
     *
     * @param now the image at the tag; empty if there is none
     */
    public List<String> warnings(Optional<Digest> now) throws AirworthyException {
        List<String> warnings = new ArrayList<>();
        Optional<Digest> last = current().map(Stay::digest);
        if (last.isPresent() && !last.equals(now)) {
            warnings.add("the tag is " + now.map(Digest::toString).orElse("no image") + " now; the ledger put "
                    + last.get() + " there last");
        }
        if (now.isPresent() && standing(now.get()).standing() == Standing.HELD) {
            warnings.add("what is there now is held: " + now.get());
        }
        return warnings;
    }

    /** The images that are held here, those that were held last first. */
    List<Digest> held() throws AirworthyException {
        Set<Digest> once = new LinkedHashSet<>();
        ledger.newestFirst(Term.target(place), recorded -> {
            if (recorded.entry().kind().equals(Kinds.HELD)) {
                recorded.entry().digest().ifPresent(once::add);
            }
            return once.size() < MAX_HELD;
        });
        List<Digest> held = new ArrayList<>();
        for (Digest each : once) {
            if (standing(each).standing() == Standing.HELD) {
                held.add(each);
            }
        }
        return held;
    }

    /** The promotion or rollback that was begun last, if no entry tells its outcome. */
    Optional<Recorded> open() throws AirworthyException {
        return ledger.newest(Term.target(place), TargetHistory::isMove)
                .filter(last -> Kinds.BEGUN.contains(last.entry().kind()));
    }

    private static boolean isMove(Entry entry) {
        return Kinds.MOVES.contains(entry.kind());
    }
}
