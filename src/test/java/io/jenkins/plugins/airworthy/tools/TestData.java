package io.jenkins.plugins.airworthy.tools;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Data that real tools made: what was made for this project, below {@code src/test/data}, and that of other projects, which is no
 * part of this one, in the folder of the property {@code airworthy.data}.
 */
public final class TestData {
    private TestData() {}

    /** A file or folder of the data, or the end of the test. */
    public static Path require(String path) {
        Path own = Path.of("src/test/data", path).toAbsolutePath();
        if (Files.exists(own)) {
            return own;
        }
        String folder = System.getProperty("airworthy.data", "");
        Path found = Path.of(folder, path).toAbsolutePath();
        if (folder.isBlank() || !Files.exists(found)) {
            String advice = "test data " + path + " was not found: name its folder with"
                    + " -Dairworthy.data=FOLDER (docs/testing.md says where it is from)";
            if (Boolean.getBoolean("airworthy.requireTools") && !folder.isBlank()) {
                Assertions.fail(advice);
            }
            Assumptions.abort("SKIPPED: " + advice);
        }
        return found;
    }
}
