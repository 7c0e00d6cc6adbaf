package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.testing.TestReportJson;
import io.jenkins.plugins.airworthy.testing.junit.JUnitReports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads the tests and the results in a workspace: {@code {"structure": [{"name", "content"}], "junit": {report}}}. Refuses
 * JUnit reports that are older than the build.
 *
 * @param structure files of structure tests
 * @param junit patterns of JUnit reports
 * @param sinceStart how long the build had been running when the work was sent: the agent's clock may differ
 */
record TestFilesWork(String workspace, List<String> structure, List<String> junit, Duration sinceStart)
        implements AgentWork {
    static final String STRUCTURE = "structure";
    static final String JUNIT = "junit";

    /** The coarsest resolution of file times. */
    static final Duration GRAIN = Duration.ofSeconds(2);

    TestFilesWork {
        structure = List.copyOf(structure);
        junit = List.copyOf(junit);
    }

    @Override
    public ObjectNode run(Progress progress) throws AirworthyException, InterruptedException {
        Instant notBefore = Instant.now().minus(sinceStart).minus(GRAIN);
        WorkspacePaths paths = WorkspacePaths.at(workspace);
        ObjectNode answer = StrictJson.object();
        ArrayNode files = answer.putArray(STRUCTURE);
        for (String name : structure) {
            files.add(file(paths, name).toJson());
        }
        if (!junit.isEmpty()) {
            answer.set(JUNIT, TestReportJson.write(JUnitReports.read(paths.root(), junit, Optional.of(notBefore))));
        }
        return answer;
    }

    private static TestFile file(WorkspacePaths paths, String name) throws AirworthyException {
        Path place;
        try {
            place = paths.resolveFully(Path.of(name), "the file of tests");
        } catch (InvalidPathException e) {
            throw new InvalidInputException("'" + name + "' is not a valid path", e);
        }
        try (InputStream in = Files.newInputStream(place, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = BoundedRead.whole(in, TestFile.MAX_BYTES).orElseThrow(() -> TestFile.tooLarge(name));
            return TestFile.of(place.getFileName().toString(), bytes);
        } catch (IOException e) {
            throw new UndecidedException(
                    "the file of tests '" + name + "' could not be read: check that it is in the workspace", e);
        }
    }
}
