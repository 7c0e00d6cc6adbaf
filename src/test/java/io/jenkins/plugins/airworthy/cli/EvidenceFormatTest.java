package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/** The option by which evidence is attached for verifiers of cosign's older format. */
class EvidenceFormatTest {
    @TempDir
    private Path folder;

    private final Session session = new Session();
    private String key;
    private String image;
    private String target;

    @BeforeEach
    void makeAKeyAndAPolicy() throws Exception {
        session.environment.put(KeyPasswords.VARIABLE, "secret");
        assertThat(session.run(
                                "key",
                                "generate",
                                "--output",
                                folder.resolve("release").toString())
                        .status())
                .isZero();
        key = folder.resolve("release.key").toString();
        image = "oci:" + folder.resolve("staging") + ":1.0";
        target = "oci:" + folder.resolve("production") + ":1.0";
        Files.writeString(folder.resolve("hello"), "hello");
        Files.writeString(folder.resolve("structure.yaml"), """
                schemaVersion: 2.0.0
                fileExistenceTests:
                  - {name: hello, path: /hello, shouldExist: true}
                """);
        Files.writeString(
                folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: test}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images: [{from: "oci:%s", to: "oci:%s"}]
                  checklist:
                    - signature: {threshold: 1}
                    - provenance: {builders: ["https://plugins.jenkins.io/airworthy/builders/command-line"]}
                    - tests: {minimum: 1, failures: 0}
                  without: [{rule: vulnerabilities, reason: "nothing is scanned in this test"}]
                """.formatted(folder.resolve("staging"), folder.resolve("production")));
    }

    private void succeed(String... arguments) {
        Session.Ended ended = session.run(arguments);
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
    }

    private String[] build(String... more) {
        String[] arguments = {
            "build",
            "--base",
            "scratch",
            "--file",
            folder.resolve("hello") + ":/hello",
            "--to",
            image,
            "--entrypoint",
            "/hello"
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }

    private static LayoutStore store(String reference) throws Exception {
        return LayoutStore.open((LayoutReference) ImageReference.parse(reference));
    }

    @Test
    void everythingFromTheBuildToThePromotionIsAtTheOlderTags() throws Exception {
        String legacy = "--evidence-format=legacy";
        succeed(build("--key", key, legacy));
        succeed("test", image, "--structure", folder.resolve("structure.yaml").toString(), "--key", key, legacy);
        succeed("sign", image, "--key", key, legacy);
        succeed(
                "promote",
                image,
                target,
                "--policy",
                folder.resolve("policy.yaml").toString(),
                "--trust",
                "release=" + folder.resolve("release.pub"),
                "--key",
                key,
                legacy);
        try (ImageStore promoted = store(target)) {
            var digest = promoted.resolve("1.0").orElseThrow().digest();
            assertThat(promoted.referrers(digest)).isEmpty();
            assertThat(promoted.resolve("sha256-" + digest.hex() + ".sig")).isPresent();
            // Provenance, test result and summary.
            assertThat(promoted.manifest("sha256-" + digest.hex() + ".att")
                            .orElseThrow()
                            .children())
                    .hasSize(4);
        }
    }

    @Test
    void withoutTheOptionNoTagIsWritten() throws Exception {
        succeed(build("--key", key));
        succeed("sign", image, "--key", key, "--evidence-format", "bundle");
        try (ImageStore store = store(image)) {
            var digest = store.resolve("1.0").orElseThrow().digest();
            assertThat(store.referrers(digest)).hasSize(2);
            assertThat(store.resolve("sha256-" + digest.hex() + ".sig")).isEmpty();
            assertThat(store.resolve("sha256-" + digest.hex() + ".att")).isEmpty();
        }
    }

    @Test
    void refusesAnUnknownFormatAndAFormatWithoutASigner() {
        succeed(build());
        Session.Ended wrong = session.run("sign", image, "--key", key, "--evidence-format", "simple");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("--evidence-format 'simple' is not a format of evidence: use bundle or legacy");
        Session.Ended nobody = session.run(build("--evidence-format", "legacy"));
        assertThat(nobody.status()).isEqualTo(2);
        assertThat(nobody.err()).contains("--evidence-format is for what is signed");
    }
}
