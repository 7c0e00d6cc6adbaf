package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.IoFailures;
import io.jenkins.plugins.airworthy.recall.RecallEntries;
import io.jenkins.plugins.airworthy.recall.RecallHistory;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.document.DocumentPublisher;
import io.jenkins.plugins.airworthy.sign.document.SignedDocument;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Publishes the next version of a list of recalls. Refuses a version from which an entry of the published one is missing, or in which
 * one is changed otherwise than lifted.
 */
public final class RecallPublisher {
    private final ImageStores stores;
    private final DocumentPublisher publisher;
    private final Clock clock;

    /** @param keys by which the published version is believed, the signer's among them */
    public RecallPublisher(ImageStores stores, List<TrustedKey> keys, Clock clock) {
        this.stores = stores;
        this.publisher = new DocumentPublisher(keys, clock);
        this.clock = clock;
    }

    /**
     * A list in a file.
     *
     * @param digest by which this version is known once it is published
     * @param entries how many it has
     */
    public record File(Path path, DocumentHead head, Descriptor content, Digest digest, int entries) {
        /** Reads a file whole. */
        public static File read(Path path) throws AirworthyException, InterruptedException {
            MessageDigest sha256 = Digest.sha256();
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), sha256);
                    RecallEntries entries = RecallEntries.open(in, path.toString())) {
                while (entries.next().isPresent()) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
                Descriptor content = DocumentPublisher.content(Digest.of(sha256), Files.size(path));
                return new File(
                        path,
                        entries.head(),
                        content,
                        DocumentPublisher.digest(entries.head(), content),
                        entries.count());
            } catch (IOException e) {
                throw IoFailures.undecided(path + ": could not be read", e);
            }
        }

        RecallEntries open() throws InvalidInputException, IOException {
            return RecallEntries.open(Files.newInputStream(path), path.toString());
        }
    }

    /** The published version; empty if there is none. */
    public Optional<SignedDocument> current(ImageReference repository) throws AirworthyException, InterruptedException {
        try (ImageStore store = stores.open(repository)) {
            return publisher.current(store, repository, DocumentHead.RECALLS);
        }
    }

    /**
     * Gives a list in a file the number after the published one, signs and publishes it. The file is then what was published. A file
     * that was stopped between its own tag and {@code current} keeps its number, and is published to the end.
     *
     * @param valid how long readers may decide by it
     * @throws InvalidInputException if the list does not follow the published one
     */
    public SignedDocument publishNext(
            RecallDraft draft, ImageReference repository, Duration valid, StatementSigner signer)
            throws AirworthyException, InterruptedException {
        File file = File.read(draft.path());
        DocumentHead drafted = file.head();
        Optional<SignedDocument> current = current(repository);
        if (isUnfinished(file, current, repository)) {
            return publish(file, repository, signer);
        }
        if (current.isEmpty() && (drafted.version() > 1 || drafted.previous().isPresent())) {
            throw new InvalidInputException(
                    draft.path() + ": is " + drafted + ", and at " + repository
                            + " nothing is published: readers who saw it would believe no version 1. Put the published versions back, or name"
                            + " the repository where they are. For a list that begins anew, write 'version: 1' without 'previous' into the file");
        }
        Instant issued = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        DocumentHead next = new DocumentHead(
                DocumentHead.RECALLS,
                drafted.name(),
                current.map(version -> version.head().version() + 1).orElse(1L),
                current.map(SignedDocument::digest),
                issued,
                issued.plus(valid));
        draft.number(next);
        return publish(File.read(draft.path()), repository, signer);
    }

    private boolean isUnfinished(File file, Optional<SignedDocument> current, ImageReference repository)
            throws AirworthyException, InterruptedException {
        if (!file.head().previous().equals(current.map(SignedDocument::digest))
                || !clock.instant().isBefore(file.head().expires())) {
            return false;
        }
        try (ImageStore store = stores.open(repository)) {
            return DocumentPublisher.isTagged(store, file.head(), file.content());
        }
    }

    /**
     * Signs and publishes a list.
     *
     * @param repository without tag
     * @param signer a key for recalls
     * @throws InvalidInputException if the list does not follow the published one
     */
    public SignedDocument publish(File list, ImageReference repository, StatementSigner signer)
            throws AirworthyException, InterruptedException {
        if (repository.tag().isPresent() || repository.digest().isPresent()) {
            throw new InvalidInputException(repository + ": name the repository alone: the list gets the tags v"
                    + list.head().version() + " and current");
        }
        try (ImageStore store = stores.open(repository)) {
            Optional<SignedDocument> current = publisher.current(store, repository, DocumentHead.RECALLS);
            publisher.requireNext(list.head(), list.content(), current);
            if (current.isPresent()) {
                try (RecallEntries before = RecallEntries.open(
                                store.openBlob(current.get().content()),
                                current.get().where().toString());
                        RecallEntries next = list.open()) {
                    RecallHistory.requireSuccessor(before, next);
                } catch (IOException e) {
                    throw IoFailures.undecided(repository + ": the lists could not be compared", e);
                }
            }
            return publisher.publish(
                    store, repository, list.head(), list.content(), () -> Files.newInputStream(list.path()), signer);
        }
    }
}
