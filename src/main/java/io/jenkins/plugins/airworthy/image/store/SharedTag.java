package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;

import java.util.List;
import java.util.Optional;

/** A tag that several programs move, each to a manifest with one more entry; written by {@link SharedTagWriter}. */
public interface SharedTag {
    /**
     * Returns what the tag stands for now; empty if it stands for nothing yet.
     *
     * @throws UndecidedException if it is something else than a list
     */
    Optional<Manifest> read() throws AirworthyException, InterruptedException;

    /** All entries of a list, in order. */
    List<TagEntry> entries(Manifest list) throws InvalidInputException;

    /**
     * Returns the list with these entries and everything else that it had before.
     *
     * @param before the list that was read; empty for a new one
     * @throws UndecidedException if it would be larger than its readers accept
     */
    Manifest with(Optional<Manifest> before, List<TagEntry> entries) throws AirworthyException, InterruptedException;

    /**
     * Moves the tag, in a single try: before the next one others may have moved it, and it must be read again.
     *
     * @param before the list that was read; a store that can tell writes only if the tag still stands for it
     * @return the failure, if it may pass; then it is unknown whether the tag was moved
     */
    Optional<UndecidedException> write(Optional<Manifest> before, Manifest list)
            throws AirworthyException, InterruptedException;
}
