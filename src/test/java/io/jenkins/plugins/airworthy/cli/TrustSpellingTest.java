package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code --trust} names who is believed, {@code --key} signs; the earlier spellings are accepted with a note. */
class TrustSpellingTest {
    private static final String VSA = "https://slsa.dev/verification_summary/v1";

    @TempDir
    static Path folder;

    private static String image;
    private static String target;
    private static String key;
    private static String trust;
    private static String policy;

    private final Session session = session();

    private static Session session() {
        Session session = new Session();
        session.environment.put(KeyPasswords.VARIABLE, "secret");
        return session;
    }

    @BeforeAll
    static void signAnImage() throws Exception {
        image = "oci:" + folder.resolve("staging") + ":1.0";
        target = "oci:" + folder.resolve("production") + ":1.0";
        key = folder.resolve("release.key").toString();
        trust = "release=" + folder.resolve("release.pub");
        policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: test}
                spec:
                  trust: {keys: [release]}
                  images: [{from: "oci:%s", to: "oci:%s"}]
                  checklist: [{signature: {}}]
                  without: [{rule: vulnerabilities, reason: "nothing is scanned in this test"}]
                """.formatted(
                                folder.resolve("staging"), folder.resolve("production")))
                .toString();
        Path file = Files.writeString(folder.resolve("app.txt"), "content");
        Session session = session();
        succeed(session.run("key", "generate", "--output", "" + folder.resolve("release")));
        succeed(session.run("build", "--base", "scratch", "--file", file + ":/app.txt", "--to", image));
        succeed(session.run("sign", image, "--key", key));
    }

    private static Session.Ended succeed(Session.Ended ended) {
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        return ended;
    }

    private Session.Ended promote(String... more) {
        String[] all = new String[more.length + 5];
        System.arraycopy(new String[] {"promote", image, target, "--policy", policy}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return session.run(all);
    }

    @Test
    void trustBelievesAndKeySigns() {
        Session.Ended promoted = succeed(promote("--trust", trust, "--key", key));
        assertThat(promoted.out()).contains("verification summary sha256:");
        assertThat(promoted.err()).doesNotContain("is accepted");
        assertThat(succeed(session.run("evidence", target, "--trust", trust)).out())
                .contains(VSA + " by key release");
    }

    @Test
    void theEarlierSpellingsWorkAndSayWhatTheyAreCalledNow() {
        Session.Ended promoted = succeed(promote("--key", trust, "--sign-with", key));
        assertThat(promoted.out()).contains("verification summary sha256:");
        assertThat(promoted.err())
                .contains("'--key NAME=FILE' is accepted, and is called '--trust NAME=FILE' now")
                .contains("'--sign-with' is accepted, and is called '--key' now");
        assertThat(succeed(session.run("verify", image, "--policy", policy, "--key", trust))
                        .err())
                .contains("is called '--trust NAME=FILE' now");
    }

    @Test
    void bothSpellingsOfOneKeyAreTheSameNameTwice() {
        assertThat(promote("--key", trust, "--trust", trust).err()).contains("'release' is given twice");
    }

    @Test
    void aSigningKeyIsNotTakenForTrustAndTheOtherWayRound() {
        Session.Ended unnamed = promote("--key", key);
        assertThat(unnamed.status()).isEqualTo(2);
        assertThat(unnamed.err()).contains("no public key is given").contains("--trust NAME=FILE");
        Session.Ended secret = promote("--trust", "release=" + key);
        assertThat(secret.status()).isEqualTo(2);
        assertThat(secret.err()).contains("--trust");
        assertThat(session.run("verify", image, "--policy", policy, "--key", key)
                        .err())
                .contains("--trust '" + key + "': expected NAME=FILE");
    }

    @Test
    void twoSignersOfTheSummaryAreRefused() {
        assertThat(promote("--trust", trust, "--key", key, "--sign-with", key).err())
                .contains("several signers of the summary");
        assertThat(promote("--trust", trust, "--key", key, "--keyless").err())
                .contains("several signers of the summary");
        assertThat(promote("--trust", trust, "--evidence-format", "legacy").err())
                .contains("is for the summary: add --key FILE, or --keyless");
    }

    @Test
    void aKeyInAModuleIsASigningKeyThoughItsNameHasAnEqualsSign() {
        Session.Ended ended = promote("--trust", trust, "--key", "pkcs11:token=absent;object=x?module-path=/absent.so");
        assertThat(ended.status()).isNotZero();
        assertThat(ended.err()).doesNotContain("NAME=FILE");
    }
}
