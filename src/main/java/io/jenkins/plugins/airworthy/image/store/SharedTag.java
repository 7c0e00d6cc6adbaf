package io.jenkins.plugins.airworthy.image.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;

import java.util.List;
import java.util.Optional;

/**
 * A tag that points at a list, which several programs write: each moves the tag to a manifest with one more entry. Written by
 * {@link SharedTagWriter}.
 */
public interface SharedTag {
    /** Repository and tag. */
    String name();

    /** The media type of a new list. */
    String mediaType();

    /** The member of the manifest that has the entries. */
    String member();

    /** What only entries have in common of which one is enough. */
    Object key(JsonObject entry) throws InvalidInputException;

    /** Writes into a new list what depends on its entries, and refuses more of them than its readers accept. */
    void complete(ObjectNode list, List<TagEntry> entries) throws AirworthyException, InterruptedException;

    /**
     * Returns the list that is there now; empty if there is none yet.
     *
     * @throws UndecidedException if the tag points at something else
     */
    Optional<Manifest> read() throws AirworthyException, InterruptedException;

    /**
     * Moves the tag, in a single try: before the next one others may have moved it, and it must be read again.
     *
     * @param before the list that was read; a store that can compare writes only if the tag still stands for it
     * @return the failure, if it may pass; then it is unknown whether the tag was moved
     */
    Optional<UndecidedException> write(Optional<Manifest> before, Manifest list)
            throws AirworthyException, InterruptedException;
}
