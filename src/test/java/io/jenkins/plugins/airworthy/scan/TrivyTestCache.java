package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.tools.Tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies of the project's own vulnerability database, and settings that use them. */
public final class TrivyTestCache {
    private static final Path DATABASE = Path.of("src", "demo", "trivy-db");

    private TrivyTestCache() {}

    public static Path copy(Path folder) throws IOException {
        for (String file :
                List.of("db/trivy.db", "db/metadata.json", "java-db/trivy-java.db", "java-db/metadata.json")) {
            Path to = folder.resolve(file);
            Files.createDirectories(to.getParent());
            Files.copy(DATABASE.resolve(file), to);
        }
        return folder;
    }

    static TrivySettings offline(Path cache) {
        return new TrivySettings(
                new TrivyExecutable(Tool.require("trivy").executable()),
                cache,
                true,
                Optional.empty(),
                Map.of(),
                TrivySettings.DEFAULT_TIME_LIMIT);
    }
}
