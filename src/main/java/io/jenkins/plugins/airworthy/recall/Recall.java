package io.jenkins.plugins.airworthy.recall;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An entry of a list: what is recalled, why, since when and by whom. An entry is never removed. One that was a mistake, or is over, is
 * lifted.
 *
 * @param story what happened, in words; its first line is in every verdict that it refuses
 * @param by who recalled it
 * @param lifted why and by whom it was lifted; empty while it holds
 */
public record Recall(
        RecallId id,
        RecallTarget target,
        Action action,
        String story,
        Instant since,
        String by,
        Optional<String> incident,
        Optional<Lifted> lifted) {
    private static final int MAX_FIRST_LINE = 200;

    /** What a recall does. None of them stops what runs. */
    public enum Action {
        /** Refuses promotions. */
        PROMOTE,
        /** Refuses promotions and new starts. */
        ADMIT,
        /** Refuses nothing, and is told in verdicts. */
        REPORT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why an entry does not hold any more. */
    public record Lifted(String reason, String by, Instant at) {}

    /** Whether it holds. */
    public boolean holds() {
        return lifted.isEmpty();
    }

    /** The first line of its story, of at most 200 characters. */
    public String firstLine() {
        String line = story.strip().lines().findFirst().orElse("").strip();
        return line.length() <= MAX_FIRST_LINE ? line : line.substring(0, MAX_FIRST_LINE) + "…";
    }

    /** Whether another state of this entry may follow it in the next version of its list: the same, or lifted now. */
    public boolean mayBecome(Recall next) {
        return equals(next) || (holds() && !next.holds() && equals(next.unlifted()));
    }

    /** This entry, lifted. */
    public Recall lift(Lifted why) {
        return new Recall(id, target, action, story, since, by, incident, Optional.of(why));
    }

    private Recall unlifted() {
        return new Recall(id, target, action, story, since, by, incident, Optional.empty());
    }
}
