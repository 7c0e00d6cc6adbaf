package io.jenkins.plugins.airworthy.ledger;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Writes files so that a crash leaves the old one or the new one, on the disk once {@link #sync} returned. Interrupts do not disturb it.
 * Not thread-safe.
 */
final class DurableFolder {
    private static final String FRESH = ".new";

    private final Path folder;
    private final Set<Path> changed = new LinkedHashSet<>();

    DurableFolder(Path folder) {
        this.folder = folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    void write(String name, byte[] content) throws IOException {
        Path file = path(name);
        makeFolder(file.getParent());
        Path fresh = file.resolveSibling(file.getFileName() + FRESH);
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            out.write(content);
            out.getFD().sync();
        }
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
        changed.add(file.getParent());
    }

    private void makeFolder(Path wanted) throws IOException {
        if (!Files.isDirectory(wanted)) {
            makeFolder(wanted.toAbsolutePath().getParent());
            Files.createDirectories(wanted);
            changed.add(wanted.toAbsolutePath().getParent());
        }
    }

    /** Returns once the names of all that was written are on the disk. */
    void sync() throws IOException {
        for (Path each : Set.copyOf(changed)) {
            sync(each);
            changed.remove(each);
        }
    }

    private static void sync(Path each) throws IOException {
        boolean interrupted = false;
        try {
            while (!synced(each)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** False if the thread was interrupted. */
    private static boolean synced(Path each) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(each, StandardOpenOption.READ);
        } catch (IOException e) {
            return true; // Windows opens no folders, and writes their names by itself
        }
        try (channel) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    /** Deletes a folder that has files only, if it is there. */
    void delete(String name) throws IOException {
        Path old = path(name);
        if (Files.isDirectory(old)) {
            try (var files = Files.newDirectoryStream(old)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(old);
        }
    }
}
