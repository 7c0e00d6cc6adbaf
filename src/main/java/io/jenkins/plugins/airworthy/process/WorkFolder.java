package io.jenkins.plugins.airworthy.process;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.store.TemporaryFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A temporary folder in which a program runs. Folder and program are removed together, also when this process is asked to end.
 */
public final class WorkFolder implements AutoCloseable {
    /** How long to wait for a killed program to end, in seconds. */
    private static final int END_SECONDS = 10;

    private final TemporaryFolder folder;
    private final Path path;
    private final Thread atExit;
    private final AtomicReference<Process> occupant = new AtomicReference<>();

    private WorkFolder(TemporaryFolder folder) {
        this.folder = folder;
        this.path = folder.path();
        this.atExit = new Thread(this::deleteQuietly, "delete-work-folder");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Makes one.
     *
     * @param prefix of its name
     */
    public static WorkFolder create(String prefix) throws UndecidedException {
        return new WorkFolder(TemporaryFolder.create(prefix));
    }

    public Path path() {
        return path;
    }

    /** Creates an empty folder in it. */
    public Path folder(String name) throws UndecidedException {
        try {
            return Files.createDirectory(path.resolve(name));
        } catch (IOException e) {
            throw new UndecidedException(path + ": the folder " + name + " could not be made", e);
        }
    }

    /** Creates a file in it. */
    public Path file(String name, byte[] content) throws UndecidedException {
        try {
            return Files.write(path.resolve(name), content);
        } catch (IOException e) {
            throw new UndecidedException(
                    path + ": the file " + name + " could not be written; check the free space", e);
        }
    }

    /** Sets the program that runs here now. */
    void occupiedBy(Process process) {
        occupant.set(process);
    }

    @Override
    public void close() throws UndecidedException {
        try {
            folder.close();
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
            folder.close();
        } catch (UndecidedException | InterruptedException e) {
            return; // this process is ending: no thread needs the result
        }
    }
}
