package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The files of a test result, the suite that they make, and how many of its tests were skipped. A result of another maker names no suite; its suite is then
 * the sorted names of its files. Refuses a result that names two suites, or none and no file, and one with two numbers.
 */
record TestResultConfiguration(String suite, List<TestResult.Configuration> files, Optional<Long> skipped) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    static TestResultConfiguration parse(JsonObject predicate) throws InvalidInputException {
        List<JsonObject> descriptors = predicate.objects("configuration");
        if (descriptors.isEmpty() || descriptors.size() > TestResult.MAX_CONFIGURATION) {
            throw predicate.error(
                    "configuration", "expected 1 to " + TestResult.MAX_CONFIGURATION + ", found " + descriptors.size());
        }
        List<TestResult.Configuration> files = new ArrayList<>();
        Set<String> named = new TreeSet<>();
        int unnamed = 0;
        Set<Optional<Long>> skipped = new HashSet<>();
        for (JsonObject descriptor : descriptors) {
            descriptor.allowOnly(Subject.MEMBERS);
            Optional<JsonObject> annotations = descriptor.optionalObject("annotations");
            Optional<String> suite =
                    annotations.isEmpty() ? Optional.empty() : annotations.get().optionalString(TestResult.SUITE);
            skipped.add(annotations.isEmpty() ? Optional.empty() : skipped(annotations.get()));
            if (suite.isPresent()) {
                named.add(bounded(descriptor, "annotations", suite.get()));
            } else {
                unnamed++;
            }
            files.add(file(descriptor));
        }
        if (named.size() > 1 || (named.size() == 1 && unnamed > 0)) {
            throw predicate.error("configuration", "names more than one suite");
        }
        if (skipped.size() > 1) {
            throw predicate.error("configuration", "does not have one number of skipped tests");
        }
        return new TestResultConfiguration(
                named.isEmpty() ? joined(files) : named.iterator().next(),
                files,
                skipped.iterator().next());
    }

    private static Optional<Long> skipped(JsonObject annotations) throws InvalidInputException {
        Optional<Long> skipped = annotations.optionalCount(TestResult.SKIPPED);
        if (skipped.isPresent() && skipped.get() > TestResult.MAX_TESTS) {
            throw annotations.error(TestResult.SKIPPED, "more than the allowed " + TestResult.MAX_TESTS + " tests");
        }
        return skipped;
    }

    static ObjectNode toJson(String suite, TestResult.Configuration file, Optional<Long> skipped) {
        ObjectNode json = StrictJson.object();
        json.put("name", file.name());
        file.sha256().ifPresent(hex -> json.putObject("digest").put("sha256", hex));
        ObjectNode annotations = json.putObject("annotations").put(TestResult.SUITE, suite);
        skipped.ifPresent(number -> annotations.put(TestResult.SKIPPED, number));
        return json;
    }

    private static TestResult.Configuration file(JsonObject descriptor) throws InvalidInputException {
        Optional<String> name = descriptor.optionalString("name");
        if (name.isEmpty()) {
            name = descriptor.optionalString("uri");
        }
        Optional<String> sha256 =
                Optional.ofNullable(descriptor.stringMap("digest").get("sha256"));
        if (sha256.isPresent() && !SHA256.matcher(sha256.get()).matches()) {
            throw descriptor.error("digest.sha256", "expected 64 lower-case hexadecimal digits");
        }
        if (name.isEmpty()) {
            name = sha256.map(hex -> "sha256:" + hex);
        }
        return new TestResult.Configuration(
                bounded(
                        descriptor,
                        "name",
                        name.orElseThrow(() -> descriptor.error("name", "has neither name, uri nor sha256"))),
                sha256);
    }

    private static String bounded(JsonObject descriptor, String member, String text) throws InvalidInputException {
        if (text.isBlank() || text.length() > TestResult.MAX_NAME_LENGTH) {
            throw descriptor.error(member, "a name has 1 to " + TestResult.MAX_NAME_LENGTH + " characters");
        }
        return text;
    }

    private static String joined(List<TestResult.Configuration> files) {
        return String.join(
                ", ",
                new TreeSet<>(files.stream().map(TestResult.Configuration::name).toList()));
    }
}
