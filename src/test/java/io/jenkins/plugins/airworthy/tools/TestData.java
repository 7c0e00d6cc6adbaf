package io.jenkins.plugins.airworthy.tools;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real data of other projects, in the folder of the property {@code airworthy.data}; not part of this project. */
public final class TestData {
    private TestData() {}

    /** A file or folder of the data, or the end of the test. */
    public static Path require(String path) {
        String folder = System.getProperty("airworthy.data", "");
        Path found = Path.of(folder, path).toAbsolutePath();
        if (folder.isBlank() || !Files.exists(found)) {
            String advice = "test data " + path + " was not found: name its folder with -Dairworthy.data=FOLDER";
            if (Boolean.getBoolean("airworthy.requireTools") && !folder.isBlank()) {
                Assertions.fail(advice);
            }
            Assumptions.abort("SKIPPED: " + advice);
        }
        return found;
    }
}
