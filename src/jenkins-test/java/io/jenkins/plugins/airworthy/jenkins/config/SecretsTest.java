package io.jenkins.plugins.airworthy.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import hudson.model.FreeStyleBuild;
import hudson.util.Secret;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyGeneration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.OfferedKey;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where private keys are, and where they are not. */
@WithJenkins
class SecretsTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    private final KeyGeneration generation = new KeyGeneration(InstantSource.system());
    private JenkinsRule jenkins;
    private FreeStyleBuild run;

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        run = rule.buildAndAssertSuccess(rule.createFreeStyleProject("job"));
    }

    private void store(StandardCredentials credential) {
        SystemCredentialsProvider.getInstance().getCredentials().add(credential);
    }

    private static FileCredentialsImpl file(CredentialsScope scope, String id, byte[] content) {
        return new FileCredentialsImpl(scope, id, "", id + ".pem", SecretBytes.fromRawBytes(content));
    }

    private OfferedKey offered(KeyEntry entry) throws Exception {
        entry.setRoles(Arrays.asList(KeyRole.values()));
        AirworthyConfiguration.get().setKeys(List.of(entry));
        return AirworthyConfiguration.get()
                .keyRing()
                .signingKey(
                        entry.getName(),
                        KeyRole.IMAGE,
                        run.getParent(),
                        ImageReference.parse("registry.example.com/app:1"));
    }

    private void assertSigns(KeyEntry entry) throws Exception {
        OfferedKey key = offered(entry);
        assertThat(key.publicKey().verify(MESSAGE, key.open(run).sign(MESSAGE))).isTrue();
    }

    @Test
    void aGeneratedKeySignsAndIsNowhereInClear() throws Exception {
        KeyEntry entry = generation.generate("release");
        assertSigns(entry);
        String pem = entry.getPrivateKey().getPlainText();
        assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----");
        String body = pem.lines().skip(1).findFirst().orElseThrow();
        try (Stream<Path> files = Files.walk(jenkins.jenkins.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) < 1_000_000) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(body, "BEGIN PRIVATE KEY");
                }
            }
        }
        assertThat(entry + " " + offered(entry) + " " + offered(entry).open(run))
                .doesNotContain(body);
    }

    @Test
    void importsKeysOfCosign(@TempDir Path folder) throws Exception {
        SoftwareKey key = SoftwareKey.generate();
        KeyFiles.writePair(
                key, folder.resolve("cosign.key"), folder.resolve("cosign.pub"), what -> "secret".toCharArray());
        byte[] file = Files.readAllBytes(folder.resolve("cosign.key"));
        KeyEntry entry = generation.imported("cosign", file.clone(), "secret".toCharArray());
        assertThat(entry.verificationKey()).isEqualTo(key.publicKey());
        assertSigns(entry);
        assertThatThrownBy(() -> generation.imported("cosign", file.clone(), "wrong".toCharArray()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("wrong password")
                .hasMessageNotContaining("'wrong'");
    }

    @Test
    void signsWithAKeyThatStaysInACredential(@TempDir Path folder) throws Exception {
        SoftwareKey key = SoftwareKey.generate();
        KeyFiles.writePair(
                key, folder.resolve("cosign.key"), folder.resolve("cosign.pub"), what -> "secret".toCharArray());
        store(file(CredentialsScope.SYSTEM, "key", Files.readAllBytes(folder.resolve("cosign.key"))));
        store(new StringCredentialsImpl(CredentialsScope.SYSTEM, "password", "", Secret.fromString("secret")));
        KeyEntry entry = generation.inCredential("release", "key", "password");
        assertThat(entry.getPrivateKey()).isNull();
        assertThat(entry.verificationKey()).isEqualTo(key.publicKey());
        assertSigns(entry);

        store(new StringCredentialsImpl(
                CredentialsScope.SYSTEM, "text", "", Secret.fromString(KeyFiles.plainPem(SoftwareKey.generate()))));
        assertSigns(generation.inCredential("text", "text", ""));
        assertThatThrownBy(() -> generation.inCredential("release", "key", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("encrypted");
        assertThatThrownBy(() -> generation.inCredential("release", "absent", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'absent'");
    }

    @Test
    void signsWithTheKeyOfACertificate(@TempDir Path folder) throws Exception {
        Path keystore = folder.resolve("keystore.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=test",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        "a-long-password")
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        store(new CertificateCredentialsImpl(
                CredentialsScope.SYSTEM,
                "certificate",
                "",
                "a-long-password",
                new CertificateCredentialsImpl.UploadedKeyStoreSource(
                        null, SecretBytes.fromRawBytes(Files.readAllBytes(keystore)))));
        assertSigns(generation.inCredential("certificate", "certificate", ""));
        assertSigns(generation.imported("p12", Files.readAllBytes(keystore), "a-long-password".toCharArray()));
    }

    @Test
    void refusesAKeyThatAnyJobCouldBindToAVariable() throws Exception {
        SoftwareKey key = SoftwareKey.generate();
        store(file(CredentialsScope.GLOBAL, "global", KeyFiles.plainPem(key).getBytes(StandardCharsets.US_ASCII)));
        assertThatThrownBy(() -> generation.inCredential("release", "global", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'global' is offered to every job")
                .hasMessageContaining("System");
        KeyEntry entry = generation.verifying("release", key.publicKey().pem());
        entry.setCredentialsId("global");
        OfferedKey ring = offered(entry);
        assertThatThrownBy(() -> ring.open(run)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesAPrivateHalfThatWasExchanged() throws Exception {
        store(file(
                CredentialsScope.SYSTEM,
                "key",
                KeyFiles.plainPem(SoftwareKey.generate()).getBytes(StandardCharsets.US_ASCII)));
        KeyEntry entry = generation.verifying(
                "release", SoftwareKey.generate().publicKey().pem());
        entry.setCredentialsId("key");
        OfferedKey ring = offered(entry);
        assertThatThrownBy(() -> ring.open(run))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not belong to its public half");
    }

    @Test
    void refusesLargeFilesAndFilesWithoutAKey() {
        store(file(CredentialsScope.SYSTEM, "large", new byte[64 * 1024 + 1]));
        store(file(CredentialsScope.SYSTEM, "none", "no key at all".getBytes(StandardCharsets.US_ASCII)));
        assertThatThrownBy(() -> generation.inCredential("release", "large", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("larger than");
        assertThatThrownBy(() -> generation.inCredential("release", "none", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("no key at all");
    }

    @Test
    void tracksTheUseOfACredential() throws Exception {
        store(file(
                CredentialsScope.SYSTEM,
                "key",
                KeyFiles.plainPem(SoftwareKey.generate()).getBytes(StandardCharsets.US_ASCII)));
        assertSigns(generation.inCredential("release", "key", ""));
        var credential = SystemCredentialsProvider.getInstance().getCredentials().stream()
                .filter(c -> c instanceof FileCredentialsImpl)
                .findFirst()
                .orElseThrow();
        assertThat(com.cloudbees.plugins.credentials.CredentialsProvider.getFingerprintOf(credential)
                        .getJobs())
                .contains("job");
    }
}
