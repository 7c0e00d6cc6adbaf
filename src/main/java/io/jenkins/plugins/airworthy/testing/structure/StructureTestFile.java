package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.document.YamlValue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the YAML of a structure-test file; errors name line and column. */
final class StructureTestFile {
    private static final String SCHEMA = "2.0.0";
    private static final String COMMANDS = "commandTests";
    private static final Set<String> SECTIONS = Set.of(
            "schemaVersion",
            COMMANDS,
            "fileExistenceTests",
            "fileContentTests",
            "metadataTest",
            "licenseTests",
            "globalEnvVars",
            "containerRunOptions");

    private StructureTestFile() {}

    static List<StructureTest> read(byte[] bytes, String name) throws InvalidInputException {
        YamlValue root = StrictYaml.parse(bytes, name);
        YamlValue version = root.member("schemaVersion");
        if (!version.raw().equals(SCHEMA)) {
            throw version.error("schema version '" + version.raw() + "' is not supported, only " + SCHEMA);
        }
        root.mapOf(SECTIONS);
        refuseWhatRuns(root);
        List<StructureTest> tests = new ArrayList<>();
        for (YamlValue test : section(root, "fileContentTests")) {
            tests.add(FileContentTest.read(test));
        }
        for (YamlValue test : section(root, "fileExistenceTests")) {
            tests.add(FileExistenceTest.read(test));
        }
        int licences = 0;
        for (YamlValue test : section(root, "licenseTests")) {
            tests.add(LicenceTest.read(test, ++licences));
        }
        Optional<YamlValue> metadata = root.optional("metadataTest");
        if (metadata.isPresent()) {
            tests.add(MetadataTest.read(metadata.get()));
        }
        if (tests.isEmpty()) {
            throw root.error("contains no test");
        }
        refuseTwins(root, tests);
        return tests;
    }

    /** Returns a name, which must exist and must not be empty. */
    static String required(YamlValue map, String member) throws InvalidInputException {
        YamlValue value = map.member(member);
        if (value.text().isBlank()) {
            throw value.error("'" + member + "' is empty");
        }
        return value.text();
    }

    /** Returns the members of a list; empty if the list is absent. */
    static List<YamlValue> section(YamlValue map, String member) throws InvalidInputException {
        Optional<YamlValue> list = map.optional(member);
        return list.isEmpty() ? List.of() : list.get().list();
    }

    private static void refuseWhatRuns(YamlValue root) throws InvalidInputException {
        for (YamlValue test : section(root, COMMANDS)) {
            String name = test.isMap() && test.map().containsKey("name")
                    ? "'" + test.member("name").raw() + "'"
                    : "without a name";
            throw test.error("the command test " + name + " would have to run the image, which is never done here;"
                    + " move command tests to a file for container-structure-test itself");
        }
        for (String section : List.of("globalEnvVars", "containerRunOptions", COMMANDS)) {
            Optional<YamlValue> value = root.optional(section);
            if (value.isPresent()) {
                throw value.get()
                        .error("'" + section + "' is for running the image, which is never done here; remove it");
            }
        }
    }

    private static void refuseTwins(YamlValue root, List<StructureTest> tests) throws InvalidInputException {
        Set<String> titles = new HashSet<>();
        for (StructureTest test : tests) {
            if (!titles.add(test.title())) {
                throw root.error("'" + test.title() + "' occurs twice; give each test its own name");
            }
        }
    }
}
