package io.jenkins.plugins.airworthy.testing.structure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The same as {@link ContainerStructureTestIT} with the answers that the tool gave when they were recorded. */
class ToolsAnswersTest {
    @TempDir
    Path folder;

    @Test
    void theProductAnswersAsTheToolDid() throws Exception {
        new StructureComparison(folder, ToolsAnswers.recorded(), StructureComparison.DEFAULT_SEED).run();
    }
}
