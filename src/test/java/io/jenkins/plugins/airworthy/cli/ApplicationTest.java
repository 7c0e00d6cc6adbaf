package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

class ApplicationTest {
    private static final String PASSWORD = "secret-of-the-test";

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private final Session session = new Session();
    private String image = "";
    private String key = "";

    /** One for all: it is the password's slow hash that takes the time. */
    @BeforeAll
    static void makeAKey() {
        Session maker = new Session();
        maker.environment.put(KeyPasswords.VARIABLE, PASSWORD);
        Session.Ended made = maker.run("key", "generate", "--output", "" + keys.resolve("release"));
        assertThat(made.status()).as(made.err()).isZero();
    }

    @BeforeEach
    void buildAnImage() throws Exception {
        Path file = Files.writeString(folder.resolve("app.txt"), "content");
        image = "oci:" + folder.resolve("images") + ":1.0";
        key = keys.resolve("release.key").toString();
        session.environment.put(KeyPasswords.VARIABLE, PASSWORD);
        Session.Ended built = session.run("build", "--base", "scratch", "--file", file + ":/app.txt", "--to", image);
        assertThat(built.status()).as(built.err()).isZero();
    }

    @Test
    void signsAnImageAndListsItsSignatureAsVerified() throws Exception {
        Session.Ended signed = session.run("sign", image, "--key", key, "--format", "json");
        assertThat(signed.status()).isZero();
        assertThat(signed.json().at("/attached/0/predicateType").textValue())
                .isEqualTo("https://sigstore.dev/cosign/sign/v1");

        Session.Ended listed =
                session.run("evidence", image, "--trust", "release=" + keys.resolve("release.pub"), "--format=json");
        assertThat(listed.json().at("/verified/0/digest"))
                .isEqualTo(signed.json().at("/attached/0/digest"));
        assertThat(listed.json().at("/verified/0/signer").textValue()).isEqualTo("key release");
        assertThat(listed.json().at("/verified/0/observer").textValue()).isEqualTo("build-agent");
    }

    @Test
    void marksAStatementOfTheCallersOwnAsImported() throws Exception {
        Path review = Files.writeString(folder.resolve("review.json"), "{\"by\": \"alice\"}");
        Session.Ended attested = session.run(
                "attest", image, "--type", "https://example.com/review/v1", "--predicate", "" + review, "--key", key);
        assertThat(attested.status()).isZero();
        Session.Ended listed =
                session.run("evidence", image, "--trust", "release=" + keys.resolve("release.pub"), "--format=json");
        assertThat(listed.json().at("/verified/0/observer").textValue()).isEqualTo("imported");
    }

    /** The build's own hand: a free-form attestation that claims to be a clean scan. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cosign.sigstore.dev/attestation/vuln/v1",
                "https://cosign.sigstore.dev/attestation/vuln/v2",
                "https://COSIGN.sigstore.dev/attestation/vuln/",
                "https://slsa.dev/provenance/v1",
                "https://slsa.dev/provenance/v0.2",
                "https://slsa.dev/verification_summary/v1",
                "https://sigstore.dev/cosign/sign/v1",
                "https://cyclonedx.org/bom/v1.4",
                "https://cyclonedx.org/bom/",
                "https://spdx.dev/document",
                "vuln",
                "signature",
                "https://in-toto.io/attestation/test-result/v0.1"
            })
    void refusesAFreeFormAttestationThatLooksLikeOurOwn(String type) throws Exception {
        Path clean = Files.writeString(folder.resolve("clean.json"), "{}");
        Session.Ended ended = session.run("attest", image, "--type", type, "--predicate", "" + clean, "--key", key);
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("reserved for what airworthy itself observes");
        assertThat(session.run("evidence", image).out()).contains("0 verified, 0 unverified");
    }

    @Test
    void wrongUseEndsWithTwoAndSaysWhatToDo() {
        assertThat(session.run().status()).isEqualTo(2);
        assertThat(session.run("fly").err()).contains("'fly' is not a command: 'airworthy --help' lists all commands");
        assertThat(session.run("key", "loose").err()).contains("'key loose' is not a command");
        assertThat(session.run("sign", image).status()).isEqualTo(2);
        assertThat(session.run("sign", image).err()).contains("no signer given: add --key FILE or --keyless");
        assertThat(session.run("sign", "--image", image, "--key", key).status()).isEqualTo(2);
        assertThat(session.run("sign", "alpine", "--key", key).err()).contains("does not name its registry");
        assertThat(session.run("sign", image, "--key", key, "--key", key).status())
                .isEqualTo(2);
        assertThat(session.run("evidence", image, "--key", "release.pub").err()).contains("expected NAME=FILE");
        String pair = "release=" + keys.resolve("release.pub");
        assertThat(session.run("evidence", image, "--key", pair, "--key", pair).err())
                .contains("'release' is given twice");
    }

    /** The build's own hand: a reference that begins with a dash is no option. */
    @Test
    void refusesAReferenceThatLooksLikeAnOption() {
        assertThat(session.run("sign", "--key", key, "--format=json", "--", "--registry-ca=x")
                        .status())
                .isEqualTo(2);
        assertThat(session.run("sign", "-q1.0", "--key", key).status()).isEqualTo(2);
    }

    @Test
    void readsNoArgumentsFromAFile() throws Exception {
        Path arguments = Files.writeString(folder.resolve("arguments"), image + " --key " + key);
        assertThat(session.run("sign", "@" + arguments).status()).isEqualTo(2);
    }

    @Test
    void leavesAMissingImageUndecided() {
        Session.Ended ended = session.run("evidence", image.replace(":1.0", ":2.0"));
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.err()).contains(":2.0").contains("was not found");
    }

    @Test
    void jsonIsTheOnlyThingOnStandardOutputAlsoWhenItFails() throws Exception {
        Session.Ended unknown = session.run("evidence", image.replace(":1.0", ":2.0"), "--format", "json");
        assertThat(unknown.json().at("/error/exitStatus").intValue()).isEqualTo(3);
        assertThat(unknown.err()).contains(unknown.json().at("/error/message").textValue());
        Session.Ended wrong = session.run("sign", "--format=json");
        assertThat(wrong.json().at("/error/exitStatus").intValue()).isEqualTo(2);
        Session.Ended noCommand = session.run("fly", "--format", "json");
        assertThat(noCommand.json().at("/error/exitStatus").intValue()).isEqualTo(2);
    }

    @Test
    void aFaultOfOurOwnEndsWithThreeOnOneLine() throws Exception {
        session.clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                throw new IllegalStateException("the clock fell off the wall");
            }
        };
        Session.Ended ended = session.run("sign", image, "--key", key, "--format", "json");
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).contains("AIRWORTHY_DEBUG").doesNotContain("fell off");
        assertThat(ended.json().at("/error/exitStatus").intValue()).isEqualTo(3);

        session.environment.put(Application.DEBUG, "1");
        assertThat(session.run("sign", image, "--key", key).err()).contains("fell off", "at io.jenkins");
    }

    @Test
    void anInterruptEndsTheWorkAndIsKept() {
        Thread.currentThread().interrupt();
        Session.Ended ended = session.run("sign", image, "--key", key);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended.status()).isEqualTo(130);
        assertThat(ended.err()).contains("interrupted");
        assertThat(session.run("evidence", image).out()).contains("0 verified, 0 unverified");
    }

    @Test
    void coloursAreForTerminals() {
        assertThat(session.run("sign", image, "--key", key).out()).doesNotContain("\u001b");
        session.colours = true;
        assertThat(session.run("sign", image, "--key", key).out()).contains("\u001b[1m");
        assertThat(session.run("sign", image, "--key", key, "--format", "json").out())
                .doesNotContain("\u001b");
    }

    @Test
    void aPasswordIsAskedForByNameAndNeverShown() {
        session.environment.clear();
        Session.Ended ended = session.run("sign", image, "--key", key);
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("release.key").contains("AIRWORTHY_KEY_PASSWORD");
        session.environment.put("COSIGN_PASSWORD", "not-the-password");
        Session.Ended wrong = session.run("sign", image, "--key", key);
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).doesNotContain("not-the-password");
    }

    @Test
    void neverOverwritesAKey() {
        String prefix = keys.resolve("release").toString();
        assertThat(session.run("key", "generate", "--output", prefix).status()).isEqualTo(2);
    }

    @Test
    void importsAKeyAndShowsThatItIsTheSame() throws Exception {
        session.environment.put("AIRWORTHY_NEW_KEY_PASSWORD", "another");
        String prefix = folder.resolve("imported").toString();
        assertThat(session.run("key", "import", key, "-o", prefix).status()).isZero();
        String before = session.run("key", "show", keys.resolve("release.pub").toString(), "--format=json")
                .json()
                .get("fingerprint")
                .textValue();
        session.environment.put("AIRWORTHY_KEY_PASSWORD", "another");
        assertThat(session.run("key", "show", prefix + ".key", "--format=json")
                        .json()
                        .get("fingerprint")
                        .textValue())
                .isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(CommandList.class)
    void everyCommandHasHelpWithExamplesThatFitsAPage(CommandList entry) {
        String[] words = (entry.words() + " --help").split(" ");
        Session.Ended ended = session.run(words);
        assertThat(ended.status()).isZero();
        assertThat(ended.out())
                .startsWith("Usage: airworthy " + entry.words())
                .contains(entry.summary())
                .contains("Examples:" + System.lineSeparator() + "  airworthy " + entry.words())
                .isEqualTo(session.run(("help " + entry.words()).split(" ")).out());
        assertThat(ended.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(ended.out()).doesNotContain("${");
        String examples = ended.out().substring(ended.out().indexOf("Examples:"));
        assertThat(examples.lines().skip(1)).allMatch(line -> line.startsWith("  "));
        assertThat(session.run("--help").out()).contains(entry.words(), entry.summary());
    }
}
