package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.ContentMismatchException;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Describes in our own words why something could not be read or written. */
public final class IoFailures {
    private IoFailures() {}

    /**
     * The failure to throw.
     *
     * @param doing what could not be done, on which reference
     * @throws InterruptedException when the thread was interrupted, which is the cause then
     */
    public static UndecidedException undecided(String doing, IOException e) throws InterruptedException {
        // Clears the flag, as with every InterruptedException. Streams report interrupts in either way.
        if (Thread.interrupted() || e instanceof ClosedByInterruptException) {
            throw new InterruptedException();
        }
        return new UndecidedException(doing + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        if (e.getCause() instanceof AirworthyException known) {
            return known.getMessage();
        }
        if (e instanceof ContentMismatchException) {
            return e.getMessage();
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "it does not exist, or no longer";
        }
        if (e instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (e instanceof AtomicMoveNotSupportedException) {
            return "the folder spans several file systems";
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left") || message.contains("quota")) {
            return "the disk is full";
        }
        if (message.contains("Read-only")) {
            return "the file system is read-only";
        }
        if (message.contains("File too large")) {
            return "the file would be larger than the system allows";
        }
        if (message.contains("Not a directory")) {
            return "a part of its path is not a folder";
        }
        return "the connection or the file system failed";
    }
}
