package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.IoFailures;
import io.jenkins.plugins.airworthy.recall.Recall;
import io.jenkins.plugins.airworthy.recall.RecallEntries;
import io.jenkins.plugins.airworthy.sign.document.DocumentReader;
import io.jenkins.plugins.airworthy.sign.document.SeenVersions;
import io.jenkins.plugins.airworthy.sign.document.SignedDocument;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The lists of recalls by which a gate judges every image, whatever the policy says. A list that cannot be read, or by which nothing
 * may be decided, leaves the verdict undecided.
 *
 * @param seen the versions that this machine saw
 */
public record RecallLists(List<RecallSource> sources, SeenVersions seen) {
    public RecallLists {
        sources = List.copyOf(sources);
    }

    /** Takes the entries of a list, one after another. */
    @FunctionalInterface
    public interface Reader {
        void read(Recall recall) throws InterruptedException;
    }

    /**
     * Reads the newest version of a list whole.
     *
     * @return its head
     * @throws UndecidedException if nothing may be decided by it; what was read then counts for nothing
     */
    public DocumentHead read(RecallSource source, ImageStores stores, Instant now, Reader reader)
            throws AirworthyException, InterruptedException {
        try (ImageStore store = stores.open(source.list())) {
            SignedDocument found =
                    new DocumentReader(DocumentHead.RECALLS, source.keys()).read(store, source.list(), seen, now);
            if (found.content().size() > RecallEntries.MAX_BYTES) {
                throw new UndecidedException(
                        found.where() + ": is larger than the allowed " + RecallEntries.MAX_BYTES + " bytes");
            }
            try (RecallEntries entries = RecallEntries.open(
                    store.openBlob(found.content()), found.where().toString())) {
                if (!entries.head().equals(found.head())) {
                    throw new UndecidedException(found.where() + ": is " + entries.head()
                            + ", and its signer says that it is " + found.head());
                }
                for (Optional<Recall> next = entries.next(); next.isPresent(); next = entries.next()) {
                    reader.read(next.get());
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            }
            return found.head();
        } catch (InvalidInputException e) {
            throw new UndecidedException("the list of recalls cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw IoFailures.undecided(source.list() + ": the list of recalls cannot be read", e);
        }
    }
}
