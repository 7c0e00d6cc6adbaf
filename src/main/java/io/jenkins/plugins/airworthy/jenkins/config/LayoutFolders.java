package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders beneath which {@code oci:} references are allowed, on the controller or on an agent. Refuses relative references,
 * and those that leave these folders through a link.
 */
public final class LayoutFolders implements Serializable {
    private static final long serialVersionUID = 1;

    private final ArrayList<String> folders;

    public LayoutFolders(List<String> folders) {
        this.folders = new ArrayList<>(folders);
    }

    public static LayoutFolders current() {
        return new LayoutFolders(AirworthyConfiguration.get().getLayoutFolders());
    }

    /** The same reference with its real folder; the links are those of the machine on which this is called. */
    public LayoutReference inside(LayoutReference reference) throws InvalidInputException, UndecidedException {
        Path folder = reference.folder();
        if (!folder.isAbsolute()) {
            throw new InvalidInputException("'" + reference
                    + "': name a layout folder by its absolute path, beneath one that the administrator listed");
        }
        try {
            Path real = real(folder.normalize());
            for (String listed : folders) {
                if (Files.isDirectory(Path.of(listed))
                        && real.startsWith(Path.of(listed).toRealPath())) {
                    return new LayoutReference(real, reference.tag(), reference.digest());
                }
            }
        } catch (IOException e) {
            throw new UndecidedException("'" + reference + "': the folder could not be read", e);
        }
        throw new InvalidInputException("'" + reference + "' is not in a folder that is listed for image layouts;"
                + " an administrator can list its folder on the Security page, under Airworthy");
    }

    /** The real path of the folder, which may not exist yet: the deepest existing part decides. */
    private static Path real(Path folder) throws IOException {
        Path there = folder;
        while (there.getParent() != null && !Files.exists(there, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(folder)).normalize();
    }
}
