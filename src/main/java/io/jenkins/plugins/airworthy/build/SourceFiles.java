package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the files of one copy. A link inside the folder to a file inside the folder is followed, and its content copied;
 *  Refuses every other link, special files, names that the image could not contain, and more files than
 * {@value #MAX_ENTRIES}, deeper than {@value #MAX_DEPTH}.
 */
final class SourceFiles {
    /** Maximum number of files and folders of one copy. */
    static final int MAX_ENTRIES = 200_000;

    /** Maximum depth of folders. */
    static final int MAX_DEPTH = 100;

    /** Maximum size of all files of one copy, in bytes. */
    static final long MAX_BYTES = 16L * 1024 * 1024 * 1024;

    private final FileCopy copy;
    private final SortedMap<ImagePath, LayerPlan.Entry> entries = new TreeMap<>();
    private Path realRoot = Path.of("");
    private long bytes;

    private SourceFiles(FileCopy copy) {
        this.copy = copy;
    }

    static LayerPlan find(FileCopy copy) throws AirworthyException, InterruptedException {
        return new SourceFiles(copy).plan();
    }

    private LayerPlan plan() throws AirworthyException, InterruptedException {
        Path from = copy.from();
        BasicFileAttributes found = attributes(from);
        if (found.isSymbolicLink()) {
            throw new InvalidInputException(
                    "'" + from + "' is a symbolic link: name the file or folder that it points at");
        }
        ImagePath to = copy.to();
        if (found.isDirectory()) {
            realRoot = realPath(from);
            addFolder(from, found, to, 0);
        } else {
            if (copy.intoFolder()) {
                to = to.child(nameOf(from));
            } else if (to.equals(ImagePath.ROOT)) {
                throw new InvalidInputException("'" + from + "' is a file and cannot become the folder /");
            }
            addFile(from, found, to);
        }
        return new LayerPlan(copy, Collections.unmodifiableSortedMap(new TreeMap<>(entries)));
    }

    private void addFolder(Path folder, BasicFileAttributes found, ImagePath to, int depth)
            throws AirworthyException, InterruptedException {
        if (depth > MAX_DEPTH) {
            throw new InvalidInputException(
                    "'" + copy.from() + "' has more than " + MAX_DEPTH + " folders within each other");
        }
        if (!to.equals(ImagePath.ROOT)) {
            add(new LayerPlan.Entry(to, folder, true, copy.folderMode(), 0, seen(found, false)));
        }
        for (Path child : children(folder)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            ImagePath path = to.child(nameOf(child));
            BasicFileAttributes attributes = attributes(child);
            if (attributes.isDirectory()) {
                addFolder(child, attributes, path, depth + 1);
            } else if (attributes.isSymbolicLink()) {
                Path target = followed(child);
                addFile(target, attributes(target), path);
            } else {
                addFile(child, attributes, path);
            }
        }
    }

    private void addFile(Path file, BasicFileAttributes found, ImagePath to) throws InvalidInputException {
        if (!found.isRegularFile()) {
            throw new InvalidInputException(
                    "'" + file + "' is neither a file nor a folder: devices, sockets and pipes cannot be copied");
        }
        bytes += found.size();
        if (bytes > MAX_BYTES) {
            throw new InvalidInputException("'" + copy.from() + "' has more than the allowed " + MAX_BYTES + " bytes");
        }
        add(new LayerPlan.Entry(to, file, false, copy.fileMode(), found.size(), seen(found, true)));
    }

    private void add(LayerPlan.Entry entry) throws InvalidInputException {
        entries.put(entry.path(), entry);
        if (entries.size() > MAX_ENTRIES) {
            throw new InvalidInputException(
                    "'" + copy.from() + "' has more than the allowed " + MAX_ENTRIES + " files and folders");
        }
    }

    private Path followed(Path link) throws AirworthyException {
        Path target;
        try {
            target = link.toRealPath();
        } catch (IOException e) {
            throw new InvalidInputException("'" + link + "' is a symbolic link to nothing that can be read", e);
        }
        if (!target.startsWith(realRoot)) {
            throw new InvalidInputException("'" + link + "' is a symbolic link out of '" + copy.from()
                    + "': copy what it points at by its own name, or remove it");
        }
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidInputException("'" + link + "' is a symbolic link to something other than a file:"
                    + " only links to files are followed");
        }
        return target;
    }

    private static List<Path> children(Path folder) throws UndecidedException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                children.add(child);
                if (children.size() > MAX_ENTRIES) {
                    break; // refused when the files are added
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new UndecidedException("'" + folder + "' could not be listed: check who may read it", e);
        }
        Collections.sort(children);
        return children;
    }

    private static BasicFileAttributes attributes(Path path) throws AirworthyException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("'" + path + "' does not exist", e);
        } catch (IOException e) {
            throw new UndecidedException("'" + path + "' could not be looked at: check who may read it", e);
        }
    }

    private static Path realPath(Path folder) throws UndecidedException {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UndecidedException("'" + folder + "' could not be looked at: check who may read it", e);
        }
    }

    private static String nameOf(Path path) throws InvalidInputException {
        Path last = path.toAbsolutePath().normalize().getFileName();
        if (last == null) {
            throw new InvalidInputException("'" + path + "' has no name of its own: write TO in full");
        }
        String name = last.toString();
        // In any other encoding, Java reads the same name differently on different machines.
        String encoding = System.getProperty("sun.jnu.encoding", "").toUpperCase(Locale.ROOT);
        boolean plain = name.chars().allMatch(c -> c < 0x80);
        if (!plain && !encoding.startsWith("UTF-8") && !isWindows()) {
            throw new InvalidInputException("'" + path + "' has a name beyond ASCII, which the locale's encoding "
                    + encoding + " does not show faithfully: run with a UTF-8 locale, such as LC_ALL=C.UTF-8");
        }
        return name;
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    private static String seen(BasicFileAttributes found, boolean isFile) {
        return isFile ? found.fileKey() + " " + found.lastModifiedTime() : String.valueOf(found.fileKey());
    }
}
