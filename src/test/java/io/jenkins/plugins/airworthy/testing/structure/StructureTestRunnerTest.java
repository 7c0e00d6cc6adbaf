package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;
import io.jenkins.plugins.airworthy.testing.TestImage;
import io.jenkins.plugins.airworthy.testing.TestReport;
import io.jenkins.plugins.airworthy.testing.files.TarBytes;
import io.jenkins.plugins.airworthy.tools.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StructureTestRunnerTest {
    private static final String CONFIG = """
            {'Env': ['PATH=/bin', 'SOME_KEY=SOME_VAL', 'EMPTY_VAR=', 'FOO_BAR=FOO\\\\:BAR=BAZ', 'REGEX_VAR=test-2.1.8',
                     'APP=/opt/app', 'TWICE=1', 'TWICE=2'],
             'Labels': {'localnet.localdomain.commit_hash': '0123456789abcdef0123456789abcdef01234567',
                        'localnet.my-domain.my-label': 'my test label', 'label-with-empty-val': ''},
             'ExposedPorts': {'8080/tcp': {}, '53/udp': {}}, 'Volumes': {'/data/': {}},
             'Entrypoint': ['/app', '-v'], 'Cmd': ['serve'], 'WorkingDir': '/opt', 'User': '1000:1000'}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "path: /etc/passwd|",
                "path: etc/passwd, shouldExist: true, permissions: -rw-r-----, uid: 0, gid: 42|",
                "path: /, permissions: drwxr-xr-x, uid: 0, gid: 0|",
                "path: $APP/run, isExecutableBy: owner|",
                "path: '${APP}/run', isExecutableBy: any|",
                "path: /absent, shouldExist: false|",
                "path: /etc/passwd/x, shouldExist: false|",
                "path: /link, permissions: Lrwxrwxrwx|",
                "path: /bin/date|",
                "path: /absent|should exist but does not",
                "path: /etc/passwd, shouldExist: false|should not exist but does",
                "path: /link, shouldExist: false|should not exist but does",
                "path: /loop/x, shouldExist: false|symbolic links follow each other",
                "path: /etc/passwd, permissions: -rw-r--r--|has the permissions -rw-r-----",
                "path: /etc/passwd, uid: 1|belongs to the user 0",
                "path: /etc/passwd, gid: 0|belongs to the group 42",
                "path: $APP/run, isExecutableBy: group|not executable by its group",
                "path: $APP/run, isExecutableBy: other|not executable by its others",
                "path: /etc/passwd, isExecutableBy: any|not executable by anyone",
                "path: /tmp, permissions: dtrwxrwxrwx|uncertain",
                "path: /tmp|",
                "path: $TYPO/x, shouldExist: false|not set exactly one value for the variable TYPO",
                "path: $TWICE/x, shouldExist: false|not set exactly one value for the variable TWICE",
                "path: /a$1, shouldExist: false|not followed by the name"
            })
    void fileExistence(String test, String reason) throws Exception {
        assertOutcome("fileExistenceTests: [{name: t, " + test + "}]", reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "path: /etc/passwd, expectedContents: ['root:x:0:0:root:/root:/bin/bash']|",
                "path: /etc/passwd, expectedContents: ['(?m)^nobody:'], excludedContents: ['toor']|",
                "path: /link, expectedContents: ['^root']|",
                "path: /etc/passwd, expectedContents: ['^nobody:']|expected '^nobody:' was not found",
                "path: /etc/passwd, excludedContents: ['no.*y']|excluded 'no.*y' was found",
                "path: /etc/umlaut, expectedContents: ['^.$']|",
                "path: /etc/passwd, expectedContents: ['^\\Qroot:x:0:\\E', ':\\Q/bin/bash']|",
                "path: /etc/passwd, excludedContents: ['\\Qr..t\\E', '\\Q(a{1000}){1000}\\E']|",
                "path: /etc/passwd, expectedContents: ['\\Qr..t\\E']|expected '\\Qr..t\\E' was not found",
                "path: /etc, expectedContents: ['.*']|is not a file",
                "path: /absent, excludedContents: ['x']|does not exist",
                "path: /dangling, excludedContents: ['x']|does not exist"
            })
    void fileContent(String test, String reason) throws Exception {
        assertOutcome("fileContentTests: [{name: t, " + test + "}]", reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "envVars: [{key: SOME_KEY, value: SOME_VAL}, {key: EMPTY_VAR, value: ''}]|",
                "envVars: [{key: REGEX_VAR, value: '[a-z]+-2\\.1\\.*', isRegex: true}]|",
                "envVars: [{key: REGEX_VAR, value: '[a-z]+-2\\.1\\.*'}]|REGEX_VAR is not",
                "envVars: [{key: REGEX_VAR, value: '^2', isRegex: true}]|does not match '^2'",
                "envVars: [{key: BAR_FOO, value: ''}]|BAR_FOO is not set",
                "envVars: [{key: TWICE, value: '2'}]|set twice",
                "unboundEnvVars: [{key: BAR_FOO}]|",
                "unboundEnvVars: [{key: SOME_KEY}]|SOME_KEY should not be set",
                "labels: [{key: label-with-empty-val, value: ''}]|",
                "labels: [{key: localnet.my-domain.my-label, value: my .+ label, isRegex: true}]|",
                "labels: [{key: none, value: ''}]|none is not set",
                "exposedPorts: ['8080', 53]|",
                "exposedPorts: ['80']|80 should be exposed",
                "unexposedPorts: ['80']|",
                "unexposedPorts: ['53']|53 should not be exposed",
                "volumes: [/data]|",
                "volumes: [/root]|/root should be declared",
                "unmountedVolumes: [/root]|",
                "unmountedVolumes: [/data]|/data should not be declared",
                "entrypoint: [/app, -v], cmd: [serve], workdir: /opt, user: '1000:1000'|",
                "entrypoint: []|the entrypoint is [/app; -v]",
                "cmd: []|the command is [serve]",
                "workdir: /|the working directory is '/opt'",
                "user: root|the user is '1000:1000'"
            })
    void metadata(String test, String reason) throws Exception {
        assertOutcome("metadataTest: {" + test + "}", reason == null ? null : reason.replace(';', ','));
    }

    @Test
    void checksLicencesOfDebianPackages() throws Exception {
        TarBytes good = new TarBytes()
                .file("usr/share/doc/bash/copyright", "GPL-3")
                .file("usr/share/doc/libgnutls30/copyright", "agpl")
                .symbolicLink("usr/share/doc/link", "bash")
                .file("usr/share/doc/README", "AGPL");
        TarBytes bad = new TarBytes()
                .file("usr/share/doc/mongo/copyright", "under the Agpl")
                .directory("usr/share/doc/none/");
        String test = "licenseTests: [{debian: true}, {files: [/usr/share/doc/bash/copyright]}]";

        assertThat(run(new TestImage(folder).layer(good.bytes()), test).passed())
                .isTrue();
        TestReport report = run(new TestImage(folder).layer(good.bytes()).layer(bad.bytes()), test);
        assertThat(report.cases().get(0).reasons())
                .anySatisfy(r -> assertThat(r).contains("mongo/copyright names the licence AGPL"))
                .anySatisfy(r -> assertThat(r).contains("none/copyright does not exist"))
                .hasSize(2);
        assertThat(report.cases().get(1).status()).isEqualTo(Status.PASSED);
        assertThat(run(new TestImage(folder), test).cases().get(0).reasons().get(0))
                .contains("/usr/share/doc does not exist");
    }

    @Test
    void givesTheToolsResultsForTheToolsOwnTests() throws Exception {
        byte[] metadata = Files.readAllBytes(TestData.require("structure-tests/ubuntu_22_04_metadata_test.yaml"));
        byte[] whole = Files.readAllBytes(TestData.require("structure-tests/ubuntu_22_04_test.yaml"));
        TestImage image = image();
        image.layer(new TarBytes()
                .file("etc/apt/sources.list", "deb http://archive.ubuntu.com/ubuntu jammy main")
                .file("etc/hosts", "")
                .file("etc/machine-id", "")
                .file("usr/share/doc/ubuntu-keyring/copyright", "GPL")
                .file("usr/share/doc/dash/copyright", "BSD")
                .bytes());
        List<TestReport> reports = StructureTestRunner.run(
                image.store(),
                image.make(),
                List.of(
                        StructureTests.parse(metadata, "m.yaml"),
                        StructureTests.parse(StructureTestFileTest.withoutCommands(whole), "t.yaml")),
                Progress.SILENT);

        assertThat(reports).allSatisfy(report -> assertThat(report.cases())
                .extracting(TestCase::reasons)
                .allSatisfy(reasons -> assertThat(reasons).isEmpty()));
    }

    @Test
    void reportBecomesAResultThatNamesFileAndTests() throws Exception {
        TestReport report = run(image(), "fileExistenceTests: [{name: a, path: /etc}, {name: b, path: /none}]");
        TestResult result = report.toResult();

        assertThat(result.suite()).isEqualTo("s.yaml");
        assertThat(result.result()).isEqualTo(TestResult.Outcome.FAILED);
        assertThat(result.passed()).containsExactly("File Existence Test: a");
        assertThat(result.failed()).containsExactly("File Existence Test: b");
        assertThat(result.configuration())
                .containsExactly(new TestResult.Configuration(
                        "s.yaml",
                        java.util.Optional.of(
                                Digest.of(yaml("fileExistenceTests: [{name: a, path: /etc}, {name: b, path: /none}]"))
                                        .hex())));
    }

    @Test
    void contentsAndValuesAreNeverQuoted() throws Exception {
        TestReport report = run(image(), """
                fileContentTests: [{name: t, path: /etc/passwd, expectedContents: [absent], excludedContents: ['no.*y']}]
                metadataTest: {envVars: [{key: SOME_KEY, value: x}]}
                """);

        assertThat(report.cases().toString())
                .doesNotContain("nobody")
                .doesNotContain("/bin/bash")
                .doesNotContain("SOME_VAL");
    }

    @Test
    void metadataIsTestedWithoutReadingLayers() throws Exception {
        TestImage image = image().layer("application/unreadable", new byte[] {1}, Digest.of(new byte[] {1}));

        assertThat(run(image, "metadataTest: {user: '1000:1000'}").passed()).isTrue();
        assertThatThrownBy(() -> run(image, "fileExistenceTests: [{name: a, path: /}]"))
                .hasMessageContaining("cannot be tested");
    }

    @Test
    void refusesMatchingThatNeverEnds() throws Exception {
        TestImage image = image();
        var suite = List.of(StructureTests.parse(
                yaml("fileContentTests: [{name: t, path: /etc/passwd, expectedContents: ['(x*)*y{500}']}]"), "s.yaml"));
        var made = image.make();

        assertThatThrownBy(() ->
                        StructureTestRunner.run(image.store(), made, suite, Progress.SILENT, new MatchBudget(10_000)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("takes more than the allowed 10000 steps");
    }

    @Test
    void refusesTwoFilesOfOneName() throws Exception {
        StructureTests suite = StructureTests.parse(yaml("metadataTest: {user: root}"), "s.yaml");
        TestImage image = image();
        var made = image.make();

        assertThatThrownBy(() -> StructureTestRunner.run(image.store(), made, List.of(suite, suite), Progress.SILENT))
                .hasMessageContaining("are called 's.yaml'");
    }

    private void assertOutcome(String test, String reason) throws Exception {
        List<TestCase> cases = run(image(), test).cases();
        assertThat(cases).hasSize(1);
        if (reason == null) {
            assertThat(cases.get(0).reasons()).isEmpty();
            assertThat(cases.get(0).status()).isEqualTo(Status.PASSED);
        } else {
            assertThat(cases.get(0).status()).isEqualTo(Status.FAILED);
            assertThat(cases.get(0).reasons()).hasSize(1);
            assertThat(cases.get(0).reasons().get(0)).contains(reason);
        }
    }

    private TestImage image() throws Exception {
        return new TestImage(folder)
                .config(CONFIG)
                .layer(new TarBytes()
                        .directory("tmp/", 01777, 0, 0)
                        .file("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nnobody:x:1:1:::\n", 0640, 0, 42)
                        .file("etc/umlaut", "ä")
                        .file("usr/bin/date", "x", 0755, 0, 0)
                        .symbolicLink("bin", "usr/bin")
                        .symbolicLink("link", "etc/passwd")
                        .symbolicLink("dangling", "nowhere")
                        .symbolicLink("loop", "loop")
                        .bytes())
                .layer(new TarBytes()
                        .file("opt/app/run", "x", 0700, 0, 0)
                        .file("tmp/x", "")
                        .bytes());
    }

    private static TestReport run(TestImage image, String test) throws Exception {
        StructureTests tests = StructureTests.parse(yaml(test), "s.yaml");
        return StructureTestRunner.run(image.store(), image.make(), List.of(tests), Progress.SILENT)
                .get(0);
    }

    private static byte[] yaml(String test) {
        return ("schemaVersion: '2.0.0'\n" + test).getBytes(StandardCharsets.UTF_8);
    }
}
