package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import io.jenkins.plugins.airworthy.tools.sigstore.PrivateSigstore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Signatures that the real cosign made with a key, and had recorded by a log and dated by an authority of a private Sigstore instance. */
class LoggedKeysIT {
    private static final String TYPE = "https://example.com/review/v1";
    private static final String PASSWORD = "correct horse";

    @TempDir
    private static Path servers;

    private static PrivateSigstore sigstore;
    private static RegistryServer registry;
    private static int images;

    @TempDir
    private Path folder;

    private final Session session = new Session();
    private Tool cosign;
    private String repository;
    private String reference;

    @BeforeAll
    static void start() throws Exception {
        sigstore = PrivateSigstore.start(Files.createDirectory(servers.resolve("sigstore")));
        registry = RegistryServer.distribution(Files.createDirectory(servers.resolve("registry")));
    }

    @AfterAll
    static void stop() {
        // Where a server is missing the class is skipped, and this still runs.
        if (registry != null) {
            registry.close();
        }
        if (sigstore != null) {
            sigstore.close();
        }
    }

    @BeforeEach
    void buildAnImage() throws Exception {
        cosign = Tool.require("cosign");
        session.environment.put("AIRWORTHY_KEY_PASSWORD", PASSWORD);
        cosign("generate-key-pair");
        repository = registry.host() + "/team/app" + images++;
        Path file = Files.writeString(folder.resolve("app.txt"), repository);
        Session.Ended built = session.run(
                "build",
                "--base",
                "scratch",
                "--file",
                file + ":/app.txt",
                "--to",
                repository + ":1",
                "--key",
                folder.resolve("cosign.key").toString(),
                "--format",
                "json");
        assertThat(built.status()).as(built.err()).isZero();
        reference = repository + "@" + built.json().get("digest").textValue();
    }

    private void cosign(String... command) throws InterruptedException {
        cosign.run(folder, Map.of("COSIGN_YES", "true", "COSIGN_PASSWORD", PASSWORD), command)
                .succeeded();
    }

    /** With the options that have cosign ask the log and the authority, or nobody. */
    private void cosign(boolean proven, String... command) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(command[0], "--key", "cosign.key"));
        arguments.addAll(
                proven
                        ? List.of(
                                "--signing-config",
                                sigstore.signingConfig().toString(),
                                "--trusted-root",
                                sigstore.trustedRoot().toString())
                        : List.of("--use-signing-config=false", "--tlog-upload=false"));
        arguments.addAll(Arrays.asList(command).subList(1, command.length));
        cosign(arguments.toArray(String[]::new));
    }

    private Session.Ended verify(String... more) throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: logged}
                spec:
                  trust: {keys: [release], log: required, timestamp: required, observed: imported}
                  images: [{from: "%s"}]
                  checklist:
                    - signature: {threshold: 1}
                    - expression:
                        id: reviewed
                        cel: "predicates('%s').exists(p, p.result == 'go')"
                        message: somebody must have said go
                  without: [{rule: vulnerabilities, reason: "nothing is scanned in this test"}]
                """.formatted(repository, TYPE));
        List<String> command = new ArrayList<>(List.of(
                "verify",
                reference,
                "--policy",
                policy.toString(),
                "--trust",
                "release=" + folder.resolve("cosign.pub"),
                "--format",
                "json"));
        command.addAll(List.of(more));
        return session.run(command.toArray(String[]::new));
    }

    private Session.Ended verifyWithRoot() throws Exception {
        return verify("--trusted-root", sigstore.trustedRoot().toString());
    }

    @Test
    void passesAnImageWhoseSignaturesALogRecorded() throws Exception {
        Path review = Files.writeString(folder.resolve("review.json"), "{\"result\": \"go\"}");
        cosign(true, "sign", reference);
        cosign(true, "attest", "--type", TYPE, "--predicate", review.toString(), reference);
        Session.Ended passed = verifyWithRoot();
        assertThat(passed.status()).as(passed.out()).isZero();
        assertThat(passed.out()).contains("signed by key release");
    }

    @Test
    void refusesAnImageWhoseSignaturesNobodyRecorded() throws Exception {
        Path review = Files.writeString(folder.resolve("review.json"), "{\"result\": \"go\"}");
        cosign(false, "sign", reference);
        cosign(false, "attest", "--type", TYPE, "--predicate", review.toString(), reference);
        Session.Ended refused = verifyWithRoot();
        assertThat(refused.status()).as(refused.out()).isEqualTo(1);
        assertThat(refused.out())
                .contains(
                        "a signature is signed by key release, but no log that the trusted root names is shown to have"
                                + " recorded the signature, and no timestamp of an authority that the trusted root names proves"
                                + " its time")
                .contains("statement of the type " + TYPE + " is signed by key release, but no log");
    }

    @Test
    void saysHowToSignAnImageWithALog() throws Exception {
        cosign(false, "sign", reference);
        verifyWithRoot();
        Session.Ended explained = session.run(
                "policy",
                "explain",
                folder.resolve("policy.yaml").toString(),
                "--image",
                reference,
                "--trust",
                "release=" + folder.resolve("cosign.pub"),
                "--trusted-root",
                sigstore.trustedRoot().toString());
        assertThat(explained.out()).contains("cosign sign --key FILE --signing-config FILE " + reference);
    }

    @Test
    void refusesThePolicyWithoutATrustedRoot() throws Exception {
        cosign(true, "sign", reference);
        Session.Ended ended = verify();
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .contains("the policy asks for a log entry or a timestamp of signatures, but no trusted root was given:"
                        + " add --trusted-root FILE");
    }
}
