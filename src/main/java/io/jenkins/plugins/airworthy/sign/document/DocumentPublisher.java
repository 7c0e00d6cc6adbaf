package io.jenkins.plugins.airworthy.sign.document;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Publishes the next version of a document: its content, its manifest and the signature, then the tag of its number, which is never
 * moved, and at last {@code current}. What was stopped in between can be done again. Of two publishers at once at most one succeeds where
 * a store compares before it moves a tag. Elsewhere each looks again after it wrote, and the one whose version is gone fails.
 */
public final class DocumentPublisher {
    private final Collection<TrustedKey> keys;
    private final Clock clock;

    /** @param keys by which the version before is believed */
    public DocumentPublisher(Collection<TrustedKey> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** The published version; empty if there is none. */
    public Optional<SignedDocument> current(ImageStore store, ImageReference repository, String kind)
            throws AirworthyException, InterruptedException {
        return new DocumentReader(kind, keys).find(store, repository);
    }

    /** The digest by which a version is known, which the version after it names. */
    public static Digest digest(DocumentHead head, Descriptor content) throws InvalidInputException {
        return DocumentManifest.of(head, content).digest();
    }

    /** The descriptor of a document with these bytes. */
    public static Descriptor content(Digest digest, long size) {
        return new Descriptor(DocumentManifest.CONTENT_TYPE, digest, size);
    }

    /**
     * Refuses a version that is not the successor of the published one. The same version is no mistake: it may be published again.
     */
    public void requireNext(DocumentHead head, Descriptor content, Optional<SignedDocument> current)
            throws InvalidInputException {
        Instant now = clock.instant();
        if (ClockSkew.isFuture(head.issued(), now) || !now.isBefore(head.expires())) {
            throw new InvalidInputException(head + ": is issued at " + head.issued() + " and expires at "
                    + head.expires() + ", and it is " + now + " now: no reader would believe it");
        }
        if (current.isEmpty()) {
            if (head.version() != 1) {
                throw new InvalidInputException(head + ": no version before it is published here: begin with 1");
            }
            return;
        }
        DocumentHead before = current.get().head();
        if (!before.name().equals(head.name())) {
            throw new InvalidInputException(
                    current.get().where() + ": is " + before + ", and another document cannot follow it");
        }
        if (before.version() == head.version() && current.get().digest().equals(digest(head, content))) {
            return;
        }
        if (head.version() != before.version() + 1
                || !head.previous().equals(Optional.of(current.get().digest()))) {
            throw new InvalidInputException(head + " does not follow the published one: the next is version "
                    + (before.version() + 1) + " with previous: "
                    + current.get().digest());
        }
    }

    /** Whether the tag of its number is this version already. */
    public static boolean isTagged(ImageStore store, DocumentHead head, Descriptor content)
            throws AirworthyException, InterruptedException {
        return digest(store, DocumentManifest.tag(head.version())).equals(Optional.of(digest(head, content)));
    }

    /**
     * Publishes a version that {@link #requireNext} accepts.
     *
     * @param bytes its content, opened once for each try
     * @return the published version
     * @throws InvalidInputException if the tag of its number is another version
     * @throws UndecidedException if somebody else published meanwhile
     */
    public SignedDocument publish(
            ImageStore store,
            ImageReference repository,
            DocumentHead head,
            Descriptor content,
            ImageStore.BlobSource bytes,
            StatementSigner signer)
            throws AirworthyException, InterruptedException {
        Manifest manifest = DocumentManifest.of(head, content);
        String tag = DocumentManifest.tag(head.version());
        Optional<Descriptor> taken = store.resolve(tag);
        if (taken.isPresent() && !taken.get().digest().equals(manifest.digest())) {
            throw new InvalidInputException(repository.repository() + ":" + tag + ": is "
                    + taken.get().digest() + " already, and a published version is never replaced");
        }
        Optional<Digest> before = digest(store, DocumentManifest.CURRENT);
        Descriptor config = Descriptor.of(MediaTypes.OCI_EMPTY, DocumentManifest.EMPTY);
        store.putBlob(config, () -> new ByteArrayInputStream(DocumentManifest.EMPTY));
        store.putBlob(content, bytes);
        store.putManifest(manifest);
        Observation now = new Observation(Observer.IMPORTED, clock.instant());
        EvidenceWriter.attach(
                store, manifest.descriptor(), head.statement(manifest.digest(), Optional.of(now)), signer, clock);
        if (taken.isEmpty()) {
            take(store, repository, tag, head, manifest);
        }
        if (!digest(store, DocumentManifest.CURRENT).equals(before)) {
            throw meanwhile(repository, head);
        }
        store.tag(DocumentManifest.CURRENT, manifest);
        requireAt(store, repository, DocumentManifest.CURRENT, head, manifest);
        requireAt(store, repository, tag, head, manifest);
        return new SignedDocument(head, repository.at(manifest.digest()), manifest.digest(), content);
    }

    /** Takes the tag of a number, and looks after a while whether somebody else took it at the same time. */
    private static void take(
            ImageStore store, ImageReference repository, String tag, DocumentHead head, Manifest manifest)
            throws AirworthyException, InterruptedException {
        if (digest(store, tag).isPresent()) {
            throw meanwhile(repository, head);
        }
        Optional<UndecidedException> failure = store.tagOnce(tag, Optional.empty(), manifest);
        if (failure.isPresent() && digest(store, tag).isEmpty()) {
            throw failure.get();
        }
        TimeUnit.MILLISECONDS.sleep(store.tagWrites().alone().toMillis());
        requireAt(store, repository, tag, head, manifest);
    }

    private static void requireAt(
            ImageStore store, ImageReference repository, String tag, DocumentHead head, Manifest manifest)
            throws AirworthyException, InterruptedException {
        if (!digest(store, tag).equals(Optional.of(manifest.digest()))) {
            throw meanwhile(repository, head);
        }
    }

    private static Optional<Digest> digest(ImageStore store, String tag)
            throws AirworthyException, InterruptedException {
        return store.resolve(tag).map(Descriptor::digest);
    }

    private static UndecidedException meanwhile(ImageReference repository, DocumentHead head) {
        return new UndecidedException(repository.repository() + ": another version " + head.version()
                + " was published meanwhile: publish again");
    }
}
