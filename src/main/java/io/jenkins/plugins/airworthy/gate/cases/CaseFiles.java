package io.jenkins.plugins.airworthy.gate.cases;

import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files that a case names: first those beside it, then those of the folder of all cases, so that cases can share them. Refuses
 * names that lead elsewhere, links, and everything that is neither a plain file nor a folder.
 */
final class CaseFiles {
    /** What a name may be: no path, nothing hidden, nothing that a shell or a page would read in another way. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final List<Path> folders;

    CaseFiles(List<Path> folders) {
        this.folders = folders.stream().distinct().toList();
    }

    /** What a name stands for. */
    enum Kind {
        FILE,
        FOLDER,
        OTHER
    }

    static String requireName(String name) throws InvalidInputException {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException(
                    "'" + name
                            + "' cannot be used as a name: letters, digits, '.', '_' and '-', not one of these first, at most 100");
        }
        return name;
    }

    /** Reads a plain file completely. */
    byte[] read(String name, int maxBytes) throws InvalidInputException, UndecidedException {
        Path file = find(name, Kind.FILE);
        return read(file, maxBytes);
    }

    static byte[] read(Path file, int maxBytes) throws InvalidInputException, UndecidedException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return BoundedRead.whole(in, maxBytes)
                    .orElseThrow(() ->
                            new InvalidInputException(file + " is larger than the allowed " + maxBytes + " bytes"));
        } catch (IOException e) {
            throw new UndecidedException(file + " could not be read", e);
        }
    }

    /** Finds a folder with saved evidence. */
    Path folder(String name) throws InvalidInputException, UndecidedException {
        return find(name, Kind.FOLDER);
    }

    private Path find(String name, Kind wanted) throws InvalidInputException, UndecidedException {
        requireName(name);
        for (Path folder : folders) {
            Optional<Kind> found = kind(folder.resolve(name));
            if (found.isPresent() && found.get() != wanted) {
                throw new InvalidInputException(folder.resolve(name) + " is not a plain "
                        + (wanted == Kind.FILE ? "file" : "folder") + "; links are not followed");
            }
            if (found.isPresent()) {
                return folder.resolve(name);
            }
        }
        throw new InvalidInputException("there is no '" + name + "' beside the case"
                + (folders.size() > 1 ? ", nor in the folder of all cases" : ""));
    }

    static Optional<Kind> kind(Path path) throws UndecidedException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(found.isRegularFile() ? Kind.FILE : found.isDirectory() ? Kind.FOLDER : Kind.OTHER);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UndecidedException(path + " could not be looked at", e);
        }
    }
}
