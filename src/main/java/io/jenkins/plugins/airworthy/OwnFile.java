package io.jenkins.plugins.airworthy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;

/**
 * Whether nobody but root and the current user can change a file or put another in its place: both own it and every folder above
 * it, and neither its group nor others may write to any of these. A folder with the sticky bit (as {@code /tmp}) may be written to above
 * a folder of ours, which others cannot move there. Where files have no such owners (Windows) nothing is known and nothing refused.
 */
public final class OwnFile {
    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_GROUP_OR_OTHERS = 022;
    private static final Integer ROOT = 0;

    private OwnFile() {}

    /**
     * Looks at one.
     *
     * @param real without links in it
     */
    public static boolean is(Path real) {
        if (!real.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return true;
        }
        try {
            for (Path part = real; part != null; part = part.getParent()) {
                Map<String, Object> attributes =
                        Files.readAttributes(part, "unix:uid,mode,owner", LinkOption.NOFOLLOW_LINKS);
                int mode = (int) attributes.get("mode");
                boolean shared = !part.equals(real) && (mode & STICKY) != 0;
                boolean owned = attributes.get("uid").equals(ROOT) || isMine((UserPrincipal) attributes.get("owner"));
                if (!owned || (!shared && (mode & WRITABLE_BY_GROUP_OR_OTHERS) != 0)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // what cannot be checked is passed over
        }
    }

    private static boolean isMine(UserPrincipal owner) {
        try {
            return owner.equals(Path.of("")
                    .getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name")));
        } catch (IOException e) {
            return false; // a user without a name owns nothing here
        }
    }
}
