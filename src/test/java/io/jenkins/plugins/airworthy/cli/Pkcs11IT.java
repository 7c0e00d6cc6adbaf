package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.SoftHsm;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged program signs with keys that stay in SoftHSM, and the real cosign verifies what it made. */
class Pkcs11IT {
    private static final String WRONG_PIN = "wrong-pin-271828";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private SoftHsm hsm;

    @BeforeEach
    void putATokenIn() throws Exception {
        hsm = SoftHsm.in(folder).token("build");
        environment.putAll(hsm.environment());
        environment.put("AIRWORTHY_PKCS11_PIN", SoftHsm.PIN);
        environment.put(Application.DEBUG, "1"); // so that stack traces are looked through for PINs, too
    }

    private Tool.Outcome run(String... arguments) throws InterruptedException {
        List<String> command = Jar.command(List.of(), arguments);
        Tool.Outcome outcome = new Tool(Path.of(command.get(0)))
                .run(folder, environment, command.subList(1, command.size()).toArray(String[]::new));
        assertThat(outcome.out() + outcome.err()).doesNotContain(SoftHsm.PIN, WRONG_PIN);
        return outcome;
    }

    private Tool.Outcome show(String attributes) throws InterruptedException {
        return run("key", "show", hsm.uri(attributes));
    }

    @ParameterizedTest
    @CsvSource({"EC:prime256v1,sha256", "EC:secp384r1,sha384", "EC:secp521r1,sha512", "RSA:2048,sha256"})
    void cosignVerifiesWhatAKeyInATokenSigned(String type, String hash) throws Exception {
        Tool cosign = Tool.require("cosign");
        hsm.key("build", type, "release", "01");
        String key = hsm.uri("token=build;object=release");
        try (RegistryServer registry = RegistryServer.distribution(Files.createDirectory(folder.resolve("registry")))) {
            String reference = registry.host() + "/team/app:1";
            Files.writeString(folder.resolve("app.txt"), type);
            run("build", "--base", "scratch", "--file", "app.txt:/app.txt", "--to", reference, "--key", key)
                    .succeeded();
            run("sign", reference, "--key", key).succeeded();
            run("key", "show", key, "--output", "release.pub").succeeded();

            run("verify", reference, "--policy", policy(registry.host()), "--trust", "release=release.pub")
                    .succeeded();
            String[] checks = {"--key", "release.pub", "--insecure-ignore-tlog=true", "--signature-digest-algorithm"};
            String[] hashes = {hash, reference};
            cosign.run(folder, Map.of(), join(new String[] {"verify"}, checks, hashes))
                    .succeeded();
            cosign.run(
                            folder,
                            Map.of(),
                            join(new String[] {"verify-attestation", "--type", "slsaprovenance1"}, checks, hashes))
                    .succeeded();

            run(
                            "promote",
                            reference,
                            registry.host() + "/prod/app:1",
                            "--policy",
                            policy(registry.host()),
                            "--trust",
                            "release=release.pub",
                            "--key",
                            key)
                    .succeeded();
        }
    }

    private static String[] join(String[]... parts) {
        return Stream.of(parts).flatMap(Stream::of).toArray(String[]::new);
    }

    private String policy(String host) throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: test}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images: [{from: "%s/team/app", to: "%s/prod/app"}]
                  checklist:
                    - signature: {threshold: 1}
                    - provenance: {builders: ["https://plugins.jenkins.io/airworthy/builders/command-line"]}
                  without: [{rule: vulnerabilities, reason: "nothing is scanned in this test"}]
                """.formatted(host, host));
        return "policy.yaml";
    }

    @Test
    void aWrongPinIsTriedOnceAndNotShown() throws Exception {
        hsm.key("build", "EC:prime256v1", "release", "01");
        environment.put("AIRWORTHY_PKCS11_PIN", WRONG_PIN);
        Tool.Outcome refused = show("token=build;object=release");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("wrong PIN (the token counts wrong tries", "it was tried once");
        environment.put("AIRWORTHY_PKCS11_PIN", SoftHsm.PIN);
        show("token=build;object=release").succeeded();
    }

    @Test
    void cosignsVariablesAreReadToo() throws Exception {
        hsm.key("build", "EC:prime256v1", "release", "01");
        environment.remove("AIRWORTHY_PKCS11_PIN");
        String key = "pkcs11:token=build;object=release";
        Tool.Outcome refused = show("token=build;object=release");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("needs its PIN: set the environment variable AIRWORTHY_PKCS11_PIN");
        assertThat(run("key", "show", key).err()).contains("where the module's library is");

        environment.put("COSIGN_PKCS11_PIN", SoftHsm.PIN);
        environment.put("COSIGN_PKCS11_MODULE_PATH", hsm.module().toString());
        run("key", "show", key).succeeded();
    }

    /** A PIN in a key's name would be in the list of processes; it is refused, but it is too late for that one. */
    @Test
    void aPinInTheNameIsRefusedBeforeAnythingIsLoaded() throws Exception {
        Tool.Outcome refused = run("key", "show", "pkcs11:token=a;object=b?pin-value=1&module-path=/nowhere.so");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("a name must not contain a PIN");
    }

    @Test
    void thePinIsInNoArgumentOfAProcess() throws Exception {
        hsm.key("build", "RSA:2048", "release", "01");
        List<String> command = Jar.command(List.of(), "key", "show", hsm.uri("token=build;object=release"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
        Process process = builder.start();
        long looks = 0;
        while (process.isAlive()) {
            Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .map(each -> arguments(Path.of("/proc", Long.toString(each.pid()), "cmdline")))
                    .forEach(arguments -> assertThat(arguments).doesNotContain(SoftHsm.PIN));
            looks++;
        }
        assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(looks).isPositive();
    }

    /** Empty once the process has ended. */
    private static String arguments(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void distinguishesMissingTokensKeysAndModules() throws Exception {
        hsm.key("build", "EC:prime256v1", "release", "01");
        assertThat(show("token=build;object=other"))
                .matches(outcome -> outcome.exit() == 2)
                .extracting(Tool.Outcome::err)
                .asString()
                .contains("no such private key on the token");
        assertThat(show("token=bild;object=release"))
                .matches(outcome -> outcome.exit() == 3)
                .extracting(Tool.Outcome::err)
                .asString()
                .contains("sees no such token; it sees 'build'");
        assertThat(run("key", "show", "pkcs11:token=build;object=release?module-path=/nowhere.so"))
                .matches(outcome -> outcome.exit() == 3)
                .extracting(Tool.Outcome::err)
                .asString()
                .contains("there is no PKCS #11 module /nowhere.so");
        Path text = Files.writeString(folder.resolve("module.so"), "no library");
        assertThat(run("key", "show", "pkcs11:token=build;object=release?module-path=" + text))
                .matches(outcome -> outcome.exit() == 3)
                .extracting(Tool.Outcome::err)
                .asString()
                .contains("could not be loaded: it must be a library for this machine");
        environment.put("SOFTHSM2_CONF", folder.resolve("missing.conf").toString());
        assertThat(show("token=build;object=release").exit()).isEqualTo(3);
    }

    @Test
    void aTokenTakenOutIsUndecided() throws Exception {
        hsm.key("build", "EC:prime256v1", "release", "01");
        Path drawer = hsm.takeOut();
        Tool.Outcome missing = show("token=build;object=release");
        assertThat(missing.exit()).isEqualTo(3);
        assertThat(missing.err()).contains("sees no such token", "Put the token in");
        hsm.putBack(drawer);
        show("token=build;object=release").succeeded();
    }

    @ParameterizedTest
    @CsvSource({
        "EC:secp256k1, unsupported curve",
        "EC:edwards25519, unsupported kind of key",
        "RSA:1024, an RSA key of 1024 bits"
    })
    void refusesKeysThatMustNotBeTrusted(String type, String reason) throws Exception {
        hsm.key("build", type, "release", "01");
        Tool.Outcome refused = show("token=build;object=release");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains(reason);
    }
}
