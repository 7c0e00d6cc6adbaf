package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.TestResult;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the files below a folder that match patterns. Refuses patterns that lead out of it or match nothing, matches
 * that are links, and more than {@value #MAX_FILES} of them. Links to folders are not followed.
 */
final class ReportFiles extends SimpleFileVisitor<Path> {
    /** Maximum number of reports. */
    static final int MAX_FILES = 2_000;

    /** Maximum number of files that are visited. */
    static final int MAX_VISITED = 1_000_000;

    /** Maximum depth of folders. */
    static final int MAX_DEPTH = 64;

    private final Path root;
    private final List<GlobPattern> patterns;
    private final boolean[] matched;
    private final Map<String, ReportFile> found = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private int visited;
    private boolean interrupted;

    private ReportFiles(Path root, List<GlobPattern> patterns) {
        this.root = root;
        this.patterns = patterns;
        this.matched = new boolean[patterns.size()];
    }

    /** Returns the files in the order of their names. */
    static List<ReportFile> find(Path folder, List<String> globs) throws AirworthyException, InterruptedException {
        List<GlobPattern> patterns = new ArrayList<>();
        for (String glob : globs) {
            patterns.add(GlobPattern.parse(glob));
        }
        ReportFiles files;
        try {
            files = new ReportFiles(folder.toRealPath(), patterns);
            Files.walkFileTree(files.root, EnumSet.noneOf(java.nio.file.FileVisitOption.class), MAX_DEPTH, files);
        } catch (IOException e) {
            throw new UndecidedException(
                    folder + ": could not be searched for reports; check that it exists and is readable", e);
        }
        if (files.interrupted) {
            throw new InterruptedException();
        }
        if (!files.problems.isEmpty()) {
            throw new InvalidInputException(files.problems.get(0));
        }
        for (int i = 0; i < files.matched.length; i++) {
            if (!files.matched[i]) {
                throw new InvalidInputException("no file below " + folder + " matches '" + patterns.get(i)
                        + "'; a missing report does not count as passed");
            }
        }
        return List.copyOf(files.found.values());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return count();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            return refuse(root + ": nests folders deeper than " + MAX_DEPTH + "; name a smaller folder");
        }
        if (count() == FileVisitResult.TERMINATE) {
            return FileVisitResult.TERMINATE;
        }
        String name = root.relativize(file).toString().replace(File.separatorChar, '/');
        boolean matches = false;
        for (int i = 0; i < matched.length; i++) {
            if (patterns.get(i).matches(name)) {
                matched[i] = true;
                matches = true;
            }
        }
        if (!matches) {
            return FileVisitResult.CONTINUE;
        }
        if (!attributes.isRegularFile() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return refuse(name + ": is a link or a special file; only plain files are read");
        }
        if (name.length() > TestResult.MAX_NAME_LENGTH) {
            return refuse(name + ": a report's name has at most " + TestResult.MAX_NAME_LENGTH + " characters");
        }
        found.put(name, new ReportFile(file, name));
        return found.size() > MAX_FILES
                ? refuse("the patterns match more than the allowed " + MAX_FILES + " reports")
                : FileVisitResult.CONTINUE;
    }

    private FileVisitResult count() {
        if (Thread.interrupted()) {
            interrupted = true;
            return FileVisitResult.TERMINATE;
        }
        return ++visited > MAX_VISITED
                ? refuse(root + ": contains more than " + MAX_VISITED + " files; name a smaller folder")
                : FileVisitResult.CONTINUE;
    }

    private FileVisitResult refuse(String problem) {
        problems.add(problem);
        return FileVisitResult.TERMINATE;
    }
}
