package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * kill -9 at many moments of a promotion with a ledger to a real registry: what the ledger says was brought to the tag is what is there.
 * Then the way back, which takes less than a minute whole.
 */
class KilledLedgerPromotionIT {
    private static final int MOMENTS = 8;

    @TempDir
    Path folder;

    private final Session session = new Session();

    @Test
    void knowsWhatIsAtTheTagWhereverThePromotionEnded() throws Exception {
        Tool crane = Tool.require("crane");
        prepare();
        try (RegistryServer registry = RegistryServer.distribution(folder)) {
            String target = registry.host() + "/prod/app:stable";
            Files.writeString(folder.resolve("policy.yaml"), """
                    apiVersion: airworthy/v1
                    kind: Policy
                    metadata: {name: production}
                    spec:
                      trust: {keys: [release]}
                      images:
                        - {from: "oci:%s", to: "%s/prod/app"}
                      without:
                        - {rule: vulnerabilities, reason: no scanner runs here}
                      checklist:
                        - signature: {threshold: 1}
                    """.formatted(at("staging"), registry.host()));
            promote(image(0), target, Long.MAX_VALUE);
            long whole = System.nanoTime();
            promote(image(1), target, Long.MAX_VALUE);
            whole = System.nanoTime() - whole;
            for (int moment = 1; moment <= MOMENTS; moment++) {
                promote(image(1 + moment), target, whole / 2 + whole / 2 * moment / MOMENTS);
                JsonNode newest = history(target);
                assertThat(newest.get("digest").textValue())
                        .as("what the ledger has after moment " + moment)
                        .isEqualTo(crane.run(folder, Map.of(), "digest", target)
                                .succeeded()
                                .out()
                                .trim());
            }
            long start = System.nanoTime();
            Session.Ended back = session.run(gate(List.of("rollback", target, "--reason", "a test")));
            assertThat(back.status()).as(back.out() + back.err()).isZero();
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MINUTES.toNanos(1));
            assertThat(history(target).get("digest").textValue())
                    .isEqualTo(crane.run(folder, Map.of(), "digest", target)
                            .succeeded()
                            .out()
                            .trim());
        }
    }

    private void prepare() throws Exception {
        session.environment.put("AIRWORTHY_KEY_PASSWORD", "secret");
        session.environment.put("XDG_CONFIG_HOME", at("none"));
        run("key", "generate", "--output", at("release"));
        NoteSigner key = NoteSigner.generate("ledger.example.com/ci");
        KeyFiles.writeSealed(
                key.encoded(),
                folder.resolve("ledger.key"),
                (key.publicKey().text() + "\n").getBytes(UTF_8),
                folder.resolve("ledger.vkey"),
                what -> "secret".toCharArray());
        run("ledger", "begin", at("ledger"), "--ledger-key", at("ledger.key"));
    }

    private String image(int number) throws Exception {
        String reference = "oci:" + at("staging") + ":n" + number;
        Files.writeString(folder.resolve("app.txt"), "version " + number);
        run(
                "build",
                "--base",
                "scratch",
                "--file",
                at("app.txt") + ":/",
                "--to",
                reference,
                "--key",
                at("release.key"));
        run("sign", reference, "--key", at("release.key"));
        return reference;
    }

    /** The newest entry that says what was brought to the tag; opening the ledger settles what was left open. */
    private JsonNode history(String target) throws Exception {
        Session.Ended ended = session.run(
                "history", target, "--format", "json", "--ledger", at("ledger"), "--ledger-key", at("ledger.key"));
        assertThat(ended.status()).as(ended.err()).isZero();
        for (JsonNode each : ended.json().get("entries")) {
            String kind = each.get("entry").get("kind").textValue();
            assertThat(kind).as("the newest move").isNotIn("promoting", "rolling-back");
            if (kind.equals("promoted") || kind.equals("rolled-back")) {
                return each.get("entry");
            }
        }
        throw new AssertionError("nothing was promoted: " + ended.out());
    }

    private void promote(String image, String target, long killAfterNanos) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(gate(List.of("promote", image, target))));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("promote.log").toFile());
        builder.environment().putAll(session.environment);
        Process process = builder.start();
        if (!process.waitFor(Math.min(killAfterNanos, TimeUnit.MINUTES.toNanos(2)), TimeUnit.NANOSECONDS)) {
            process.destroyForcibly(); // SIGKILL
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        if (killAfterNanos == Long.MAX_VALUE) {
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("promote.log")))
                    .isZero();
        }
    }

    private String[] gate(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--policy", at("policy.yaml"), "--trust", "release=" + at("release.pub")));
        all.addAll(List.of("--ledger", at("ledger"), "--ledger-key", at("ledger.key")));
        all.addAll(List.of("--key", at("release.key")));
        return all.toArray(String[]::new);
    }

    private void run(String... words) {
        Session.Ended ended = session.run(words);
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
