package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class RollbackCommandTest {
    @TempDir
    Path folder;

    private final Session session = new Session();

    @BeforeEach
    void prepare() throws Exception {
        session.environment.put("AIRWORTHY_KEY_PASSWORD", "secret");
        session.environment.put("XDG_CONFIG_HOME", folder.resolve("none").toString());
        assertThat(session.run("key", "generate", "--output", at("release")).err())
                .isEmpty();
        NoteSigner key = NoteSigner.generate("ledger.example.com/ci");
        KeyFiles.writeSealed(
                key.encoded(),
                folder.resolve("ledger.key"),
                (key.publicKey().text() + "\n").getBytes(UTF_8),
                folder.resolve("ledger.vkey"),
                what -> "secret".toCharArray());
        Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  trust: {keys: [release]}
                  images:
                    - {from: "oci:%s/staging", to: "oci:%s/prod"}
                  without:
                    - {rule: vulnerabilities, reason: no scanner runs here}
                  checklist:
                    - signature: {threshold: 1}
                """.formatted(folder, folder));
        for (String tag : List.of("1.1", "1.2")) {
            Files.writeString(folder.resolve("app-" + tag), tag);
            ended(
                    0,
                    "build",
                    "--base",
                    "scratch",
                    "--file",
                    at("app-" + tag) + ":/app",
                    "--to",
                    "oci:" + at("staging") + ":" + tag,
                    "--key",
                    at("release.key"));
            ended(0, "sign", "oci:" + at("staging") + ":" + tag, "--key", at("release.key"));
        }
    }

    @Test
    void goesBackHoldsAndReinstates() throws Exception {
        promote(0, "1.1");
        promote(0, "1.2");

        assertThat(promote(1, "1.1").out())
                .contains("FAILED")
                .contains("downgrade")
                .contains("rollback");

        Session.Ended listed = gate(0, "rollback", stable(), "--list");
        assertThat(listed.out()).contains("it is there now").contains("  may      ");

        Session.Ended back = gate(0, "rollback", stable(), "--reason", "orders fail");
        assertThat(back.out()).contains("rolled back").contains("is held there");

        Session.Ended again = promote(1, "1.2");
        assertThat(again.out()).contains("held");

        String held = gate(0, "rollback", stable(), "--list", "--format", "json")
                .json()
                .get("choices")
                .get(1)
                .get("digest")
                .textValue();
        ended(
                0,
                "reinstate",
                stable(),
                held,
                "--reason",
                "repaired",
                "--ledger",
                at("ledger"),
                "--ledger-key",
                at("ledger.key"));
        promote(0, "1.2");

        Session.Ended history =
                ended(0, "history", stable(), "--ledger", at("ledger"), "--ledger-key", at("ledger.key"));
        assertThat(history.out()).contains("orders fail").contains("repaired").contains("rolled-back");
        Session.Ended read = ended(0, "history", stable(), "--ledger", at("ledger"), "--ledger-key", at("ledger.vkey"));
        assertThat(read.out()).contains("rolled-back").doesNotContain("repaired");
    }

    private String stable() {
        return "oci:" + at("prod") + ":stable";
    }

    private Session.Ended promote(int status, String tag) {
        return gate(status, "promote", "oci:" + at("staging") + ":" + tag, stable());
    }

    private Session.Ended gate(int status, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(
                "--policy", at("policy.yaml"), "--trust", "release=" + at("release.pub"), "--key", at("release.key")));
        all.addAll(List.of("--ledger", at("ledger"), "--ledger-key", at("ledger.key")));
        return ended(status, all.toArray(String[]::new));
    }

    private Session.Ended ended(int status, String... words) {
        Session.Ended ended = session.run(words);
        assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(status);
        return ended;
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
