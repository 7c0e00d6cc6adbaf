package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.Ledger;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class RollbackCommandTest {
    @TempDir
    Path folder;

    private final Session session = new Session();
    private NoteSigner key;

    @BeforeEach
    void prepare() throws Exception {
        session.environment.put("AIRWORTHY_KEY_PASSWORD", "secret");
        session.environment.put("XDG_CONFIG_HOME", folder.resolve("none").toString());
        assertThat(session.run("key", "generate", "--output", at("release")).err())
                .isEmpty();
        key = NoteSigner.generate("ledger.example.com/ci");
        KeyFiles.writeSealed(
                key.encoded(),
                folder.resolve("ledger.key"),
                (key.publicKey().text() + "\n").getBytes(UTF_8),
                folder.resolve("ledger.vkey"),
                what -> "secret".toCharArray());
        begin("ledger");
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
        assertThat(again.out()).contains("held").contains("'airworthy reinstate " + stable() + " sha256:");

        String held = gate(0, "rollback", stable(), "--list", "--format", "json")
                .json()
                .get("choices")
                .get(1)
                .get("digest")
                .textValue();
        Session.Ended wrong = recorded(2, "reinstate", stable(), "sha256:" + "0".repeat(64), "--reason", "x");
        assertThat(wrong.err()).contains("held there: " + held);
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
        assertThat(history.out()).contains("PASSED", "FAILED: held", "in place of " + held);
        Session.Ended read = ended(0, "history", stable(), "--ledger", at("ledger"), "--ledger-key", at("ledger.vkey"));
        assertThat(read.out()).contains("rolled-back").doesNotContain("repaired");
    }

    /** What the ledger says was signed must be found at the image. */
    @Test
    void refusesAnImageAtWhichASignatureOfThePublishedLedgerIsMissing() throws Exception {
        Digest image = Digest.parse(
                ended(0, "verify", staged(), "--policy", at("policy.yaml"), "--trust", trust(), "--format", "json")
                        .json()
                        .get("digest")
                        .textValue());
        String policy = Files.readString(folder.resolve("policy.yaml"))
                + "    - tests: {minimum: 1, failures: 0, trust: {keys: [release], observed: build-agent}}\n";
        Files.writeString(folder.resolve("tests.yaml"), policy);
        String fingerprint = KeyFiles.readPublic(folder.resolve("release.pub")).fingerprint();
        try (Ledger ledger = Ledger.open(folder.resolve("ledger"), key, Clock.systemUTC(), List.of())) {
            ledger.append(Entry.of("signature", Instant.now())
                    .about(image)
                    .signing(Digest.of(new byte[] {1}))
                    .with("predicateType", PredicateTypes.TEST_RESULT)
                    .with("fingerprint", fingerprint));
        }

        Session.Ended refused = ended(
                1,
                "verify",
                staged(),
                "--policy",
                at("tests.yaml"),
                "--trust",
                trust(),
                "--ledger",
                at("ledger"),
                "--ledger-key",
                at("ledger.vkey"));

        assertThat(refused.out()).contains("evidence: ").contains("entry 0 of the ledger ledger.example.com/ci");
    }

    @Test
    void decidesNothingByALedgerThatDoesNotContinueItsAnchor() throws Exception {
        String anchor = "oci:" + at("anchors");
        List<String> anchored = List.of("--ledger-anchor", anchor);
        gate(0, anchored, "promote", staged(), stable());
        move("ledger", "lost");
        begin("ledger");
        assertThat(gate(3, anchored, "rollback", stable(), "--list").err()).contains("was cut");

        Session.Ended undecided = gate(3, anchored, "promote", "oci:" + at("staging") + ":1.2", stable());

        assertThat(undecided.err())
                .contains("was cut, or restored from a backup")
                .contains("ledger continue");

        List<String> words = List.of("ledger", "continue", "--reason", "restored", "--ledger-anchor", anchor);
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--ledger", at("ledger"), "--ledger-key", at("ledger.key")));
        assertThat(ended(0, all.toArray(String[]::new)).out())
                .contains("entries after 0 are lost", "holds, barriers and rollbacks among them are gone");
        gate(0, anchored, "promote", "oci:" + at("staging") + ":1.2", stable());
    }

    /** In a new ledger nothing is held, so a wrong folder must not become one. */
    @Test
    void refusesAFolderWithoutALedger() throws Exception {
        promote(0, "1.1");
        promote(0, "1.2");
        gate(0, "rollback", stable(), "--reason", "orders fail");
        for (String wrong : List.of("legder", "empty", "half")) {
            Files.createDirectories(folder.resolve(wrong.equals("half") ? "half/log" : "empty"));
            for (String half : List.of("ledger.key", "ledger.vkey")) {
                Session.Ended refused = judged(2, wrong, half, "promote", "oci:" + at("staging") + ":1.2", stable());
                assertThat(refused.err()).contains(at(wrong) + ": there is no ledger here", "ledger begin");
            }
        }
        assertThat(folder.resolve("legder")).doesNotExist();
        assertThat(folder.resolve("half/log")).isEmptyDirectory();
        assertThat(judged(2, "ledger.vkey", "ledger.key", "history", stable()).err())
                .contains("is a file, expected a folder");
    }

    @Test
    void beginsALedgerOnce() throws Exception {
        assertThat(ended(2, "ledger", "begin", at("ledger"), "--ledger-key", at("ledger.key"))
                        .err())
                .contains("there is a ledger here already");
        assertThat(ended(2, "ledger", "begin", at("staging"), "--ledger-key", at("ledger.key"))
                        .err())
                .contains("is not empty");
        assertThat(ended(2, "ledger", "begin", at("other"), "--ledger-key", at("release.key"))
                        .err())
                .contains("is not a ledger's private key", "'airworthy ledger key' makes one");
        assertThat(ended(2, "ledger", "begin", at("other"), "--ledger-key", at("ledger.vkey"))
                        .err())
                .contains("is not a ledger's private key");
        assertThat(folder.resolve("other")).doesNotExist();
        assertThat(ended(0, "ledger", "verify", at("ledger"), "--key", at("ledger.vkey"))
                        .out())
                .contains("0 entries");
    }

    @Test
    void saysThatAPromotionIsNotRecordedWithThePublicKey() throws Exception {
        assertThat(judged(0, "ledger", "ledger.vkey", "promote", staged(), stable())
                        .err())
                .contains("not recorded");
        assertThat(promote(0, "1.2").err()).doesNotContain("not recorded");
    }

    @Test
    void saysThatTheTagIsNotWhatTheLedgerPutThere() throws Exception {
        promote(0, "1.1");
        promote(0, "1.2");
        assertThat(recorded(0, "history", stable()).out()).doesNotContain("note ");
        gate(0, "rollback", stable(), "--reason", "orders fail");
        Digest held = digest("1.2");
        try (ImageStore store = LayoutStore.open((LayoutReference) ImageReference.parse(stable()))) {
            store.tag("stable", store.manifest(held).orElseThrow());
        }
        String moved = "the tag is " + held + " now; the ledger put " + digest("1.1") + " there last";
        assertThat(recorded(0, "history", stable()).out()).contains(moved, "what is there now is held: " + held);
        assertThat(gate(0, "rollback", stable(), "--list").out()).contains(moved, "what is there now is held");
    }

    private Digest digest(String tag) throws Exception {
        try (ImageStore store = LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + at("staging")))) {
            return store.resolve(tag).orElseThrow().digest();
        }
    }

    @Test
    void saysThatNoEntryFits() throws Exception {
        assertThat(recorded(0, "history", stable()).out()).contains("no entry fits");
        List<String> show = List.of("ledger", "show", at("ledger"), "--key", at("ledger.vkey"), "--target");
        promote(0, "1.1");
        assertThat(ended(0, words(show, "oci:" + at("staging/../prod") + ":stable"))
                        .out())
                .contains("promoted");
        assertThat(ended(0, words(show, "oci:" + at("prod") + ":other")).out()).contains("no entry fits");
        assertThat(ended(2, words(show, "registry.example.com/prod/shop")).err())
                .contains("tag");
    }

    private static String[] words(List<String> first, String last) {
        List<String> all = new ArrayList<>(first);
        all.add(last);
        return all.toArray(String[]::new);
    }

    private void begin(String name) {
        ended(0, "ledger", "begin", at(name), "--ledger-key", at("ledger.key"));
    }

    private Session.Ended recorded(int status, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--ledger", at("ledger"), "--ledger-key", at("ledger.key")));
        return ended(status, all.toArray(String[]::new));
    }

    /** With a ledger in this folder, and this half of its key. */
    private Session.Ended judged(int status, String ledger, String half, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (!words[0].equals("history")) {
            all.addAll(List.of("--policy", at("policy.yaml"), "--trust", trust(), "--key", at("release.key")));
        }
        all.addAll(List.of("--ledger", at(ledger), "--ledger-key", at(half)));
        return ended(status, all.toArray(String[]::new));
    }

    private void move(String from, String to) throws Exception {
        Files.move(folder.resolve(from), folder.resolve(to));
    }

    private String staged() {
        return "oci:" + at("staging") + ":1.1";
    }

    private String trust() {
        return "release=" + at("release.pub");
    }

    private String stable() {
        return "oci:" + at("prod") + ":stable";
    }

    private Session.Ended promote(int status, String tag) {
        return gate(status, "promote", "oci:" + at("staging") + ":" + tag, stable());
    }

    private Session.Ended gate(int status, String... words) {
        return gate(status, List.of(), words);
    }

    private Session.Ended gate(int status, List<String> more, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(more);
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
