package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.io.IOException;
import java.util.Optional;

/** Compares a version of a list with the one before: no entry may be gone, and one that is there may only have been lifted. */
public final class RecallHistory {
    private RecallHistory() {}

    /**
     * Reads both lists to their ends.
     *
     * @throws InvalidInputException if an entry is gone or changed, or if an entry was put between those that are published
     */
    public static void requireSuccessor(RecallEntries before, RecallEntries next)
            throws InvalidInputException, IOException {
        Optional<Recall> old = before.next();
        Optional<Recall> now = next.next();
        while (old.isPresent()) {
            RecallId id = old.get().id();
            if (now.isEmpty() || now.get().id().compareTo(id) > 0) {
                throw new InvalidInputException(
                        id + " is missing: it is in " + before.head() + ", and an entry is lifted, never removed");
            }
            if (!now.get().id().equals(id)) {
                throw new InvalidInputException(now.get().id() + " is new and comes before " + id + ", which is in "
                        + before.head() + ": give new entries higher ids");
            }
            if (!old.get().mayBecome(now.get())) {
                throw new InvalidInputException(id + " is not as it is in " + before.head()
                        + ": a published entry is only lifted; recall anew under a new id");
            }
            old = before.next();
            now = next.next();
        }
        while (now.isPresent()) {
            now = next.next();
        }
    }
}
