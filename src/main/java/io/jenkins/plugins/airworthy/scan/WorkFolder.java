package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An empty folder that only this user may enter. It is gone afterwards, with the program that runs in it, also when this
 * process is asked to end.
 */
final class WorkFolder implements AutoCloseable {
    /** How long a killed program may take to be gone, in seconds. */
    private static final int END_SECONDS = 10;

    private final Path path;
    private final Thread atExit;
    private final AtomicReference<Process> occupant = new AtomicReference<>();

    private WorkFolder(Path path) {
        this.path = path;
        this.atExit = new Thread(this::deleteQuietly, "delete-scan-folder");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static WorkFolder create() throws UndecidedException {
        try {
            return new WorkFolder(Files.createTempDirectory("airworthy-scan-"));
        } catch (IOException e) {
            throw new UndecidedException(
                    "no temporary folder could be made in " + System.getProperty("java.io.tmpdir")
                            + ": check its permissions and its free space",
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** A new empty folder in it. */
    Path folder(String name) throws UndecidedException {
        try {
            return Files.createDirectory(path.resolve(name));
        } catch (IOException e) {
            throw new UndecidedException(path + ": the folder " + name + " could not be made", e);
        }
    }

    /** A new file in it. */
    Path file(String name, byte[] content) throws UndecidedException {
        try {
            return Files.write(path.resolve(name), content);
        } catch (IOException e) {
            throw new UndecidedException(
                    path + ": the file " + name + " could not be written; check the free space", e);
        }
    }

    /** The program that runs here now. */
    void occupiedBy(Process process) {
        occupant.set(process);
    }

    @Override
    public void close() throws UndecidedException {
        try {
            delete();
        } catch (IOException e) {
            throw new UndecidedException(path + " could not be deleted: delete it by hand", e);
        } finally {
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // this process is ending: the hook runs, or has run
        }
    }

    private void deleteQuietly() {
        try {
            Process process = occupant.get();
            if (process != null) {
                ChildProcess.kill(process);
                process.waitFor(END_SECONDS, TimeUnit.SECONDS);
            }
            delete();
        } catch (IOException | InterruptedException e) {
            return; // this process is ending: nobody is left to be told
        }
    }

    private void delete() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // somebody else deletes as well
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
