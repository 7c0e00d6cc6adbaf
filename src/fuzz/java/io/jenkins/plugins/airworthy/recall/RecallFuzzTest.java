package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.recall.version.VersionRange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** Attack 9: a damaged list of recalls is a list or an error, and says the same once it is written again. */
public final class RecallFuzzTest {
    private static final String LIST = """
            apiVersion: airworthy/v1
            kind: Recalls
            metadata: {name: acme, version: 1, issued: 2026-11-20T00:00:00Z, expires: 2026-11-27T00:00:00Z}
            entries:
              - id: R-2026-0001
                state: lifted
                story: The base has a back door
                since: 2026-11-19T08:00:00Z
                by: alice
                layers: [[sha256:1111111111111111111111111111111111111111111111111111111111111111]]
                base: registry.example.com/base/java
                lifted: {reason: rebuilt, by: bob, at: 2026-11-20T11:00:00Z}
              - id: R-2026-0002
                state: recalled
                action: admit
                story: It steals wallets
                since: 2026-11-20T09:00:00Z
                by: alice
                packages:
                  - {package: "pkg:npm/event-stream", versions: "vers:npm/>=1.0.0|<3.3.6"}
              - id: R-2026-0003
                state: recalled
                story: The agent was taken over
                since: 2026-11-20T09:00:00Z
                by: alice
                builder: {id: "https://ci.example.com/", agent: linux-7, from: 2026-11-01T00:00:00Z}
            """;

    private static final String OSV = """
            {"id":"MAL-2026-1","affected":[{"package":{"ecosystem":"npm","name":"a"},
             "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"},{"introduced":"2.0.0"}]}],
             "versions":["3.0.0"]}]}
            """;

    @TestFactory
    Stream<DynamicTest> understandsOrRefusesEveryListOfRecalls() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("recalls", Form.YAML, RecallFuzzTest::readList)
                        .seeds(LIST)
                        .words("R-2026-0001", "lifted", "recalled", "digest: x", "*a", "&a ", "---", "[]", "{}", "~"),
                Target.of("osv", Form.JSON, RecallFuzzTest::readRecord)
                        .seeds(OSV)
                        .words("introduced", "fixed", "last_affected", "limit", "GIT", "0", "withdrawn", "purl"),
                Target.ofText("vers", RecallFuzzTest::readRange)
                        .seeds(
                                "vers:npm/>=1.0.0|<2.0.0",
                                "vers:deb/<1%3A2.0~rc1-1",
                                "vers:maven/1.0-alpha-1",
                                "vers:gem/*")
                        .words(
                                "vers:", "npm/", "pypi/", "rpm/", "apk/", "|", "<", ">", "=", "!=", "*", "%", "~", "^",
                                "-"));
    }

    private static void readList(byte[] input) throws InvalidInputException {
        try {
            List<Recall> read = all(input);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            try (RecallEntries entries = RecallEntries.open(new ByteArrayInputStream(input), Target.SOURCE);
                    RecallWriter out = new RecallWriter(written, entries.head())) {
                for (Recall each : read) {
                    out.write(each);
                }
            }
            hold(all(written.toByteArray()).equals(read), "another list once it is written");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Recall> all(byte[] input) throws InvalidInputException, IOException {
        List<Recall> all = new ArrayList<>();
        try (RecallEntries entries = RecallEntries.open(new ByteArrayInputStream(input), Target.SOURCE)) {
            for (Optional<Recall> next = entries.next(); next.isPresent(); next = entries.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    private static void readRecord(byte[] input) throws InvalidInputException {
        OsvRecord read = OsvRecord.parse(input, Target.SOURCE);
        hold(!read.affected().packages().isEmpty(), "nothing is affected");
    }

    private static void readRange(String text) throws InvalidInputException {
        VersionRange read;
        try {
            read = VersionRange.parse(text);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(Target.SOURCE + ": " + e.getMessage(), e);
        }
        read.contains("1.5.0");
        hold(VersionRange.parse(read.toString()).equals(read), "another range once it is written");
    }
}
