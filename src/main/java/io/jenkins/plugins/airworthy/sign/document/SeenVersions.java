package io.jenkins.plugins.airworthy.sign.document;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.OwnFile;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.image.layout.FolderLock;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.IoFailures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The highest version of each document that this machine saw, in a folder: one file for each place that documents are read from. It is
 * never lowered. A file that cannot be read decides nothing; it does not count as missing. Refuses a folder that others may write.
 */
public final class SeenVersions {
    /** How old the time of the last decision in a file may get. */
    private static final Duration COARSE = Duration.ofMinutes(10);

    private final Path folder;

    /** @param folder is made when something is seen first */
    public SeenVersions(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** The file for a place. */
    Path file(ImageReference place) {
        String repository = place instanceof LayoutReference layout
                ? "oci:" + layout.folder().toAbsolutePath().normalize()
                : place.repository();
        String name = Digest.of(repository.getBytes(StandardCharsets.UTF_8)).hex();
        return folder.resolve(name.substring(0, 32) + ".json");
    }

    Optional<SeenVersion> at(ImageReference place) throws AirworthyException, InterruptedException {
        Path file = file(place);
        try (InputStream in = Files.newInputStream(file)) {
            if (!OwnFile.is(file.toRealPath())) {
                throw new UndecidedException(
                        file + ": others than you and root may write this file or a folder above it,"
                                + " and it says which version of " + place.repository()
                                + " was seen; take that from them with chmod go-w");
            }
            byte[] bytes = BoundedRead.whole(in, SeenVersion.MAX_BYTES)
                    .orElseThrow(
                            () -> new UndecidedException(file + ": is too large to be a record of a seen version"));
            return Optional.of(SeenVersion.parse(bytes, file.toString()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (InvalidInputException e) {
            throw new UndecidedException(
                    e.getMessage() + "; the version of " + place.repository() + " that was seen before is not known",
                    e);
        } catch (IOException e) {
            throw IoFailures.undecided(file + ": could not read which version was seen", e);
        }
    }

    /**
     * Remembers a version that follows from the one that was seen.
     *
     * @param now the time of a decision by it; empty if nothing may be decided by it
     * @throws UndecidedException if another process has seen a later one meanwhile, or if it cannot be written
     */
    void remember(ImageReference place, DocumentHead head, Digest digest, Optional<Instant> now)
            throws AirworthyException, InterruptedException {
        try {
            makeFolder();
            FolderLock lock = FolderLock.take(folder.resolve(".lock"));
            try {
                Optional<SeenVersion> seen = at(place);
                if (seen.isPresent()) {
                    requireNotOlder(seen.get(), head, digest, place.at(digest));
                }
                Instant before = seen.map(SeenVersion::at).orElse(Instant.EPOCH);
                Instant at = now.filter(time -> time.isAfter(before)).orElse(before);
                boolean same = seen.isPresent() && seen.get().version() == head.version();
                if (!same || Duration.between(before, at).compareTo(COARSE) > 0) {
                    SeenVersion next =
                            new SeenVersion(head.kind(), head.name(), head.version(), digest, head.issued(), at);
                    write(file(place), next.toBytes(place.repository()));
                }
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw IoFailures.undecided(
                    folder + ": could not write which version of " + place.repository() + " was seen", e);
        }
    }

    /** Refuses an older version than the one that was seen, the same with another content, and another document. */
    static void requireNotOlder(SeenVersion seen, DocumentHead head, Digest digest, ImageReference where)
            throws UndecidedException {
        if (!seen.kind().equals(head.kind()) || !seen.name().equals(head.name())) {
            throw new UndecidedException(where + ": is " + head + ", and " + seen.kind() + " '" + seen.name()
                    + "' was seen here before: one document does not take another's place");
        }
        if (head.version() < seen.version()) {
            throw new UndecidedException(where + ": is version " + head.version() + " of " + head.kind() + " '"
                    + head.name() + "', and version " + seen.version() + " (" + seen.digest()
                    + ") was seen here before: somebody leads back to an older one");
        }
        if (head.version() == seen.version() && !digest.equals(seen.digest())) {
            throw new UndecidedException(where + ": is version " + head.version() + " of " + head.kind() + " '"
                    + head.name() + "', and another version of this number was seen here before, " + seen.digest()
                    + ": somebody with the key made two");
        }
    }

    /** Refuses a clock that shows an earlier time than when something was decided last, or when a version was made. */
    static void requireClock(Optional<SeenVersion> seen, DocumentHead head, ImageReference where, Instant now)
            throws UndecidedException {
        if (ClockSkew.isFuture(head.issued(), now)) {
            throw new UndecidedException(where + ": was issued at " + head.issued()
                    + ", and this machine's clock shows " + now + ": one of the two clocks is wrong");
        }
        if (seen.isPresent() && ClockSkew.isFuture(seen.get().at(), now)) {
            throw new UndecidedException(where + ": something was decided by it at "
                    + seen.get().at() + ", and this machine's clock shows " + now + ": it was set back");
        }
    }

    private void makeFolder() throws IOException, UndecidedException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] own = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(folder, own);
        if (!OwnFile.wouldBeIn(folder.toRealPath())) {
            throw new UndecidedException(
                    folder + ": others than you and root may write this folder or one above it, and"
                            + " it says which versions were seen; take that from them with chmod go-w");
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        Path fresh = Files.createTempFile(folder, ".seen-", ".new");
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
