package io.jenkins.plugins.airworthy.image.layout;

import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The files of an OCI image layout (version 1.0.0). Refuses everything except plain files and folders, such
 * as symbolic links, pipes and devices. Files are created atomically, also after a crash.
 */
final class LayoutFolder {
    private static final String LOCK = ".lock";

    private static final String VERSION = "1.0.0";
    private static final String MARK = "oci-layout";
    private static final int MAX_MARK_BYTES = 1024;
    private static final int BUFFER_BYTES = 128 * 1024;
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private final String name;
    private final Path root;
    private final Path blobs;

    LayoutFolder(LayoutReference location) {
        this.name = location.repository();
        this.root = location.folder().toAbsolutePath().normalize();
        this.blobs = root.resolve("blobs").resolve("sha256");
    }

    String name() {
        return name;
    }

    Path root() {
        return root;
    }

    Path indexFile() {
        return root.resolve("index.json");
    }

    Path blobFile(Digest digest) {
        return blobs.resolve(digest.hex());
    }

    /** Returns whether a layout exists. */
    boolean exists() throws IOException, InvalidInputException, UndecidedException {
        Optional<byte[]> mark = read(root.resolve(MARK), MAX_MARK_BYTES);
        if (mark.isEmpty()) {
            requireNothingElse();
            mark = read(root.resolve(MARK), MAX_MARK_BYTES);
        }
        if (mark.isEmpty()) {
            return false;
        }
        JsonObject json = StrictJson.parseObject(mark.get(), name + ": " + MARK, MAX_MARK_BYTES);
        if (!json.string("imageLayoutVersion").equals(VERSION)) {
            throw json.error("imageLayoutVersion", "only " + VERSION + " is understood");
        }
        return true;
    }

    /** Creates an empty layout. The caller must have the folder's lock. Readers see the mark first, and accept that the rest is missing. */
    void create() throws IOException, InvalidInputException {
        replace(root.resolve(MARK), ("{\"imageLayoutVersion\":\"" + VERSION + "\"}").getBytes(US_ASCII));
        replace(indexFile(), LayoutIndex.empty(name).bytes());
    }

    /** Excludes other writers until it is closed, and removes old files of killed writers. */
    FolderLock lock() throws IOException, UndecidedException, InterruptedException {
        Path file = root.resolve(LOCK);
        size(file);
        FolderLock lock = FolderLock.take(file);
        try {
            removeAbandoned();
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        return lock;
    }

    /** Returns a file's bytes; empty if it does not exist. */
    Optional<byte[]> read(Path file, int maxBytes) throws IOException, UndecidedException {
        if (size(file).isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = open(file)) {
            Optional<byte[]> bytes = BoundedRead.whole(in, maxBytes);
            if (bytes.isEmpty()) {
                throw new UndecidedException(describe(file) + " is larger than the allowed " + maxBytes + " bytes");
            }
            return bytes;
        }
    }

    /** Returns the size of a plain file in bytes; empty if it does not exist. */
    Optional<Long> size(Path file) throws IOException, UndecidedException {
        for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
            Optional<BasicFileAttributes> found = attributes(folder);
            if (found.isPresent() && !found.get().isDirectory()) {
                throw new UndecidedException(
                        describe(folder) + " is a link or not a folder; only plain folders are used");
            }
        }
        Optional<BasicFileAttributes> found = attributes(file);
        // Checked before opening, since opening a pipe would wait for ever.
        if (found.isPresent() && !found.get().isRegularFile()) {
            throw new UndecidedException(describe(file) + " is a link or not a plain file; only plain files are used");
        }
        return found.map(BasicFileAttributes::size);
    }

    InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    void replace(Path file, byte[] bytes) throws IOException {
        replace(file, new ByteArrayInputStream(bytes));
    }

    /** Replaces the file with the content of the stream. */
    void replace(Path file, InputStream source) throws IOException {
        try (IncomingFile incoming = new IncomingFile(root)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                incoming.write(buffer, read);
            }
            Files.createDirectories(file.getParent());
            incoming.moveTo(file);
        }
    }

    private void removeAbandoned() throws IOException {
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root, IncomingFile.PREFIX + "*")) {
            for (Path file : files) {
                Optional<BasicFileAttributes> found = attributes(file);
                if (found.isPresent()
                        && found.get().lastModifiedTime().toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Refuses to create a layout in a folder with other files. */
    private void requireNothingElse() throws IOException, InvalidInputException {
        if (!Files.exists(root)) {
            return;
        }
        if (!Files.isDirectory(root)) {
            throw new InvalidInputException(name + " is not a folder");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root)) {
            for (Path file : files) {
                String found = file.getFileName().toString();
                boolean ours = found.equals(LOCK) || found.startsWith(IncomingFile.PREFIX);
                // Another writer may have created a layout in the meantime; then the mark exists before anything else.
                if (!ours && attributes(root.resolve(MARK)).isEmpty()) {
                    throw new InvalidInputException(name + " is not an OCI image layout: it contains '" + found
                            + "' but no " + MARK + "; name an empty or new folder, or a layout");
                }
            }
        }
    }

    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private String describe(Path file) {
        return name + ": " + root.relativize(file);
    }
}
