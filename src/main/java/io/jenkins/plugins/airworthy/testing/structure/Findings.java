package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.layer.LayerLimits;
import io.jenkins.plugins.airworthy.testing.files.ImageFile;
import io.jenkins.plugins.airworthy.testing.files.ImageFileSystem;
import io.jenkins.plugins.airworthy.testing.files.Lookup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The findings of one test: the reasons for its failure, and the file contents that it still needs. */
final class Findings {
    private final List<String> failures = new ArrayList<>();
    private final Map<ImageFile, List<ContentCheck>> pending = new HashMap<>();

    /** Looks at the content of one file. */
    @FunctionalInterface
    interface ContentCheck {
        void check(byte[] content) throws AirworthyException;
    }

    void fail(String reason) {
        failures.add(reason);
    }

    /** Requests the content of a file and follows all links. Adds a failure if the file does not exist. */
    void read(ImageFileSystem files, String path, ContentCheck check) {
        Lookup lookup = files.follow(path);
        if (lookup instanceof Lookup.Absent absent) {
            fail(path + " does not exist: " + absent.reason());
        } else if (lookup instanceof Lookup.Unreachable unreachable) {
            fail(path + ": " + unreachable.reason());
        } else if (lookup instanceof Lookup.Found found) {
            ImageFile file = found.file();
            if (file.kind() != ImageFile.Kind.FILE) {
                fail(path + " is not a file");
            } else if (file.size() > LayerLimits.MAX_CONTENT_BYTES) {
                fail(path + " has " + file.size() + " bytes, more than the " + LayerLimits.MAX_CONTENT_BYTES
                        + " whose content can be tested");
            } else {
                pending.computeIfAbsent(file, unread -> new ArrayList<>()).add(check);
            }
        }
    }

    Map<ImageFile, List<ContentCheck>> pending() {
        return pending;
    }

    List<String> failures() {
        return List.copyOf(failures);
    }
}
