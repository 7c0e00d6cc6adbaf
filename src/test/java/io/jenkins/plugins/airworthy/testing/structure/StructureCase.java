package io.jenkins.plugins.airworthy.testing.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;
import io.jenkins.plugins.airworthy.testing.TestImage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A made image and files of structure tests for it. */
record StructureCase(MadeImage image, List<ObjectNode> files) {
    private static final List<String> FILE_TESTS = List.of("fileContentTests", "fileExistenceTests");

    StructureCase with(MadeImage changed) {
        return new StructureCase(changed, files);
    }

    /** Every test of a file's existence or content changed alone. */
    StructureCase eachTest(UnaryOperator<ObjectNode> change) {
        List<ObjectNode> changed = new ArrayList<>();
        for (ObjectNode file : files) {
            ObjectNode copy = file.deepCopy();
            for (String section : FILE_TESTS) {
                for (JsonNode test : copy.path(section)) {
                    if (!change.apply((ObjectNode) test).equals(test)) {
                        throw new IllegalStateException("a change makes another test of " + test);
                    }
                }
            }
            changed.add(copy);
        }
        return new StructureCase(image, changed);
    }

    /** With these tests alone, by their numbers. */
    StructureCase only(Set<Integer> tests) {
        List<ObjectNode> kept = new ArrayList<>();
        int number = 0;
        for (ObjectNode file : files) {
            ObjectNode copy = StructureCases.file();
            for (String section : FILE_TESTS) {
                for (JsonNode test : file.path(section)) {
                    if (tests.contains(number++)) {
                        copy.withArray("/" + section).add(test.deepCopy());
                    }
                }
            }
            if (file.has("metadataTest") && tests.contains(number++)) {
                copy.set("metadataTest", file.get("metadataTest").deepCopy());
            }
            if (copy.size() > 1) {
                kept.add(copy);
            }
        }
        return new StructureCase(image, kept);
    }

    /** JSON, which is YAML too. */
    static byte[] yaml(ObjectNode file) {
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What the tests and the image are, for one who has seen them before. */
    String fingerprint() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(image.dockerArchive());
        files.forEach(file -> all.writeBytes(yaml(file)));
        return Digest.of(all.toByteArray()).hex().substring(0, 16);
    }

    /** Each test in the order in which both tools run them. */
    List<String> tests() {
        List<String> all = new ArrayList<>();
        for (ObjectNode file : files) {
            for (String section : FILE_TESTS) {
                file.path(section).forEach(test -> all.add(test.toString()));
            }
            if (file.has("metadataTest")) {
                all.add(file.get("metadataTest").toString());
            }
        }
        return all;
    }

    /** What the product says, with a letter for each test: {@code P}, {@code F}, or {@code R} if it refuses the image. */
    String ours(Path folder) throws Exception {
        List<StructureTests> suites = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            suites.add(StructureTests.parse(yaml(files.get(i)), i + ".yaml"));
        }
        TestImage made = image.layout(folder);
        try {
            return StructureTestRunner.run(made.store(), made.make(), suites, Progress.SILENT).stream()
                    .flatMap(report -> report.cases().stream())
                    .map(test -> test.status() == Status.PASSED ? "P" : "F")
                    .collect(Collectors.joining());
        } catch (InvalidInputException refused) {
            return "R".repeat(tests().size());
        }
    }
}
