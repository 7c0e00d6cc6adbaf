package io.jenkins.plugins.airworthy.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.TestResult.Configuration;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes and reads a {@link TestReport} for transfer between machines. Refuses unknown members and statuses, names that a result
 * cannot contain, files without a digest, and more files or tests than a result may have.
 */
public final class TestReportJson {
    private TestReportJson() {}

    public static ObjectNode write(TestReport report) {
        ObjectNode json = StrictJson.object().put("suite", report.suite());
        ArrayNode files = json.putArray("files");
        for (Configuration file : report.files()) {
            files.addObject()
                    .put("name", file.name())
                    .put("sha256", file.sha256().orElse(""));
        }
        ArrayNode tests = json.putArray("tests");
        for (TestCase test : report.cases()) {
            ObjectNode entry = tests.addObject()
                    .put("name", test.name())
                    .put("status", test.status().name());
            test.reasons().forEach(entry.putArray("reasons")::add);
        }
        return json;
    }

    public static TestReport read(JsonObject json) throws InvalidInputException {
        json.allowOnly(Set.of("suite", "files", "tests"));
        List<Configuration> files = new ArrayList<>();
        for (JsonObject file : atMost(TestResult.MAX_CONFIGURATION, json, "files")) {
            file.allowOnly(Set.of("name", "sha256"));
            files.add(new Configuration(
                    name(file, "name"),
                    Optional.of(Digest.hexMember(file, "sha256").hex())));
        }
        List<TestCase> cases = new ArrayList<>();
        for (JsonObject test : atMost(TestResult.MAX_TESTS, json, "tests")) {
            test.allowOnly(Set.of("name", "status", "reasons"));
            String word = test.string("status");
            Status status = Arrays.stream(Status.values())
                    .filter(known -> known.name().equals(word))
                    .findFirst()
                    .orElseThrow(() -> test.error("status", "'" + word + "' is unknown"));
            cases.add(new TestCase(test.string("name"), status, test.strings("reasons")));
        }
        return new TestReport(name(json, "suite"), files, cases);
    }

    private static List<JsonObject> atMost(int limit, JsonObject json, String member) throws InvalidInputException {
        List<JsonObject> objects = json.objects(member);
        if (objects.size() > limit) {
            throw json.error(member, "more than the allowed " + limit);
        }
        return objects;
    }

    private static String name(JsonObject json, String member) throws InvalidInputException {
        String name = json.string(member);
        if (name.isBlank() || name.length() > TestResult.MAX_NAME_LENGTH) {
            throw json.error(member, "a name has 1 to " + TestResult.MAX_NAME_LENGTH + " characters");
        }
        return name;
    }
}
