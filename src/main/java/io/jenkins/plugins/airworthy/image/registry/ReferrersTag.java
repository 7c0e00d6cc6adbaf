package io.jenkins.plugins.airworthy.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageManifest;
import io.jenkins.plugins.airworthy.image.IndexManifest;
import io.jenkins.plugins.airworthy.image.Manifest;
import io.jenkins.plugins.airworthy.image.MediaTypes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The list of referrers at the tag {@code sha256-<hex>}, for registries without the API (distribution specification,
 * "Referrers Tag Schema"). Nothing guards such a tag against two writers, so each looks again after writing, once a
 * writer beside it must have finished, and puts back whatever it has ever seen there that is gone. What others wrote,
 * known or not, is kept.
 */
final class ReferrersTag {
    /** How often one entry is written before giving up. */
    static final int MAX_TRIES = 24;

    /** The longest wait between writing and looking again, in milliseconds. */
    private static final long LONGEST_SETTLING_MILLIS = 2_000;

    private static final int STRIPES = 64;
    private static final ReentrantLock[] LOCKS = new ReentrantLock[STRIPES];

    static {
        for (int i = 0; i < STRIPES; i++) {
            LOCKS[i] = new ReentrantLock();
        }
    }

    private final Repository repository;
    private final Manifests manifests;

    ReferrersTag(Repository repository, Manifests manifests) {
        this.repository = repository;
        this.manifests = manifests;
    }

    List<Descriptor> list(Digest subject) throws AirworthyException, InterruptedException {
        Optional<Manifest> index = read(subject);
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        for (Descriptor entry :
                index.isEmpty() ? List.<Descriptor>of() : index.get().children()) {
            found.putIfAbsent(entry.digest(), entry);
        }
        return List.copyOf(found.values());
    }

    /** Lists a manifest under its subject; one writer of this process at a time for each subject. */
    void add(Digest subject, Manifest referrer) throws AirworthyException, InterruptedException {
        ReentrantLock lock = LOCKS[Math.floorMod((repository.name() + subject).hashCode(), STRIPES)];
        lock.lockInterruptibly();
        try {
            merge(subject, referrer);
        } finally {
            lock.unlock();
        }
    }

    void merge(Digest subject, Manifest referrer) throws AirworthyException, InterruptedException {
        Map<String, JsonNode> seen = new LinkedHashMap<>();
        seen.put(referrer.digest().toString(), entry(referrer));
        for (int attempt = 1; attempt <= MAX_TRIES; attempt++) {
            long started = System.nanoTime();
            ObjectNode index = document(read(subject), subject);
            ArrayNode entries = index.withArray("manifests");
            boolean complete = !addMissing(entries, seen);
            if (complete && attempt > 1) {
                return;
            }
            if (!complete) {
                manifests.put(tag(subject), parse(index, subject));
            }
            settle(started, attempt);
        }
        throw new UndecidedException("could not attach to " + repository.at(subject)
                + ": other writers changed the tag " + tag(subject) + " " + MAX_TRIES + " times; try again");
    }

    /** Adds what was seen and is not there; remembers what is. True when anything was added. */
    private static boolean addMissing(ArrayNode entries, Map<String, JsonNode> seen) {
        Set<String> there = new HashSet<>();
        for (JsonNode present : entries) {
            String digest = present.path("digest").asText();
            there.add(digest);
            seen.putIfAbsent(digest, present);
        }
        List<JsonNode> missing = new ArrayList<>();
        seen.forEach((digest, node) -> {
            if (!there.contains(digest)) {
                missing.add(node);
            }
        });
        missing.forEach(entries::add);
        return !missing.isEmpty();
    }

    /** Waits until a writer that read before we wrote has written, if it takes about as long as we did. */
    private static void settle(long startedNanos, int attempt) throws InterruptedException {
        long took = Duration.ofNanos(System.nanoTime() - startedNanos).toMillis() + 1;
        long spread = took * Math.min(attempt, 8);
        long wait = 2 * took + ThreadLocalRandom.current().nextLong(spread + 1);
        Thread.sleep(Math.min(wait, LONGEST_SETTLING_MILLIS));
    }

    private Optional<Manifest> read(Digest subject) throws AirworthyException, InterruptedException {
        Optional<Manifest> found = manifests.byTag(tag(subject));
        if (found.isPresent() && !(found.get() instanceof IndexManifest)) {
            throw new UndecidedException("could not read the list of referrers at " + repository.tagged(tag(subject))
                    + ": it is no index, but an image; remove that tag");
        }
        return found;
    }

    private static ObjectNode document(Optional<Manifest> index, Digest subject) throws InvalidInputException {
        if (index.isPresent()) {
            byte[] bytes = index.get().content().bytes();
            return StrictJson.parseObject(bytes, "referrers of " + subject, Manifest.MAX_BYTES)
                    .node();
        }
        ObjectNode fresh = StrictJson.object();
        fresh.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        return fresh;
    }

    private static Manifest parse(ObjectNode index, Digest subject) throws AirworthyException {
        byte[] bytes = StrictJson.write(index);
        if (bytes.length > Manifest.MAX_BYTES) {
            throw new UndecidedException("the list of referrers of " + subject + " would be larger than the allowed "
                    + Manifest.MAX_BYTES + " bytes; remove old evidence");
        }
        return Manifest.parse(index.path("mediaType").asText(MediaTypes.OCI_INDEX), bytes);
    }

    private static ObjectNode entry(Manifest referrer) {
        Optional<String> type = referrer.artifactType();
        if (type.isEmpty() && referrer instanceof ImageManifest image) {
            type = Optional.of(image.config().mediaType());
        }
        return new Descriptor(
                        referrer.content().mediaType(),
                        referrer.digest(),
                        referrer.content().size(),
                        type,
                        referrer.annotations(),
                        Optional.empty())
                .toJson();
    }

    static String tag(Digest subject) {
        return "sha256-" + subject.hex();
    }
}
