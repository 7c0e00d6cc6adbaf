package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Several images in one call: each is judged, with one summary, and the worst exit status. */
class SeveralImagesTest {
    @TempDir
    static Path folder;

    private static String signed;
    private static String unsigned;
    private static String policy;

    private final Session session = new Session();

    @BeforeAll
    static void makeImages() throws Exception {
        signed = "oci:" + folder.resolve("images") + ":signed";
        unsigned = "oci:" + folder.resolve("images") + ":unsigned";
        policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: test}
                spec:
                  trust: {keys: [release]}
                  images: [{from: "oci:%s"}]
                  checklist: [{signature: {}}]
                  without: [{rule: vulnerabilities, reason: "nothing is scanned in this test"}]
                """.formatted(folder.resolve("images")))
                .toString();
        Session maker = new Session();
        maker.environment.put(KeyPasswords.VARIABLE, "secret");
        succeed(maker.run("key", "generate", "--output", "" + folder.resolve("release")));
        for (String image : new String[] {signed, unsigned}) {
            Path file = Files.writeString(folder.resolve("app.txt"), image);
            succeed(maker.run("build", "--base", "scratch", "--file", file + ":/app.txt", "--to", image));
        }
        succeed(maker.run("sign", signed, "--key", "" + folder.resolve("release.key")));
    }

    private static void succeed(Session.Ended ended) {
        assertThat(ended.status()).as(ended.err()).isZero();
    }

    private Session.Ended verify(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("verify", "--policy", policy, "--trust", "release=" + folder.resolve("release.pub")));
        all.addAll(List.of(arguments));
        return session.run(all.toArray(String[]::new));
    }

    @Test
    void allThatPassEndWithZero() {
        Session.Ended both = verify(signed, signed);
        assertThat(both.status()).isZero();
        assertThat(both.out()).contains("2 images: 2 passed, 0 refused, 0 undecided");
    }

    @Test
    void oneThatIsRefusedRefusesTheCallAndTheOthersAreJudgedAllTheSame() throws Exception {
        Session.Ended both = verify(unsigned, signed);
        assertThat(both.status()).isEqualTo(1);
        assertThat(both.out()).contains("FAILED", "PASSED", "2 images: 1 passed, 1 refused, 0 undecided");
        JsonNode document = verify(unsigned, signed, "--format=json").json();
        assertThat(document.at("/exitStatus").intValue()).isEqualTo(1);
        assertThat(document.at("/images/0/exitStatus").intValue()).isEqualTo(1);
        assertThat(document.at("/images/1/verdict/decision").textValue()).isEqualTo("PASSED");
    }

    @Test
    void oneThatIsNotThereIsUndecidedAndWorseThanRefused() throws Exception {
        String absent = "oci:" + folder.resolve("images") + ":absent";
        Session.Ended three = verify(absent, unsigned, signed);
        assertThat(three.status()).isEqualTo(3);
        assertThat(three.out()).contains("UNDECIDED " + absent + ": ", "3 images: 1 passed, 1 refused, 1 undecided");
        assertThat(verify(absent, signed, "--format=json")
                        .json()
                        .at("/images/0/reason")
                        .textValue())
                .contains(":absent");
    }

    @Test
    void aWrongNameAmongThemStopsBeforeAnythingIsJudged() {
        Session.Ended ended = verify(signed, "alpine");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void oneImageHasTheDocumentOfAVerdict() throws Exception {
        assertThat(verify(signed, "--format=json").json().at("/decision").textValue())
                .isEqualTo("PASSED");
        assertThat(verify(signed, signed, "--target", "oci:x:1").err()).contains("--target is the name of one image");
    }
}
