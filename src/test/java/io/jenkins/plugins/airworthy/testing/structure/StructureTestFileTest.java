package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.tools.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StructureTestFileTest {
    @Test
    void readsEveryKindOfTestThatNeedsNoEngine() throws Exception {
        StructureTests tests = parse("""
                fileExistenceTests: [{name: a, path: /a, permissions: -rw-r--r--, uid: 0, gid: 0, isExecutableBy: any}]
                fileContentTests: [{name: b, path: /b, expectedContents: ['x'], excludedContents: ['y']}]
                licenseTests: [{debian: true}, {debian: false, files: [/c]}]
                metadataTest: {user: luke, exposedPorts: ['80', 8080], cmd: [], entrypoint: [sh]}
                """);

        assertThat(tests.tests())
                .extracting(StructureTest::title)
                .containsExactly(
                        "File Content Test: b",
                        "File Existence Test: a",
                        "License Test",
                        "License Test 2",
                        "Metadata Test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "commandTests: [{name: apt, command: apt}]|s.yaml:2:16: the command test 'apt' would have to run",
                "commandTests: []|'commandTests' is for running the image",
                "containerRunOptions: {privileged: true}|'containerRunOptions' is for running the image",
                "globalEnvVars: [{key: a, value: b}]|'globalEnvVars' is for running the image",
                "fileExistenceTests: []|contains no test",
                "metadataTest: {}|tests nothing",
                "metadataTest:|has no value",
                "metadataTest: {envVars: []}|tests nothing",
                "metadataTest: {envvars: [{key: a, value: b}]}|unknown key 'envvars'",
                "metadataTest: {envVars: [{key: a}]}|'value' is missing",
                "metadataTest: {envVars: [{key: '', value: b}]}|'key' is empty",
                "metadataTest: {unboundEnvVars: [{key: a, value: b}]}|unknown key 'value'",
                "metadataTest: {unexposedPorts: ['80/tcp']}|can never match",
                "metadataTest: {unexposedPorts: ['080']}|can never match",
                "metadataTest: {volumes: [data]}|can never match",
                "metadataTest: {user: ''}|'user' is empty",
                "metadataTest: {labels: [{key: a, value: '(', isRegex: true}]}|is not a regular expression",
                "licenseTests: [{debian: false}]|tests nothing",
                "licenseTests: [{debian: yes}]|YAML 1.1",
                "fileExistenceTests: [{path: /a}]|'name' is missing",
                "fileExistenceTests: [{name: a}]|'path' is missing",
                "fileExistenceTests: [{name: a, path: /a, shouldexist: false}]|unknown key 'shouldexist'",
                "fileExistenceTests: [{name: a, path: /a, shouldExist: 'false'}]|expected true or false",
                "fileExistenceTests: [{name: a, path: /a, permissions: '0644'}]|can never match",
                "fileExistenceTests: [{name: a, path: /a, permissions: drwxrwxrwt}]|can never match",
                "fileExistenceTests: [{name: a, path: /a, uid: root}]|expected a whole number",
                "fileExistenceTests: [{name: a, path: /a, isExecutableBy: all}]|expected any",
                "fileExistenceTests: [{name: a, path: /a, shouldExist: false, uid: 0}]|would never be tested",
                "fileExistenceTests: [{name: a, path: /a}, {name: a, path: /b}]|occurs twice",
                "fileContentTests: [{name: a, path: /a}]|tests nothing",
                "fileContentTests: [{name: a, path: /a, expectedContents: ['a(?=b)']}]|is not a regular expression",
                "fileContentTests: [{name: a, path: /a, expectedContents: ['((a{900}){900}){900}']}]|larger than allowed",
                "fileContentTests: [{name: a, path: /a, expectedContents: ['(\\Q)\\E(a{900}){900}){9}']}]|larger than allowed",
                "fileContentTests: [{name: a, path: /a, expectedContents: ['[(](a{900}){900}[)]']}]|larger than allowed",
                "fileContentTests: [{name: a, path: /a, expectedContents: ['(a{900})(?i){900}']}]|larger than allowed",
                "licenseTests: [{debian: true, files: }]|'files' has no value",
                "unknownTests: []|unknown key 'unknownTests'"
            })
    void refusesWhatCouldNotBeTested(String yaml, String reason) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("s.yaml:")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}$",
                ".*httpredir\\.debian\\.org.*",
                "[a-z]+-2\\.1\\.*",
                "a{1000}",
                "\\x{20000}{2}",
                "[]{1000}]{1000}"
            })
    void acceptsPatternsThatStaySmall(String pattern) throws Exception {
        assertThat(parse("fileContentTests: [{name: a, path: /a, expectedContents: ['" + pattern + "']}]")
                        .tests())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.1", "2"})
    void refusesOtherSchemaVersions(String version) {
        byte[] bytes = ("schemaVersion: '" + version + "'").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> StructureTests.parse(bytes, "s.yaml"))
                .hasMessageContaining("schema version '" + version + "' is not supported, only 2.0.0");
    }

    @Test
    void refusesYamlBomb() {
        assertThatThrownBy(() -> parse("metadataTest: {cmd: &a [x], entrypoint: *a}"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesTwoDocumentsInOneFileAndAByteOrderMark() {
        assertThatThrownBy(() -> parse("licenseTests: [{debian: true}]\n---\nlicenseTests: [{debian: true}]"))
                .hasMessageContaining("s.yaml:3:1: ");
        byte[] marked = "\uFEFFschemaVersion: '2.0.0'\nlicenseTests: [{debian: true}]".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> StructureTests.parse(marked, "s.yaml")).hasMessageContaining("byte order mark");
    }

    @Test
    void theToolsOwnFilesAreReadOrRefusedByName() throws Exception {
        String folder = "structure-tests/ubuntu_22_04_";
        byte[] metadata = Files.readAllBytes(TestData.require(folder + "metadata_test.yaml"));
        byte[] whole = Files.readAllBytes(TestData.require(folder + "test.yaml"));
        byte[] failure = Files.readAllBytes(TestData.require(folder + "failure_test.yaml"));
        byte[] options = Files.readAllBytes(TestData.require(folder + "containeropts_test.yaml"));

        assertThat(StructureTests.parse(metadata, "m.yaml").tests()).hasSize(1);
        assertThat(StructureTests.parse(withoutCommands(whole), "t.yaml").tests())
                .hasSize(8);
        assertThatThrownBy(() -> StructureTests.parse(whole, "t.yaml"))
                .hasMessageContaining("command test 'apt-get' would have to run the image");
        assertThatThrownBy(() -> StructureTests.parse(failure, "f.yaml")).hasMessageContaining("'1.0.0'");
        assertThatThrownBy(() -> StructureTests.parse(options, "o.yaml")).hasMessageContaining("command test");
    }

    /** The file from its first section that needs no engine. */
    static byte[] withoutCommands(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);
        return ("schemaVersion: '2.0.0'\n" + text.substring(text.indexOf("fileContentTests")))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static StructureTests parse(String yaml) throws InvalidInputException {
        return StructureTests.parse(("schemaVersion: '2.0.0'\n" + yaml).getBytes(StandardCharsets.UTF_8), "s.yaml");
    }
}
