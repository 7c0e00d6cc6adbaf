package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.document.StrictJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** From a builder's file to a verdict: an adopted image passes where the policy says so, and nowhere else. */
class AdoptCommandTest {
    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private final Session session = new Session();
    private String image;
    private String digest;

    @BeforeAll
    static void makeAKey() {
        Session maker = new Session();
        maker.environment.put(KeyPasswords.VARIABLE, "secret");
        assertThat(maker.run("key", "generate", "--output", "" + keys.resolve("release"))
                        .status())
                .isZero();
    }

    @BeforeEach
    void pushAnImage() throws Exception {
        session.environment.put(KeyPasswords.VARIABLE, "secret");
        image = "oci:" + folder.resolve("staging") + ":1.0";
        Path file = Files.writeString(folder.resolve("app.txt"), "content");
        Session.Ended built = session.run(
                "build", "--base", "scratch", "--file", file + ":/app.txt", "--to", image, "--format", "json");
        digest = StrictJson.parseObject(built.out().getBytes(UTF_8), "build", 100_000)
                .string("digest");
    }

    private Session.Ended adopt(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("digest"), content);
        return session.run(
                "adopt",
                image,
                "--digest-file",
                "" + file,
                "--key",
                "" + keys.resolve("release.key"),
                "--source-repository",
                "https://git.example.com/acme/shop",
                "--source-ref",
                "refs/heads/main");
    }

    private Session.Ended verify(String adopted) throws Exception {
        Path policy =
                Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: test}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images: [{from: "oci:%s"}]
                  checklist:
                    - provenance:
                        builders: ["https://plugins.jenkins.io/airworthy/builders/command-line"]
                        sources: [{repository: "https://git.example.com/acme/shop", refs: [refs/heads/main]}]
                        %s
                  without:
                    - {rule: vulnerabilities, reason: "not in this test"}
                    - {rule: signature, reason: "not in this test"}
                """.formatted(folder.resolve("staging"), adopted));
        return session.run(
                "verify", image, "--policy", "" + policy, "--trust", "release=" + keys.resolve("release.pub"));
    }

    @Test
    void passesOnlyWhereThePolicyAllowsAdoptedImages() throws Exception {
        Session.Ended adopted = adopt(digest + "\n");

        assertThat(adopted.status()).as(adopted.err()).isZero();
        assertThat(adopted.out()).contains("adopted  " + image + " at " + digest, "attached ");
        assertThat(verify("").status()).isEqualTo(1);
        assertThat(verify("").out()).contains("which did not see how it was built");
        assertThat(verify("adopted: false").status()).isEqualTo(1);
        Session.Ended passed = verify("adopted: true");
        assertThat(passed.status()).as(passed.out() + passed.err()).isZero();
        assertThat(passed.out()).contains("adopted by '");
    }

    @Test
    void attachesNothingOfAFileThatIsRefused() throws Exception {
        String other = "sha256:" + "0".repeat(64);

        assertThat(adopt(other).status()).isEqualTo(2);
        assertThat(adopt(other).err()).contains("the builder did not push it there");
        assertThat(adopt("s3cr3t").err()).contains("line 1").doesNotContain("s3cr3t");
        assertThat(session.run("evidence", image).out()).doesNotContain("provenance");
    }
}
