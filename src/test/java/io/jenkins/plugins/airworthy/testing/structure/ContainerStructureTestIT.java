package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Structure tests are answered as container-structure-test's own program answers them. {@code .ci/install-tools} does not
 * install it: what it answered is recorded for {@link ToolsAnswersTest}, and recorded anew with
 * {@code -Dairworthy.structure=write}. {@code -Dairworthy.fuzz.seed=N} makes other images.
 */
class ContainerStructureTestIT {
    private static final long SEED = Long.getLong("airworthy.fuzz.seed", StructureComparison.DEFAULT_SEED);

    @TempDir
    Path folder;

    @Test
    void theProductAnswersAsTheToolDoes() throws Exception {
        Tool tool = Tool.orSkip(
                "container-structure-test", "put the program of its release 1.22.0 on PATH to compare with it");
        ToolsAnswers.Program program = new ToolsAnswers.Program(tool, Files.createDirectory(folder.resolve("tool")));

        new StructureComparison(folder, program, SEED).run();

        if (System.getProperty("airworthy.structure", "").equals("write")) {
            Files.writeString(ToolsAnswers.RECORD, program.record());
        }
        if (SEED == StructureComparison.DEFAULT_SEED) {
            assertThat(ToolsAnswers.RECORD).content(UTF_8).isEqualTo(program.record());
        }
    }
}
