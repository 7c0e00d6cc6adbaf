package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.cli.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A case of a policy's tests, of which one thing is changed: it must not go on succeeding. */
class SavedCaseTest extends Attack {
    private final Session session = new Session();
    private Path cases;
    private Path saved;

    @BeforeEach
    void save() throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), document());
        Files.writeString(folder.resolve("release.pub"), release.publicKey().pem());
        cases = Files.createDirectory(folder.resolve("cases"));
        saved = cases.resolve("cart");
        session.clock = Clock.fixed(NOW, ZoneOffset.UTC);
        Session.Ended ended = session.run(
                "verify",
                candidate.toString(),
                "--target",
                target().toString(),
                "--policy",
                "" + folder.resolve("policy.yaml"),
                "--trust",
                "release=" + folder.resolve("release.pub"),
                "--save",
                saved.toString());
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        session.clock = Clock.systemUTC();
    }

    private Session.Ended test() {
        return session.run("policy", "test", "" + folder.resolve("policy.yaml"), cases.toString());
    }

    private void assertSucceeds() {
        Session.Ended ended = test();
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
    }

    private void assertEnds(int status, String... why) {
        Session.Ended ended = test();
        assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(status);
        assertThat(ended.out() + ended.err()).contains(why);
    }

    private void change(String from, String to) throws Exception {
        String text = Files.readString(saved.resolve("case.yaml"));
        assertThat(text).contains(from);
        Files.writeString(saved.resolve("case.yaml"), text.replace(from, to));
    }

    /** The registry is gone, and so are the layers. */
    @Test
    void judgesASavedImageWithoutItsRegistryAndItsLayers() throws Exception {
        try (Stream<Path> all = Files.walk(folder.resolve("staging"))) {
            for (Path file : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
        assertSucceeds();
        assertThat(image.layers()).isNotEmpty().allSatisfy(layer -> assertThat(saved.resolve("image/blobs/sha256")
                        .resolve(layer.digest().hex()))
                .doesNotExist());
        assertThat(test().out()).contains("passed   cart: PASSED, as expected", "1 case: 1 as expected, 0 not");
    }

    /** Nothing that is saved is believed: each byte is verified again. */
    @Test
    void noticesAChangedByteInWhateverIsSaved() throws Exception {
        List<Path> blobs;
        try (Stream<Path> all = Files.list(saved.resolve("image/blobs/sha256"))) {
            blobs = all.toList();
        }
        assertThat(blobs).hasSizeGreaterThan(8);
        for (Path blob : blobs) {
            byte[] good = Files.readAllBytes(blob);
            byte[] bad = good.clone();
            bad[bad.length / 2] ^= 1;
            Files.write(blob, bad);
            assertThat(test().status()).as(blob.toString()).isNotZero();
            Files.write(blob, good);
        }
        assertSucceeds();
    }

    /** A list that is shorter than what was attached. */
    @Test
    void noticesAPieceOfEvidenceThatIsNotSaved() throws Exception {
        Path index = saved.resolve("image/index.json");
        Files.writeString(index, Files.readString(index).replaceFirst(",\\{[^{}]*\"artifactType\"[^{}]*}", ""));
        assertEnds(1, "expected PASSED, got FAILED");
    }

    @Test
    void believesNoOtherKeyUnderTheSameName() throws Exception {
        Files.writeString(saved.resolve("release.pub"), stranger.publicKey().pem());
        assertEnds(1, "'signature' was not expected to be FAILED");
    }

    /** Whoever expects a failure must say of what, and nothing else may fail. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "decision: FAILED|2|name each item that is expected to fail",
                "decision: FAILED\\n  failed: []|2|the list is empty",
                "decision: PASSED\\n  warned: []|2|the list is empty: leave 'warned' out, which means none",
                "decision: FAILED\\n  failed: [signature]|1|'signature' was expected to be FAILED, and is PASSED",
                "decision: FAILED\\n  failed: [nothing-like-it]|1|the verdict has no such item; it has",
                "decision: PASSED\\n  failed: [user]|2|an image that passes has no failed items",
                "decision: PASSED\\n  waived: [vulnerabilities]|1|'vulnerabilities' was expected to be WAIVED",
                "decision: UNDECIDED|2|expected one of",
                "decision: PASSED\\n  passed: [user]|2|unknown key 'passed'"
            })
    void letsNoCaseSucceedForAnotherReasonThanItNames(String expected, int status, String why) throws Exception {
        change("decision: PASSED", expected.replace("\\n", "\n"));
        assertEnds(status, why);
    }

    /** The scan is too old then, and it fails for more than the one reason that is named. */
    @Test
    void expectsExactlyTheItemsThatFail() throws Exception {
        change("decision: PASSED", "decision: FAILED\n  failed: [vulnerabilities]");
        change("time: " + NOW, "time: " + NOW.plus(Duration.ofDays(3)));
        assertSucceeds();
        change("time: " + NOW.plus(Duration.ofDays(3)), "time: 2027-08-01T00:00:00Z");
        assertEnds(1, "'expires' was not expected to be FAILED: the policy expired after 2027-06-30");
    }

    /** A moment that is over or to come is no way to make old evidence new. */
    @Test
    void judgesByTheTimeOfTheCaseAlone() throws Exception {
        change("time: " + NOW, "time: " + NOW.plus(Duration.ofDays(30)));
        assertEnds(1, "'vulnerabilities' was not expected to be FAILED", "older than the allowed");
        change("time: " + NOW.plus(Duration.ofDays(30)), "time: " + NOW.minus(Duration.ofDays(30)));
        assertEnds(1, "which is in the future: a clock is wrong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../release.pub", "/etc/hostname", "sub/release.pub", "..", ".hidden", "-x", "a b", "nul\\0"})
    void readsNoFileThatANameLeadsTo(String name) throws Exception {
        change("\"release.pub\"", "\"" + name + "\"");
        assertEnds(2, "case.yaml:");
    }

    @Test
    void followsNoLinkToAKey() throws Exception {
        Files.delete(saved.resolve("release.pub"));
        Files.createSymbolicLink(saved.resolve("release.pub"), folder.resolve("release.pub"));
        assertEnds(2, "links are not followed");
    }

    @Test
    void followsNoLinkToSavedEvidence() throws Exception {
        Files.move(saved.resolve("image"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(saved.resolve("image"), folder.resolve("elsewhere"));
        assertEnds(2, "links are not followed");
    }

    @Test
    void followsNoLinkInTheFolderOfCases() throws Exception {
        Files.move(saved, folder.resolve("elsewhere"));
        Files.createSymbolicLink(saved, folder.resolve("elsewhere"));
        assertEnds(2, "is a link or no plain file");
        Files.delete(saved);
        Files.move(folder.resolve("elsewhere"), saved);
        Files.move(saved.resolve("case.yaml"), folder.resolve("case.yaml"));
        Files.createSymbolicLink(saved.resolve("case.yaml"), folder.resolve("case.yaml"));
        assertEnds(2, "links are not followed");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws Exception {
        Files.write(saved.resolve("release.pub"), new byte[64 * 1024 + 1]);
        assertEnds(2, "larger than the allowed 65536 bytes");
        Files.write(saved.resolve("case.yaml"), " ".repeat(2 * 1024 * 1024).getBytes(StandardCharsets.UTF_8));
        assertEnds(2, "is larger than the allowed");
    }

    /** What is not run must not look as if it were. */
    @Test
    void passesOverNothingThatLooksLikeACase() throws Exception {
        Path other = Files.createDirectory(cases.resolve("other"));
        assertEnds(2, "other has neither a case (case.yaml) nor saved evidence");
        Files.delete(other);
        Files.writeString(cases.resolve("other.yml"), "x");
        assertEnds(2, "would not be run: name it *.yaml");
        Files.delete(cases.resolve("other.yml"));
        Files.writeString(cases.resolve("cart.yaml"), "x");
        assertEnds(2, "two cases 'cart'");
        Files.delete(cases.resolve("cart.yaml"));
        Files.writeString(cases.resolve("a\u202eb.yaml"), "x");
        assertEnds(2, "cannot be used as a name");
        Files.delete(cases.resolve("a\u202eb.yaml"));
        assertSucceeds();
    }

    @Test
    void refusesAFolderWithoutCases() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Session.Ended ended = session.run("policy", "test", "" + folder.resolve("policy.yaml"), empty.toString());
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("has no case");
    }

    /** One that cannot be judged hides none of the others. */
    @Test
    void judgesTheOtherCasesToo() throws Exception {
        String good = Files.readString(saved.resolve("case.yaml")).replace("\"release.pub\"", "\"shared.pub\"");
        Files.copy(saved.resolve("release.pub"), cases.resolve("shared.pub"));
        Files.writeString(cases.resolve("a-broken.yaml"), "apiVersion: airworthy/v1\n");
        Files.move(saved.resolve("image"), cases.resolve("image"));
        Files.writeString(saved.resolve("case.yaml"), good);
        Files.writeString(
                cases.resolve("z-last.yaml"), good.replace("decision: PASSED", "decision: FAILED\n  failed: [user]"));
        assertEnds(2, "a-broken.yaml:1:1: 'kind' is missing", "passed   cart", "3 cases: 1 as expected, 2 not");
        Session.Ended json =
                session.run("policy", "test", "" + folder.resolve("policy.yaml"), cases.toString(), "--format=json");
        assertThat(json.json().at("/cases")).hasSize(3);
        assertThat(json.json().at("/cases/1/decision").textValue()).isEqualTo("PASSED");
    }
}
