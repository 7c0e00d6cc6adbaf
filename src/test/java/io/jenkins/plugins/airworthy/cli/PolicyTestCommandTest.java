package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** A verdict is saved as a case, cases are tested, and what an image lacks is explained. */
class PolicyTestCommandTest {
    @TempDir
    static Path folder;

    private static String image;
    private static String policy;
    private static String trust;

    private final Session session = new Session();

    @BeforeAll
    static void makeImage() throws Exception {
        image = "oci:" + folder.resolve("images") + ":1";
        trust = "release=" + folder.resolve("release.pub");
        policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: test}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images: [{from: "oci:%s"}]
                  checklist:
                    - signature: {}
                    - tests: {minimum: 1, failures: 0}
                    - user: {nonRoot: true}
                  without: [{rule: vulnerabilities, reason: "nothing is scanned in this test"}]
                """.formatted(folder.resolve("images")))
                .toString();
        Session maker = new Session();
        maker.environment.put(KeyPasswords.VARIABLE, "secret");
        succeed(maker.run("key", "generate", "--output", "" + folder.resolve("release")));
        Path file = Files.writeString(folder.resolve("app.txt"), "content");
        succeed(maker.run("build", "--base", "scratch", "--file", file + ":/app.txt", "--to", image));
        succeed(maker.run("sign", image, "--key", "" + folder.resolve("release.key")));
    }

    private static void succeed(Session.Ended ended) {
        assertThat(ended.status()).as(ended.err()).isZero();
    }

    private Path save(String name) throws Exception {
        Path cases = Files.createDirectory(folder.resolve(name));
        Session.Ended refused =
                session.run("verify", image, "--policy", policy, "--trust", trust, "--save", "" + cases.resolve("app"));
        assertThat(refused.status()).as(refused.err()).isEqualTo(1);
        return cases;
    }

    @Test
    void aRefusalIsSavedAndTestedAndEveryDifferenceIsTold() throws Exception {
        Path cases = save("told");
        assertThat(cases.resolve("app/case.yaml"))
                .content()
                .contains("decision: FAILED\n  failed: [\"tests\", \"user\"]");
        Session.Ended same = session.run("policy", "test", policy, cases.toString());
        assertThat(same.status()).as(same.out()).isZero();
        assertThat(same.out()).contains("passed   app: FAILED, as expected", "1 case: 1 as expected, 0 not");

        Path lenient = Files.writeString(
                folder.resolve("lenient.yaml"),
                Files.readString(Path.of(policy)).replace("    - user: {nonRoot: true}\n", ""));
        Session.Ended other = session.run("policy", "test", lenient.toString(), cases.toString());
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.out())
                .contains("DIFFERS  app: not what is expected")
                .contains(
                        "'user' was expected to be FAILED, and the verdict has no such item; it has images, signature");
        JsonNode document = session.run("policy", "test", lenient.toString(), cases.toString(), "--format=json")
                .json();
        assertThat(document.at("/exitStatus").intValue()).isEqualTo(1);
        assertThat(document.at("/cases/0/differences")).hasSize(1);
    }

    /** As a build server shows it: what differs is a failed test, and what has no verdict an error. */
    @Test
    void casesAreTestsInJUnitsXml() throws Exception {
        Path cases = save("shown");
        Files.writeString(cases.resolve("broken.yaml"), "apiVersion: airworthy/v1\n");
        Path lenient = Files.writeString(
                folder.resolve("more-lenient.yaml"),
                Files.readString(Path.of(policy)).replace("    - user: {nonRoot: true}\n", ""));

        Session.Ended ended = session.run("policy", "test", lenient.toString(), cases.toString(), "--format=junit");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out())
                .contains("<testsuite name=\"test\" tests=\"2\" failures=\"1\" errors=\"1\" skipped=\"0\">")
                .contains("<testcase classname=\"test\" name=\"app\"><failure message=\"is not decided as expected: ")
                .contains("<testcase classname=\"test\" name=\"broken\"><error message=\"has no verdict: ");
        assertThat(session.run("policy", "test", policy, cases.resolve("app").toString(), "--format=sarif")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void tellsWhereTheKeyOfACaseWasLookedFor() throws Exception {
        Path cases = save("keyless");
        Files.delete(cases.resolve("app/release.pub"));
        assertThat(session.run("policy", "test", policy, cases.toString()).out())
                .contains("there is no 'release.pub' beside the case, nor in the folder of all cases");
        Files.move(cases.resolve("app/case.yaml"), cases.resolve("case.yaml"));
        Files.move(cases.resolve("app/image"), cases.resolve("image"));
        Files.delete(cases.resolve("app"));
        assertThat(session.run("policy", "test", policy, cases.toString()).out())
                .contains("there is no 'release.pub' beside the case")
                .doesNotContain("nor in the folder");
    }

    @Test
    void aCaseIsSavedOfOneImageInANewFolder() throws Exception {
        Path cases = save("once");
        Session.Ended twice =
                session.run("verify", image, "--policy", policy, "--trust", trust, "--save", "" + cases.resolve("app"));
        assertThat(twice.status()).isEqualTo(2);
        assertThat(twice.err()).contains("is not empty; name a new folder for the case");
        Session.Ended several = session.run(
                "verify", image, image, "--policy", policy, "--trust", trust, "--save", "" + cases.resolve("more"));
        assertThat(several.status()).isEqualTo(2);
        assertThat(several.err()).contains("--save takes the case of one image, and 2 are given");
        assertThat(session.run(
                                "verify",
                                image,
                                "--policy",
                                policy,
                                "--trust",
                                trust,
                                "--save",
                                "" + cases.resolve("a b"))
                        .err())
                .contains("cannot be used as a name");
    }

    @Test
    void whatAnImageLacksIsExplainedWithWhatToDoNext() throws Exception {
        Session.Ended explained = session.run("policy", "explain", policy, "--image", image, "--trust", trust);
        assertThat(explained.status()).as(explained.err()).isZero();
        assertThat(explained.out())
                .contains("image    " + image + " does not pass yet")
                .contains("has      signature: signed by key release")
                .contains("lacks    tests on linux/amd64: no test result about")
                .contains("next: airworthy test oci:" + folder.resolve("images") + "@sha256:")
                .contains("lacks    user on linux/amd64: ")
                .contains("next: build the image again with a user, by number");
        JsonNode document = session.run(
                        "policy", "explain", policy, "--image", image, "--trust", trust, "--format=json")
                .json();
        assertThat(document.at("/image/decision").textValue()).isEqualTo("FAILED");
        assertThat(document.at("/image/items/2/next").textValue()).startsWith("airworthy test ");
        assertThat(session.run("policy", "explain", policy, "--target", image).err())
                .contains("--target needs --image");
    }

    @Test
    void patternsThatFitEveryNameOfAHostAreTold() throws Exception {
        String text = Files.readString(Path.of(policy))
                .replaceAll("images: .*", "images: [{from: \"registry.example.com/{app**}\"}]")
                .replace("    - user:", "    - base: {allow: [\"registry.example.com/**\"]}\n    - user:");
        Path wide = Files.writeString(folder.resolve("wide.yaml"), text);
        assertThat(session.run("policy", "check", wide.toString()).out())
                .doesNotContain("(images) fits every name")
                .contains("'registry.example.com/**' (base) fits every name of its host");
        assertThat(session.run("policy", "check", policy).out()).doesNotContain("fits every name");
    }

    /** Suites grow, and each case is a whole verification. */
    @Test
    void aHundredCasesTakeSeconds() throws Exception {
        Path cases = save("many");
        String text = Files.readString(cases.resolve("app/case.yaml"));
        for (String shared : new String[] {"image", "release.pub"}) {
            Files.move(cases.resolve("app").resolve(shared), cases.resolve(shared));
        }
        for (int i = 1; i < 100; i++) {
            Files.writeString(cases.resolve("case-" + i + ".yaml"), text);
        }
        long start = System.nanoTime();
        Session.Ended tested = session.run("policy", "test", policy, cases.toString());
        assertThat(tested.out()).contains("100 cases: 100 as expected, 0 not");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
}
