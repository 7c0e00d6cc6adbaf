package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Set;

/**
 * Folders of base images that may be links or have special modes. A layer must contain the parent folders of its files, which
 * replaces links (a {@code /bin} that leads to {@code /usr/bin}) and resets modes (a {@code /tmp} that everyone may
 * write to); the first would leave an image without its programs. Files for these folders of a base image are therefore refused.
 */
final class SharedFolders {
    /** Links in many distributions, and folders with a mode beyond nine permission bits or without content. */
    private static final Set<String> REFUSED = Set.of(
            "/bin",
            "/sbin",
            "/lib",
            "/lib32",
            "/lib64",
            "/libx32",
            "/var/run",
            "/var/lock",
            "/tmp",
            "/var/tmp",
            "/run",
            "/dev",
            "/proc",
            "/sys");

    private static final ImagePath ROOTS_HOME = new ImagePath("/root");
    private static final int ROOTS_HOME_MODE = 0700;
    private static final int MODE = 0755;

    private SharedFolders() {}

    /** Returns the mode of a parent folder. */
    static int modeOf(ImagePath folder) {
        return folder.equals(ROOTS_HOME) ? ROOTS_HOME_MODE : MODE;
    }

    static void requireUntouched(LayerPlan plan) throws InvalidInputException {
        for (ImagePath path : plan.entries().keySet()) {
            for (ImagePath at = path; !at.equals(ImagePath.ROOT); at = at.parent()) {
                if (REFUSED.contains(at.text())) {
                    throw new InvalidInputException(
                            "'" + path + "' lies in " + at + ", which belongs to the base image and"
                                    + " would be replaced by the layer: choose a folder of the application's own, such as /app");
                }
            }
        }
    }
}
