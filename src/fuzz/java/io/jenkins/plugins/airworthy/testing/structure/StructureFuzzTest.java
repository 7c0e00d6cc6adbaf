package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.sign.MemoryStore;
import io.jenkins.plugins.airworthy.testing.TestReport;
import io.jenkins.plugins.airworthy.testing.files.LayerFuzzTest;
import io.jenkins.plugins.airworthy.testing.files.TarBytes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** Structure tests that a stranger wrote, run on a small image. */
public final class StructureFuzzTest {
    private static final String TESTS = """
            schemaVersion: '2.0.0'
            fileExistenceTests:
              - name: 'there'
                path: '/etc/passwd'
                shouldExist: true
                permissions: '-rw-r--r--'
                uid: 0
                gid: 0
            fileContentTests:
              - name: 'users'
                path: '/etc/passwd'
                expectedContents: ['root:.*', '^[a-z]{1,8}:']
                excludedContents: ['(a+)+$']
            metadataTest:
              envVars:
                - key: PATH
                  value: '/bin.*'
                  isRegex: true
              labels:
                - key: a
                  value: b
              exposedPorts: ['80']
              user: '1000'
            """;

    @TestFactory
    Stream<DynamicTest> everyTestIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(Target.of("structure-tests", Form.YAML, StructureFuzzTest::read)
                .at(Target.Pace.SLOW)
                .names(Target.SOURCE + "|image |budget|pattern")
                .seeds(TESTS)
                .others("schemaVersion: '2.0.0'\nlicenseTests:\n  - debian: true\n    files: ['/a']\n")
                .words(
                        "'(a*)*b'",
                        "'(.*.*.*)*x'",
                        "'[a-'",
                        "'(?i'",
                        "'\\\\p{L}{1000}'",
                        "'a{1000}{1000}'",
                        "'(((((((((('",
                        "'\\\\Q'",
                        "commandTests",
                        "shouldExist: false",
                        "'/../etc'",
                        "path: ''",
                        "'^$'",
                        "isExecutableBy: 'any'",
                        "permissions: '-rwxr-xr-x'",
                        "entrypoint: []",
                        "cmd: ['a']",
                        "workdir: '/'",
                        "volumes: []",
                        "unmountedVolumes: ['/x']"));
    }

    private static void read(byte[] input) throws Exception {
        StructureTests tests = StructureTests.parse(input, Target.SOURCE);
        MemoryStore store = new MemoryStore();
        PlatformImage image = LayerFuzzTest.image(
                store,
                new TarBytes()
                        .directory("etc/")
                        .file("etc/passwd", "root:x:0:0::/:\n" + "a".repeat(300))
                        .symbolicLink("link", "etc/passwd")
                        .bytes());
        TestReport report = StructureTestRunner.run(store, image, List.of(tests), Progress.SILENT)
                .get(0);
        tests.requireReport(report);
        hold(report.cases().size() == tests.tests().size(), "a test was not run");
    }
}
