package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.image.layout.FolderLock;
import io.jenkins.plugins.airworthy.image.store.IoFailures;
import io.jenkins.plugins.airworthy.recall.Recall;
import io.jenkins.plugins.airworthy.recall.RecallEntries;
import io.jenkins.plugins.airworthy.recall.RecallId;
import io.jenkins.plugins.airworthy.recall.RecallTarget;
import io.jenkins.plugins.airworthy.recall.RecallWriter;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A list of recalls in a file that somebody works on. It is written anew for each change, and replaced at the end; comments in it are
 * not kept. Its number is that of the version that was published last, and counts again when it is published. Changes by several
 * processes wait for one another, with a lock file beside it.
 */
public record RecallDraft(Path path) {
    /** What somebody says of a new entry. */
    public record Entry(
            RecallTarget target,
            Recall.Action action,
            String story,
            Instant since,
            String by,
            Optional<String> incident) {}

    /** A change of the entries: returns what is written for one. */
    @FunctionalInterface
    private interface Change {
        Recall of(Recall recall) throws InvalidInputException;
    }

    /** Writes an empty first version to a new file. */
    public DocumentHead create(String name, Instant now, Duration valid)
            throws AirworthyException, InterruptedException {
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
        DocumentHead head =
                new DocumentHead(DocumentHead.RECALLS, name, 1, Optional.empty(), issued, issued.plus(valid));
        try {
            new RecallWriter(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), head)
                    .close();
            return head;
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(path + ": exists already and is not overwritten", e);
        } catch (IOException e) {
            throw IoFailures.undecided(path + ": could not be written", e);
        }
    }

    /** Adds an entry with the next id of the year. */
    public Recall add(Entry entry, Instant now) throws AirworthyException, InterruptedException {
        int year = now.atZone(ZoneOffset.UTC).getYear();
        RecallId[] last = {new RecallId(year, 0)};
        Recall[] added = new Recall[1];
        rewrite(
                path,
                Optional.empty(),
                recall -> {
                    last[0] = recall.id();
                    return recall;
                },
                () -> {
                    RecallId id = last[0].year() >= year
                            ? new RecallId(last[0].year(), last[0].number() + 1)
                            : new RecallId(year, 1);
                    added[0] = new Recall(
                            id,
                            entry.target(),
                            entry.action(),
                            entry.story(),
                            entry.since(),
                            entry.by(),
                            entry.incident(),
                            Optional.empty());
                    return Optional.of(added[0]);
                });
        return added[0];
    }

    /** Lifts an entry that holds. */
    public Recall lift(RecallId id, Recall.Lifted lifted) throws AirworthyException, InterruptedException {
        Recall[] found = new Recall[1];
        rewrite(
                path,
                Optional.empty(),
                recall -> {
                    if (!recall.id().equals(id)) {
                        return recall;
                    }
                    if (!recall.holds()) {
                        throw new InvalidInputException(path + ": " + id + " is lifted already");
                    }
                    found[0] = recall.lift(lifted);
                    return found[0];
                },
                () -> {
                    if (found[0] == null) {
                        throw new InvalidInputException(path + ": there is no " + id);
                    }
                    return Optional.empty();
                });
        return found[0];
    }

    /** Gives it another head, and leaves the entries. */
    void number(DocumentHead head) throws AirworthyException, InterruptedException {
        rewrite(path, Optional.of(head), recall -> recall, Optional::empty);
    }

    /** What is written after the last entry. */
    @FunctionalInterface
    private interface Last {
        Optional<Recall> entry() throws InvalidInputException;
    }

    private static void rewrite(Path path, Optional<DocumentHead> head, Change change, Last last)
            throws AirworthyException, InterruptedException {
        try {
            Path target = path.toRealPath();
            // One after another from reading to writing: of two changes at once, the later must not undo the earlier.
            FolderLock lock = FolderLock.take(target.resolveSibling("." + target.getFileName() + ".lock"));
            try {
                replace(path, target, head, change, last);
            } finally {
                lock.close();
            }
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(path + ": there is no such file: 'airworthy recall new' begins one", e);
        } catch (IOException e) {
            throw IoFailures.undecided(path + ": could not be changed", e);
        }
    }

    private static void replace(Path path, Path target, Optional<DocumentHead> head, Change change, Last last)
            throws AirworthyException, IOException, InterruptedException {
        Path fresh = Files.createTempFile(target.getParent(), ".recalls-", ".new");
        try {
            write(path, fresh, head, change, last);
            RecallPublisher.File.read(fresh); // what no reader would accept is not kept
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void write(Path path, Path fresh, Optional<DocumentHead> head, Change change, Last last)
            throws AirworthyException, IOException {
        try (RecallEntries entries = RecallEntries.open(Files.newInputStream(path), path.toString());
                RecallWriter out = new RecallWriter(Files.newOutputStream(fresh), head.orElse(entries.head()))) {
            for (Optional<Recall> next = entries.next(); next.isPresent(); next = entries.next()) {
                out.write(change.of(next.get()));
            }
            Optional<Recall> more = last.entry();
            if (more.isPresent()) {
                out.write(more.get());
            }
        }
    }
}
