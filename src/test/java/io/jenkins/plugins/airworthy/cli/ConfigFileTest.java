package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;

/** Files for options that are not given: an option wins over its variable, and that over the configuration file. */
class ConfigFileTest {
    @TempDir
    static Path keys;

    private static String image;
    private static String policy;

    @TempDir
    Path home;

    private final Session session = new Session();

    @BeforeAll
    static void signAnImage() throws Exception {
        image = "oci:" + keys.resolve("staging") + ":1.0";
        policy = Files.writeString(keys.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: test}
                spec:
                  trust: {keys: [release]}
                  images: [{from: "oci:%s"}]
                  checklist: [{signature: {}}]
                  without: [{rule: vulnerabilities, reason: "nothing is scanned in this test"}]
                """.formatted(keys.resolve("staging")))
                .toString();
        Path file = Files.writeString(keys.resolve("app.txt"), "content");
        Session session = new Session();
        session.environment.put(KeyPasswords.VARIABLE, "secret");
        for (String name : new String[] {"release", "other", "third"}) {
            assertThat(session.run("key", "generate", "--output", "" + keys.resolve(name))
                            .status())
                    .isZero();
        }
        assertThat(session.run("build", "--base", "scratch", "--file", file + ":/app.txt", "--to", image)
                        .status())
                .isZero();
        session.environment.put(Setting.KEY, keys.resolve("release.key").toString());
        assertThat(session.run("sign", image).status()).isZero();
    }

    @BeforeEach
    void liveAtHome() {
        session.environment.put("HOME", home.toString());
        session.environment.put(KeyPasswords.VARIABLE, "secret");
    }

    private Path config(String yaml) throws Exception {
        Path file = home.resolve(".config/airworthy/config.yaml");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, yaml);
    }

    private static String pub(String name) {
        return "release=" + keys.resolve(name + ".pub");
    }

    @Test
    void variablesStandForOptions() {
        session.environment.put(Setting.POLICY, policy);
        session.environment.put(Setting.TRUST, pub("release") + ":other=" + keys.resolve("other.pub"));
        Session.Ended verified = session.run("verify", image);
        assertThat(verified.status()).as(verified.err()).isZero();
    }

    @Test
    void theFileStandsForBothRelativeToItself() throws Exception {
        config("policy: policy.yaml\ntrust: {release: release.pub}\n");
        Path folder = home.resolve(".config/airworthy");
        Files.copy(Path.of(policy), folder.resolve("policy.yaml"));
        Files.copy(keys.resolve("release.pub"), folder.resolve("release.pub"));
        Session.Ended verified = session.run("verify", image);
        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(session.run("evidence", image).out()).contains("1 verified");
        assertThat(session.run("policy", "check", "" + folder.resolve("policy.yaml"))
                        .status())
                .isZero();
    }

    @Test
    void anOptionWinsOverAVariableAndThatOverTheFile() throws Exception {
        config("policy: %s\ntrust: {release: %s}\n".formatted(policy, keys.resolve("other.pub")));
        assertThat(session.run("verify", image).status()).isEqualTo(1);
        session.environment.put(Setting.TRUST, pub("release"));
        assertThat(session.run("verify", image).status()).isZero();
        assertThat(session.run("verify", image, "--trust", pub("other")).status())
                .isEqualTo(1);
        assertThat(session.run("verify", image, "--key", pub("other")).status()).isEqualTo(1);
        session.environment.put(Setting.TRUST, " ");
        assertThat(session.run("verify", image).status()).isEqualTo(1);
        session.environment.put(Setting.POLICY, "" + home.resolve("absent.yaml"));
        assertThat(session.run("verify", image).err()).contains("AIRWORTHY_POLICY: there is no file");
        assertThat(session.run("verify", image, "--policy", policy).status()).isEqualTo(1);
    }

    @Test
    void xdgConfigHomeComesBeforeHome() throws Exception {
        config("policy: absent.yaml\n");
        Path other = Files.createDirectories(home.resolve("elsewhere/airworthy"));
        Files.writeString(
                other.resolve("config.yaml"),
                "policy: %s\ntrust: {release: %s}\n".formatted(policy, keys.resolve("release.pub")));
        session.environment.put("XDG_CONFIG_HOME", "" + other.getParent());
        assertThat(session.run("verify", image).status()).isZero();
        session.environment.put("XDG_CONFIG_HOME", "relative");
        assertThat(session.run("verify", image).err()).contains("config.yaml: policy: there is no file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy: p\\npassword: secret | :2:1: | unknown",
                "policy: p\\npolicy: q | :2:1: | twice",
                "policy: [p] | :1: | text",
                "trust: [a] | :1: | expected",
                "policy: '' | :1:9: | names no file",
                "- policy | :1:1: | expected"
            })
    void aWrongFileIsRefusedWithItsPlace(String yaml, String place, String reason) throws Exception {
        Path file = config(yaml.replace("\\n", "\n"));
        Session.Ended ended = session.run("verify", image);
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .contains(file + place)
                .containsIgnoringCase(reason)
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
    void aFileThatOthersMayWriteIsRefused(String permissions) throws Exception {
        Path file = config("trust: {release: %s}\n".formatted(keys.resolve("other.pub")));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        Session.Ended ended = session.run("evidence", image);
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("" + file, "others than you and root may write", "chmod go-w");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(session.run("evidence", image).status()).isEqualTo(2);
    }

    @Test
    void aLinkThatOthersMayExchangeIsRefused() throws Exception {
        Path file = config("trust: {release: %s}\n".formatted(keys.resolve("other.pub")));
        Path real = Files.move(file, home.resolve("real.yaml"));
        Files.createSymbolicLink(file, real);
        assertThat(session.run("evidence", image).status()).isZero();
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Session.Ended ended = session.run("evidence", image);
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("" + file, "others than you and root may write");
    }

    @Test
    void aKeyOfTheEnvironmentSignsUnlessTheCallerSignsOtherwise() throws Exception {
        session.environment.put(Setting.KEY, keys.resolve("third.key").toString());
        Session.Ended signed = session.run("sign", image, "--format=json");
        assertThat(signed.status()).as(signed.err()).isZero();
        assertThat(session.run("evidence", image, "--trust", pub("third")).out())
                .contains("1 verified");
        assertThat(session.run("sign", image, "--keyless").err()).contains("add --signing-config FILE");
        session.environment.put(Setting.KEY, "" + home.resolve("absent.key"));
        assertThat(session.run("sign", image).err()).contains("absent.key");
    }

    @Test
    void whatIsNowhereGivenIsAskedForByAllItsNames() {
        Session.Ended ended = session.run("verify", image, "--trust", pub("release"));
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("no policy is named: add --policy FILE, or set AIRWORTHY_POLICY");
    }
}
