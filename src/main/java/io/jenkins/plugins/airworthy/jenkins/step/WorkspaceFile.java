package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.FilePath;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file of the workspace that the controller reads. Refuses files outside it, also through a link: otherwise a job on the
 * controller's own node could read the controller's files.
 */
final class WorkspaceFile {
    private WorkspaceFile() {}

    static byte[] read(FilePath workspace, String path, int maxBytes)
            throws InvalidInputException, IOException, InterruptedException {
        if (path.isEmpty()) {
            throw new InvalidInputException("no file is named");
        }
        if (!AirworthyException.oneLine(path).equals(path) || isAbsolute(path) || !workspace.isDescendant(path)) {
            throw new InvalidInputException(
                    "the file '" + path + "' is not in the workspace: name it relative to " + workspace.getRemote());
        }
        FilePath file = workspace.child(path);
        if (!file.exists() || file.isDirectory()) {
            throw new InvalidInputException(
                    "there is no file '" + path + "' in the workspace " + workspace.getRemote());
        }
        try (InputStream stream = file.read()) {
            return BoundedRead.whole(stream, maxBytes)
                    .orElseThrow(() -> new InvalidInputException(
                            "the file '" + path + "' has more than the allowed " + maxBytes + " bytes"));
        }
    }

    /** For any operating system, since the agent's may differ from the controller's. */
    private static boolean isAbsolute(String path) {
        return path.startsWith("/") || path.startsWith("\\") || path.matches("[A-Za-z]:.*");
    }
}
