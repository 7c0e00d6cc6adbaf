package io.jenkins.plugins.airworthy.image;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in our words why the file system did not do what it was asked. */
final class FileTrouble {
    private FileTrouble() {}

    static String reason(IOException e) {
        if (e instanceof ContentMismatchException) {
            return e.getMessage();
        }
        if (e instanceof FolderLock.LockedException) {
            return "another writer has held its lock for " + FolderLock.PATIENCE.toMinutes() + " minutes";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "it is not there, or no longer";
        }
        if (e instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (e instanceof AtomicMoveNotSupportedException) {
            return "the folder spans several file systems";
        }
        String told = String.valueOf(e.getMessage());
        if (told.contains("No space left") || told.contains("quota")) {
            return "the disk is full";
        }
        if (told.contains("Read-only")) {
            return "the file system is read-only";
        }
        if (told.contains("File too large")) {
            return "the file would be larger than the system allows";
        }
        if (told.contains("Not a directory")) {
            return "a part of its path is no folder";
        }
        return "the file system refused it";
    }
}
