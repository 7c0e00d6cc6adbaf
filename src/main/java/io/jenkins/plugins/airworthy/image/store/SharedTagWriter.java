package io.jenkins.plugins.airworthy.image.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes the list at a tag that other programs change too. Nothing guards such a tag against two writers, so each looks again after
 * writing, for as long as {@link TagWritePolicy} says, and puts back whatever it has ever seen there that is gone. What others
 * wrote, known or not, is kept. Refuses to report success before that time is over, and gives up in the end.
 */
public final class SharedTagWriter {
    private final SharedTag tag;
    private final TagWritePolicy policy;

    /** Creates a writer; those of one process whose tags have the same name share what they saw. */
    public SharedTagWriter(SharedTag tag, TagWritePolicy policy) {
        this.tag = tag;
        this.policy = policy;
    }

    /**
     * Adds entries, and ends when they stay there.
     *
     * @return the list that the tag points at then
     */
    public Manifest add(List<Descriptor> entries) throws AirworthyException, InterruptedException {
        ObjectNode list = StrictJson.object();
        ArrayNode array = list.putArray(tag.member());
        entries.forEach(entry -> array.add(entry.toJson()));
        return settle(entries(new JsonObject(tag.name(), "", list)), Set.of()).orElseThrow();
    }

    /** Takes entries off the list, and ends when they stay away. */
    public void remove(Set<?> keys) throws AirworthyException, InterruptedException {
        settle(List.of(), keys);
    }

    private Optional<Manifest> settle(List<TagEntry> added, Set<?> removed)
            throws AirworthyException, InterruptedException {
        try (SharedList list = SharedList.join(tag.name())) {
            TagWriteEntry settling = new TagWriteEntry(policy, list);
            int failures = 0;
            while (!settling.isOver()) {
                Optional<Manifest> there;
                list.lock().lockInterruptibly();
                try {
                    settling.looking();
                    added.forEach(list::add);
                    list.drop(removed);
                    there = tag.read();
                    Optional<UndecidedException> failure = visit(there, removed, list, settling);
                    failures = failure.isPresent() ? failures + 1 : 0;
                    if (failures >= policy.attempts()) {
                        throw failure.get();
                    }
                } finally {
                    list.lock().unlock();
                }
                if (settling.isSettled()) {
                    return there;
                }
                settling.pause();
            }
        }
        throw new UndecidedException("could not change the evidence at " + tag.name() + ": for "
                + policy.longest().toSeconds()
                + " s other writers changed the tag so that entries got lost; try again when they are done");
    }

    /** Writes what is missing; a failure that may pass is reported, and the list is read again. */
    private Optional<UndecidedException> visit(
            Optional<Manifest> there, Set<?> removed, SharedList list, TagWriteEntry settling)
            throws AirworthyException, InterruptedException {
        ObjectNode json = there.isPresent() ? document(there.get()) : StrictJson.object();
        List<TagEntry> entries = entries(new JsonObject(tag.name(), "", json));
        List<TagEntry> missing = list.missing(there.map(Manifest::digest), entries);
        boolean hadRemoved = entries.removeIf(entry -> removed.contains(entry.key()));
        if (missing.isEmpty() && !hadRemoved) {
            settling.found();
            return Optional.empty();
        }
        entries.addAll(missing);
        Manifest next = next(there, json, entries);
        Optional<UndecidedException> failure = tag.write(there, next);
        if (failure.isPresent()) {
            list.failed();
        } else {
            list.written(next.digest());
        }
        settling.wrote();
        return failure;
    }

    private List<TagEntry> entries(JsonObject list) throws InvalidInputException {
        List<TagEntry> entries = new ArrayList<>();
        for (JsonObject entry : list.objects(tag.member())) {
            entries.add(new TagEntry(tag.key(entry), entry.node()));
        }
        return entries;
    }

    private ObjectNode document(Manifest list) throws InvalidInputException {
        byte[] bytes = list.content().bytes();
        return StrictJson.parseObject(bytes, tag.name(), Manifest.MAX_BYTES, Manifest.MAX_VALUES)
                .node();
    }

    private Manifest next(Optional<Manifest> there, ObjectNode list, List<TagEntry> entries)
            throws AirworthyException, InterruptedException {
        if (there.isEmpty()) {
            list.put("schemaVersion", 2).put("mediaType", tag.mediaType());
        }
        ArrayNode array = list.putArray(tag.member());
        entries.forEach(entry -> array.add(entry.json()));
        tag.complete(list, entries);
        byte[] bytes = StrictJson.write(list);
        if (bytes.length > Manifest.MAX_BYTES) {
            throw new UndecidedException("the evidence at " + tag.name() + " would be larger than the allowed "
                    + Manifest.MAX_BYTES + " bytes; remove old evidence with 'airworthy evidence prune'");
        }
        return Manifest.parse(there.isPresent() ? there.get().content().mediaType() : tag.mediaType(), bytes);
    }
}
