package io.jenkins.plugins.airworthy.testing.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.airworthy.tools.Tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** What container-structure-test answers, asked now or recorded before: for each test {@code P}, {@code F}, or {@code E} if it cannot unpack the image. */
interface ToolsAnswers {
    /** Where answers to the default seed are recorded. */
    Path RECORD = Path.of("src/test/data/container-structure-test-1.22.0.txt");

    String of(StructureCase tests) throws Exception;

    /** Those of earlier. */
    static ToolsAnswers recorded() throws Exception {
        Map<String, String> record = new TreeMap<>();
        for (String line : Files.readAllLines(RECORD)) {
            record.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
        return tests -> {
            String answers = record.get(tests.fingerprint());
            assertThat(answers)
                    .as("no recorded answer to this case: record them anew with ContainerStructureTestIT")
                    .isNotNull();
            return answers;
        };
    }

    /** Asks the program, and keeps its answers. */
    final class Program implements ToolsAnswers {
        private final Tool tool;
        private final Path folder;
        private final Map<String, String> record = new TreeMap<>();

        Program(Tool tool, Path folder) {
            this.tool = tool;
            this.folder = folder;
        }

        @Override
        public String of(StructureCase tests) throws Exception {
            String fingerprint = tests.fingerprint();
            if (!record.containsKey(fingerprint)) {
                record.put(fingerprint, ask(tests));
            }
            return record.get(fingerprint);
        }

        String record() {
            StringBuilder lines = new StringBuilder();
            record.forEach((fingerprint, answers) ->
                    lines.append(fingerprint).append(' ').append(answers).append('\n'));
            return lines.toString();
        }

        private String ask(StructureCase tests) throws Exception {
            Files.write(folder.resolve("image.tar"), tests.image().dockerArchive());
            List<String> command =
                    new ArrayList<>(List.of("test", "--driver", "tar", "--image", "image.tar", "--output", "json"));
            for (int i = 0; i < tests.files().size(); i++) {
                Files.write(
                        folder.resolve(i + ".yaml"),
                        StructureCase.yaml(tests.files().get(i)));
                command.addAll(List.of("--config", i + ".yaml"));
            }
            Tool.Outcome outcome =
                    tool.run(folder, Map.of("TMPDIR", folder.toString()), command.toArray(String[]::new));
            StringBuilder answers = new StringBuilder();
            for (JsonNode result : new ObjectMapper().readTree(outcome.out()).get("Results")) {
                String errors = result.path("Errors").toString();
                assertThat(errors).as("%s", tests).doesNotContain("error parsing config");
                boolean unpacked = !errors.contains("error creating driver");
                answers.append(!unpacked ? 'E' : result.get("Pass").asBoolean() ? 'P' : 'F');
            }
            assertThat(answers).as(outcome.err()).hasSameSizeAs(tests.tests());
            return answers.toString();
        }
    }
}
