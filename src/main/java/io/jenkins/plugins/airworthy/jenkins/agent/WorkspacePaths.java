package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Paths in a build's workspace, on the machine where it is. Refuses every path that leads out of it, also through a link. */
record WorkspacePaths(Path root) {
    /** How many characters a path may have: the limit of Linux. A bound is needed because each part is looked up. */
    static final int MAX_LENGTH = 4_096;

    /** The workspace, which is created if no step has used it yet. */
    static WorkspacePaths at(String workspace) throws UndecidedException {
        try {
            return new WorkspacePaths(
                    Files.createDirectories(Path.of(workspace)).toRealPath());
        } catch (IOException | InvalidPathException e) {
            throw new UndecidedException(
                    "the workspace " + workspace + " can be neither read nor created: check the agent's disk", e);
        }
    }

    /**
     * Resolves the path of a file or folder. Its last part may not exist yet, and is not followed if it is a link.
     *
     * @param what for errors: what the path is for
     */
    Path resolve(Path path, String what) throws InvalidInputException, UndecidedException {
        if (path.toString().length() > MAX_LENGTH) {
            throw new InvalidInputException(
                    what + " has more than the " + MAX_LENGTH + " characters that a path in the workspace may have");
        }
        Path place = root.resolve(path).normalize();
        try {
            if (place.equals(root)) {
                return root;
            }
            if (place.startsWith(root) && real(place.getParent()).startsWith(root)) {
                return real(place.getParent()).resolve(place.getFileName());
            }
        } catch (IOException e) {
            throw new UndecidedException(what + " '" + path + "' could not be looked for in the workspace", e);
        }
        throw new InvalidInputException(what + " '" + path
                + "' is outside of the workspace: only files of the build's own workspace are read and written");
    }

    /** The same with all links followed, for a path to write to or to search. */
    Path resolveFully(Path path, String what) throws InvalidInputException, UndecidedException {
        Path place = resolve(path, what);
        try {
            Path real = real(place);
            if (real.startsWith(root)) {
                return real;
            }
        } catch (IOException e) {
            throw new UndecidedException(what + " '" + path + "' could not be looked for in the workspace", e);
        }
        throw new InvalidInputException(what + " '" + path + "' is a link out of the workspace");
    }

    /** The real path, which may not exist yet: the deepest existing part decides. */
    private static Path real(Path path) throws IOException {
        Path there = path;
        while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(path)).normalize();
    }
}
