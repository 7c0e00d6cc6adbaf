package io.jenkins.plugins.airworthy.sign.document;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceFound;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceSelection;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads the newest version of a document of one kind that a trusted key signed. A version that is missing, older than the one seen
 * before, another of the same number, not a successor of it, expired, or from the future, leaves everything undecided.
 */
public final class DocumentReader {
    /** The most versions that a reader may be behind: hourly ones of a year. */
    public static final int MAX_BEHIND = 10_000;

    private final String kind;
    private final List<TrustedKey> keys;

    /**
     * Creates a reader.
     *
     * @param keys that may sign documents of this kind
     */
    public DocumentReader(String kind, Collection<TrustedKey> keys) {
        this.kind = kind;
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads and remembers the newest version.
     *
     * @param at its tag, or its repository alone for the tag {@code current}
     * @throws UndecidedException if nothing may be decided by what is there
     */
    public SignedDocument read(ImageStore store, ImageReference at, SeenVersions seen, Instant now)
            throws AirworthyException, InterruptedException {
        SignedDocument found;
        Optional<SeenVersion> before = seen.at(at);
        try {
            found = find(store, at)
                    .orElseThrow(() ->
                            new UndecidedException(at + ": there is no " + kind + ": nothing is published there"));
            if (before.isPresent()) {
                requireSuccessor(store, found, before.get());
            }
        } catch (InvalidInputException e) {
            throw new UndecidedException(e.getMessage(), e);
        }
        SeenVersions.requireClock(before, found.head(), found.where(), now);
        boolean expired = !now.isBefore(found.head().expires());
        seen.remember(at, found.head(), found.digest(), expired ? Optional.empty() : Optional.of(now));
        if (expired) {
            throw new UndecidedException(found.where() + ": " + found.head() + " expired at "
                    + found.head().expires()
                    + ", and nothing newer is published: its publisher runs 'airworthy recall publish'");
        }
        return found;
    }

    /** The newest published version that a trusted key signed, whatever was seen before; empty if nothing is published. */
    Optional<SignedDocument> find(ImageStore store, ImageReference at) throws AirworthyException, InterruptedException {
        if (at.digest().isPresent()) {
            throw new InvalidInputException(at + ": a document is read by its tag, which the next version takes over");
        }
        Optional<Manifest> manifest = store.manifest(at.tag().orElse(DocumentManifest.CURRENT));
        return manifest.isEmpty() ? Optional.empty() : Optional.of(verified(store, at, manifest.get()));
    }

    private SignedDocument verified(ImageStore store, ImageReference at, Manifest manifest)
            throws AirworthyException, InterruptedException {
        ImageReference where = at.at(manifest.digest());
        Descriptor content = DocumentManifest.content(manifest, where.toString());
        EvidenceFound signed = EvidenceReader.read(
                store,
                manifest.digest(),
                TrustedSigners.of(keys),
                EvidenceSelection.ofType(DocumentHead.predicateType(kind)));
        for (VerifiedEvidence each : signed.verified()) {
            if (each.predicateType().equals(DocumentHead.predicateType(kind))) {
                DocumentHead head = DocumentHead.read(each.statement());
                if (!head.kind().equals(kind)
                        || !DocumentManifest.of(head, content).digest().equals(manifest.digest())) {
                    throw new InvalidInputException(
                            where + ": its manifest is not that of " + head + ", which its signer says it is");
                }
                return new SignedDocument(head, where, manifest.digest(), content);
            }
        }
        String rejected = signed.rejected().isEmpty()
                ? "nothing is attached to it"
                : "not believed: " + signed.rejected().get(0).reason();
        throw new UndecidedException(
                where + ": no key that is trusted for " + kind + " signed it (" + rejected + "): check --recalls-key");
    }

    /** Follows the versions back to the one that was seen. */
    private static void requireSuccessor(ImageStore store, SignedDocument found, SeenVersion seen)
            throws AirworthyException, InterruptedException {
        DocumentHead head = found.head();
        SeenVersions.requireNotOlder(seen, head, found.digest(), found.where());
        if (head.version() == seen.version()) {
            return;
        }
        if (head.version() - seen.version() > MAX_BEHIND) {
            throw new UndecidedException(found.where() + ": is version " + head.version() + ", and version "
                    + seen.version() + " was seen before: more than " + MAX_BEHIND
                    + " versions are not followed back");
        }
        Optional<Digest> link = head.previous();
        for (long version = head.version() - 1; version > seen.version(); version--) {
            Digest digest = link.orElseThrow(() -> broken(found, seen, "a version names none before it"));
            Manifest manifest = store.manifest(digest)
                    .orElseThrow(() -> broken(found, seen, found.where().at(digest) + " is not there any more"));
            link = DocumentManifest.previous(
                    manifest, head, version, found.where().at(digest).toString());
        }
        if (!link.equals(Optional.of(seen.digest()))) {
            throw broken(
                    found,
                    seen,
                    "the version before is " + link.map(Digest::toString).orElse("missing"));
        }
    }

    private static UndecidedException broken(SignedDocument found, SeenVersion seen, String reason) {
        return new UndecidedException(found.where() + ": " + found.head() + " does not follow from version "
                + seen.version() + " (" + seen.digest() + "), which was seen here before: " + reason);
    }
}
