package io.jenkins.plugins.airworthy.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The list of referrers at the tag {@code sha256-<hex>}, for registries without the API (distribution specification,
 * "Referrers Tag Schema"). Nothing guards such a tag against two writers, so each looks again after writing, for as long
 * as {@link TagWritePolicy} says, and puts back whatever it has ever seen there that is gone. What others wrote, known or not,
 * is kept.
 */
final class ReferrersTag {
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
            found.putIfAbsent(entry.digest(), entry.asListed());
        }
        return List.copyOf(found.values());
    }

    /** Lists manifests under their subject, and ends when they stay there. */
    void add(Digest subject, List<Manifest> referrers) throws AirworthyException, InterruptedException {
        try (SharedList list = SharedList.join(repository.name() + "@" + subject)) {
            add(subject, referrers, list);
        }
    }

    void add(Digest subject, List<Manifest> referrers, SharedList list)
            throws AirworthyException, InterruptedException {
        settle(subject, list, settling -> {
            referrers.forEach(referrer -> list.add(referrer.digest().toString(), entry(referrer)));
            return visit(subject, list, settling);
        });
    }

    /** Takes manifests off the list of their subject, and ends when they stay away. */
    void remove(Digest subject, List<Digest> referrers) throws AirworthyException, InterruptedException {
        Set<String> digests = referrers.stream().map(Digest::toString).collect(Collectors.toSet());
        try (SharedList list = SharedList.join(repository.name() + "@" + subject)) {
            settle(subject, list, settling -> {
                list.drop(digests);
                return visitToRemove(subject, digests, list, settling);
            });
        }
    }

    /** One look at the list, and what follows from it. */
    @FunctionalInterface
    private interface Visit {
        Optional<UndecidedException> to(TagWriteEntry settling) throws AirworthyException, InterruptedException;
    }

    private void settle(Digest subject, SharedList list, Visit visit) throws AirworthyException, InterruptedException {
        TagWriteEntry settling = new TagWriteEntry(manifests.limits().settling(), list);
        int failures = 0;
        while (!settling.isOver()) {
            list.lock().lockInterruptibly();
            try {
                settling.looking();
                Optional<UndecidedException> failure = visit.to(settling);
                failures = failure.isPresent() ? failures + 1 : 0;
                if (failures >= manifests.limits().attempts()) {
                    throw failure.get();
                }
            } finally {
                list.lock().unlock();
            }
            if (settling.isSettled()) {
                return;
            }
            settling.pause();
        }
        throw new UndecidedException("could not change what is attached to " + repository.at(subject) + ": for "
                + manifests.limits().settling().longest().toSeconds() + " s other writers changed the tag "
                + tag(subject)
                + " so that entries got lost; try again when they are done");
    }

    /** Reads the list and writes what is missing there; a failure that may pass is told, and the list is read again. */
    private Optional<UndecidedException> visit(Digest subject, SharedList list, TagWriteEntry settling)
            throws AirworthyException, InterruptedException {
        Optional<Manifest> read = settling.hasWritten() ? written(subject) : read(subject);
        ObjectNode index = document(read, subject);
        ArrayNode entries = index.withArray("manifests");
        List<JsonNode> missing = list.missing(read.map(Manifest::digest), entries);
        if (missing.isEmpty()) {
            settling.found();
            return Optional.empty();
        }
        missing.forEach(entries::add);
        return write(subject, index, list, settling);
    }

    private Optional<UndecidedException> visitToRemove(
            Digest subject, Set<String> digests, SharedList list, TagWriteEntry settling)
            throws AirworthyException, InterruptedException {
        Optional<Manifest> read = read(subject);
        ObjectNode index = document(read, subject);
        ArrayNode entries = index.withArray("manifests");
        List<JsonNode> missing = list.missing(read.map(Manifest::digest), entries);
        int before = entries.size();
        entries.removeIf(entry -> digests.contains(entry.path("digest").asText()));
        if (missing.isEmpty() && entries.size() == before) {
            settling.found();
            return Optional.empty();
        }
        missing.forEach(entries::add);
        return write(subject, index, list, settling);
    }

    private Optional<UndecidedException> write(
            Digest subject, ObjectNode index, SharedList list, TagWriteEntry settling)
            throws AirworthyException, InterruptedException {
        Manifest merged = parse(index, subject);
        Optional<UndecidedException> failure = manifests.putOnce(tag(subject), merged);
        if (failure.isPresent()) {
            list.failed();
        } else {
            list.written(merged.digest());
        }
        settling.wrote();
        return failure;
    }

    private Optional<Manifest> read(Digest subject) throws AirworthyException, InterruptedException {
        return list(manifests.byTag(tag(subject)), subject);
    }

    /** Some registries take the digest in a tag's name for the digest itself, whatever is written there. */
    private Optional<Manifest> written(Digest subject) throws AirworthyException, InterruptedException {
        Optional<Manifest> found = manifests.byTag(tag(subject));
        if (found.isPresent() && found.get().digest().equals(subject)) {
            throw new UndecidedException(
                    "could not attach anything to " + repository.at(subject) + ": the registry does"
                            + " not keep the tag " + tag(subject)
                            + ", but answers it with the image itself; use a registry with"
                            + " the referrers API, or write evidence in the older form (at the command line: --evidence-format"
                            + " legacy)");
        }
        return list(found, subject);
    }

    private Optional<Manifest> list(Optional<Manifest> found, Digest subject) throws UndecidedException {
        if (found.map(Manifest::digest).equals(Optional.of(subject))) {
            return Optional.empty(); // "cosign copy" leaves the image itself there, and an image lists nothing
        }
        if (found.isPresent() && !(found.get() instanceof IndexManifest)) {
            throw new UndecidedException("could not read the list of referrers at " + repository.tagged(tag(subject))
                    + ": it is no index, but an image; remove that tag");
        }
        return found;
    }

    private static ObjectNode document(Optional<Manifest> index, Digest subject) throws InvalidInputException {
        if (index.isPresent()) {
            byte[] bytes = index.get().content().bytes();
            return StrictJson.parseObject(bytes, "referrers of " + subject, Manifest.MAX_BYTES, Manifest.MAX_VALUES)
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
                    + Manifest.MAX_BYTES + " bytes; remove old evidence with 'airworthy evidence prune'");
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
