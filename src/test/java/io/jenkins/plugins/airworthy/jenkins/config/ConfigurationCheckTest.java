package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.config.key.Pkcs11KeyLoader;
import io.jenkins.plugins.airworthy.jenkins.config.key.SigstoreInstance;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

/** What an administrator cannot store by mistake, and where layouts may be. */
class ConfigurationCheckTest {
    private static final String HARDWARE = "pkcs11:token=a;object=b?module-path=/m.so";

    private static void assertRefused(ThrowingCallable check, String part) {
        assertThatThrownBy(check).isInstanceOf(InvalidInputException.class).hasMessageContaining(part);
    }

    private static KeyEntry key(Consumer<KeyEntry> change) {
        KeyEntry entry = new KeyEntry("release");
        entry.setPublicKey(SoftwareKey.generate().publicKey().pem());
        change.accept(entry);
        return entry;
    }

    @Test
    void acceptsAValidKey() {
        assertThatCode(() -> ConfigurationCheck.key(key(entry -> {
                    entry.setFolders(List.of("team/shop"));
                    entry.setImages(List.of("registry.example.com/staging/**"));
                    entry.setAccepts(List.of(RunKind.FREESTYLE));
                    entry.setState(KeyState.REVOKED);
                    entry.setEnded("2026-05-01T12:00:00Z");
                })))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesToHandAgentsTheCredentialsThatPromote() {
        RegistryEntry entry = new RegistryEntry("registry.example.com");
        entry.setRole(RegistryRole.PRODUCTION);
        entry.setCredentialsId("promoter");
        entry.setAgentCredentialsId("pusher");
        assertThatCode(() -> ConfigurationCheck.registry(entry)).doesNotThrowAnyException();
        entry.setAgentCredentialsId("promoter");
        assertRefused(() -> ConfigurationCheck.registry(entry), "the ones that the gate promotes with");
    }

    @Test
    void refusesKeysThatCouldNotBeUsed() {
        assertRefused(() -> ConfigurationCheck.key(new KeyEntry("-x")), "not a valid name for a key");
        assertRefused(() -> ConfigurationCheck.key(new KeyEntry("release")), "'release'");
        assertRefused(() -> ConfigurationCheck.key(key(k -> k.setFolders(List.of("team/*")))), "team/*");
        assertRefused(() -> ConfigurationCheck.key(key(k -> k.setFolders(List.of("/team")))), "/team");
        assertRefused(() -> ConfigurationCheck.key(key(k -> k.setImages(List.of("*.example.com/x")))), "*");
        assertRefused(
                () -> ConfigurationCheck.key(key(k -> k.setImages(List.of("a.example.com/{x}")))),
                "names in braces are not possible");
        assertRefused(
                () -> ConfigurationCheck.key(key(k -> k.setAccepts(List.of(RunKind.MULTIBRANCH)))), "MULTIBRANCH");
        assertRefused(() -> ConfigurationCheck.key(key(k -> k.setEnded("2026-05-01T12:00:00Z"))), "active");
        assertRefused(
                () -> ConfigurationCheck.key(key(k -> {
                    k.setState(KeyState.RETIRED);
                    k.setEnded("soon");
                })),
                "instant");
    }

    @Test
    void acceptsAKeyInHardwareThatHasAPinSomewhereElse() {
        assertThatCode(() -> ConfigurationCheck.key(key(entry -> {
                    entry.setHardwareKey(HARDWARE);
                    entry.setPinCredentialsId("pin");
                })))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesKeysInHardwareThatCouldNotBeUsed() {
        assertRefused(() -> ConfigurationCheck.key(key(k -> k.setHardwareKey(HARDWARE))), "'pinCredentialsId'");
        assertRefused(() -> ConfigurationCheck.key(key(k -> k.setPinCredentialsId("pin"))), "'pinCredentialsId'");
        for (String bad : List.of(
                "pkcs11:object=b?module-path=/m.so",
                "pkcs11:token=a;object=b",
                "pkcs11:token=a;object=b?module-path=m.so",
                "pkcs11:token=a;object=b?module-path=/m.so&pin-value=271828",
                "/m.so")) {
            assertThatThrownBy(() -> ConfigurationCheck.key(key(entry -> {
                        entry.setHardwareKey(bad);
                        entry.setPinCredentialsId("pin");
                    })))
                    .as(bad)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("key 'release': ")
                    .hasMessageNotContaining("271828");
        }
        assertRefused(
                () -> ConfigurationCheck.key(key(entry -> {
                    entry.setHardwareKey(HARDWARE);
                    entry.setPinCredentialsId("pin");
                    entry.setCredentialsId("file");
                })),
                "has more than one source for its private key");
    }

    @Test
    void refusesAnIdentityWithAKey() {
        KeyEntry identity = new KeyEntry("release");
        identity.setIdentityCredentialsId("token");
        assertThatCode(() -> ConfigurationCheck.key(identity)).doesNotThrowAnyException();
        assertThat(identity.canSign()).isTrue();
        assertRefused(
                () -> ConfigurationCheck.key(key(k -> k.setIdentityCredentialsId("token"))), "remove its public half");
        identity.setCredentialsId("file");
        assertRefused(() -> ConfigurationCheck.key(identity), "has more than one source for its private key");
    }

    @Test
    void refusesDocumentsOfAnInstanceThatCannotBeRead() {
        SigstoreInstance instance = new SigstoreInstance();
        assertThatCode(instance::check).doesNotThrowAnyException();
        instance.setTrustedRoot("{}");
        assertRefused(instance::check, "the trusted root");
        instance.setTrustedRoot("");
        instance.setSigningConfig("{}");
        assertRefused(instance::check, "the signing configuration");
        assertRefused(
                () -> instance.signer(() -> fail("no token is asked for"), "key 'release'"),
                "no Sigstore instance is set up");
    }

    /** A job's archived file, a user's content or a build's workspace on the controller must not become its code. */
    @Test
    void refusesModulesInJenkinsHome(@TempDir Path folder) throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path planted = Files.createFile(home.resolve("planted.so"));
        Path link = Files.createSymbolicLink(folder.resolve("link.so"), planted);
        for (Path module : List.of(planted, link, home.resolve("../home/planted.so"))) {
            assertRefused(() -> Pkcs11KeyLoader.requireSoundModule(module, home, "the key"), "is in Jenkins' home");
        }
        Path sound = Files.createFile(folder.resolve("sound.so"));
        assertThatCode(() -> Pkcs11KeyLoader.requireSoundModule(sound, home, "the key"))
                .doesNotThrowAnyException();
        assertRefused(() -> Pkcs11KeyLoader.requireSoundModule(folder, home, "the key"), "is not a file");
        assertThatThrownBy(() -> Pkcs11KeyLoader.requireSoundModule(folder.resolve("absent"), home, "the key"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("there is no PKCS #11 module");
    }

    @Test
    void refusesAPolicyUnderAnotherName() {
        assertRefused(() -> ConfigurationCheck.policy(new PolicyEntry("other", "kind: Policy")), "policy 'other'");
    }

    @Test
    void refusesAPolicyThatAcceptsWhatNeedsNoAcceptance() {
        PolicyEntry policy = new PolicyEntry("production", """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images: [{from: "registry.example.com/staging/{app}"}]
                  without: [{rule: vulnerabilities, reason: none yet}]
                  checklist: [{signature: {}}]
                """);
        policy.setAccepts(List.of(RunKind.PIPELINE_FROM_SCM));
        assertRefused(() -> ConfigurationCheck.policy(policy), "PIPELINE_FROM_SCM needs no acceptance");
    }

    @Test
    void refusesRegistriesThatCouldNotBeReached() {
        assertRefused(() -> ConfigurationCheck.registry(new RegistryEntry("https://registry.example.com")), "host");
        assertRefused(() -> ConfigurationCheck.registry(new RegistryEntry("registry.example.com/team")), "host");
        RegistryEntry both = new RegistryEntry("registry.example.com");
        both.setPlainHttp(true);
        both.setCaCertificates("-----BEGIN CERTIFICATE-----");
        assertRefused(() -> ConfigurationCheck.registry(both), "both given");
        RegistryEntry damaged = new RegistryEntry("registry.example.com");
        damaged.setCaCertificates("no certificate");
        assertRefused(() -> ConfigurationCheck.registry(damaged), "PEM");
        RegistryEntry twice = new RegistryEntry("registry.example.com");
        assertRefused(() -> ConfigurationCheck.registries(List.of(twice, twice)), "twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://auth.example.com", "auth.example.com:443", "Auth.example.com", "a/b", "*"})
    void refusesATokenRealmThatIsNotAHost(String realm) {
        RegistryEntry registry = new RegistryEntry("registry.example.com");
        registry.setTokenRealms(List.of(realm));
        assertRefused(() -> ConfigurationCheck.registry(registry), realm);
    }

    @Test
    void readsSeveralTokenRealmsFromOneText() {
        RegistryEntry registry = new RegistryEntry("registry.example.com");
        registry.setTokenRealms(List.of("one.example.com, two.example.com\nthree.example.com"));
        assertThat(registry.getTokenRealms())
                .containsExactly("one.example.com", "two.example.com", "three.example.com");
    }

    @Test
    void refusesLayoutFoldersThatHoldMoreThanLayouts(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("jenkins").resolve("home");
        assertRefused(() -> ConfigurationCheck.layoutFolder("layouts", home), "absolute");
        assertRefused(() -> ConfigurationCheck.layoutFolder("/", home), "root");
        assertRefused(() -> ConfigurationCheck.layoutFolder(home.toString(), home), "Jenkins' own files");
        assertRefused(() -> ConfigurationCheck.layoutFolder(folder + "/x/..", home), "Jenkins' own files");
        ConfigurationCheck.layoutFolder(folder.resolve("layouts").toString(), home);
    }

    @Test
    void refusesAScannerThatCouldNotWork() {
        assertRefused(() -> ConfigurationCheck.trivy(trivy(t -> t.setServer("trivy.example.com"))), "http");
        assertRefused(
                () -> ConfigurationCheck.trivy(trivy(t -> t.setServer("https://user:word@trivy.example.com"))), "user");
        assertRefused(
                () -> ConfigurationCheck.trivy(trivy(t -> {
                    t.setServer("http://trivy.example.com");
                    t.setTokenCredentialsId("token");
                })),
                "https");
        assertRefused(
                () -> ConfigurationCheck.trivy(trivy(t -> t.setTokenCredentialsId("token"))), "without a Trivy server");
        assertRefused(() -> ConfigurationCheck.trivy(trivy(t -> t.setCache("cache"))), "absolute");
        assertRefused(() -> ConfigurationCheck.trivy(trivy(t -> t.setMinutes(0))), "1 to 360");
        assertRefused(() -> ConfigurationCheck.trivy(trivy(t -> t.setMinutes(361))), "1 to 360");
    }

    private static TrivyOptions trivy(Consumer<TrivyOptions> change) {
        TrivyOptions options = new TrivyOptions();
        change.accept(options);
        return options;
    }

    private static LayoutReference layout(String text) throws InvalidInputException {
        return (LayoutReference) ImageReference.parse(text);
    }

    @Test
    void aJobThatNamesAnotherFolderOfTheControllerIsRefused(@TempDir Path folder) throws Exception {
        Path listed = Files.createDirectory(folder.resolve("layouts"));
        Path secret = Files.createDirectory(folder.resolve("secret"));
        LayoutFolders folders = new LayoutFolders(List.of(listed.toString()));
        assertThat(folders.inside(layout("oci:" + listed + "/new/app:1")))
                .isEqualTo(layout("oci:" + listed.toRealPath() + "/new/app:1"));
        assertRefused(() -> folders.inside(layout("oci:" + secret + ":1")), "is not in a folder that is listed");
        assertRefused(
                () -> folders.inside(layout("oci:" + listed + "/../secret:1")), "is not in a folder that is listed");
        assertRefused(() -> folders.inside(layout("oci:" + listed + "-other:1")), "is not in a folder that is listed");
        assertRefused(() -> folders.inside(layout("oci:layouts/app:1")), "absolute path");
        assertRefused(
                () -> new LayoutFolders(List.of()).inside(layout("oci:" + listed + ":1")),
                "is not in a folder that is listed");
    }

    @Test
    void aLinkOutOfAListedFolderIsRefused(@TempDir Path folder) throws Exception {
        Path listed = Files.createDirectory(folder.resolve("layouts"));
        Path secret = Files.createDirectory(folder.resolve("secret"));
        Files.createSymbolicLink(listed.resolve("link"), secret);
        LayoutFolders folders = new LayoutFolders(List.of(listed.toString()));
        assertRefused(() -> folders.inside(layout("oci:" + listed + "/link:1")), "is not in a folder that is listed");
        assertRefused(
                () -> folders.inside(layout("oci:" + listed + "/link/deeper:1")), "is not in a folder that is listed");
    }
}
