package io.jenkins.plugins.airworthy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;

/**
 * Checks that only root and the current user can change or replace a file: they own the file and every folder above it, and neither
 * group nor others may write to them. A folder above with the sticky bit (such as {@code /tmp}) may be writable, since others cannot
 * move our folders there. Where the file system has no Unix owners (Windows), nothing is checked and nothing refused.
 */
public final class OwnFile {
    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_GROUP_OR_OTHERS = 022;
    private static final Integer ROOT = 0;

    private OwnFile() {}

    /**
     * Whether only root and the current user can change or replace this file.
     *
     * @param real a path without symbolic links
     */
    public static boolean is(Path real) {
        return is(real, false);
    }

    /**
     * Whether only root and the current user could change or replace a file that the current user makes in this folder.
     *
     * @param folder a path without symbolic links
     */
    public static boolean wouldBeIn(Path folder) {
        return is(folder, true);
    }

    private static boolean is(Path real, boolean above) {
        if (!real.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return true;
        }
        try {
            for (Path part = real; part != null; part = part.getParent()) {
                Map<String, Object> attributes =
                        Files.readAttributes(part, "unix:uid,mode,owner", LinkOption.NOFOLLOW_LINKS);
                int mode = (int) attributes.get("mode");
                boolean shared = (above || !part.equals(real)) && (mode & STICKY) != 0;
                boolean owned = attributes.get("uid").equals(ROOT) || isMine((UserPrincipal) attributes.get("owner"));
                if (!owned || (!shared && (mode & WRITABLE_BY_GROUP_OR_OTHERS) != 0)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // fail closed: the file cannot be checked
        }
    }

    private static boolean isMine(UserPrincipal owner) {
        try {
            return owner.equals(Path.of("")
                    .getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name")));
        } catch (IOException e) {
            return false; // fail closed: the current user cannot be looked up
        }
    }
}
