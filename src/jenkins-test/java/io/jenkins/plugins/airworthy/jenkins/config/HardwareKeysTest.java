package io.jenkins.plugins.airworthy.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.Secret;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyGeneration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.step.GateSetup;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.tools.SoftHsm;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Keys that stay in SoftHSM, in a Jenkins. */
@WithJenkins
class HardwareKeysTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final String WRONG_PIN = "wrong-pin-271828";

    @TempDir
    private static Path tokens;

    private static SoftHsm hsm;

    private final KeyGeneration generation = new KeyGeneration(InstantSource.system());
    private JenkinsRule jenkins;

    @BeforeAll
    static void putATokenIn() throws Exception {
        hsm = SoftHsm.in(tokens).enter().token("build").key("build", "EC:prime256v1", "release", "01");
    }

    @BeforeEach
    void open(JenkinsRule rule) {
        jenkins = rule;
        pin(CredentialsScope.SYSTEM, "pin", SoftHsm.PIN);
        pin(CredentialsScope.SYSTEM, "wrong", WRONG_PIN);
        pin(CredentialsScope.GLOBAL, "global", SoftHsm.PIN);
    }

    private static void pin(CredentialsScope scope, String id, String pin) {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(scope, id, "", Secret.fromString(pin)));
    }

    private static String uri() {
        return hsm.uri("token=build;object=release");
    }

    private KeyEntry release() throws AirworthyException, InterruptedException {
        KeyEntry entry = generation.inHardware("release", uri(), "pin");
        entry.setRoles(List.of(KeyRole.values()));
        entry.setAccepts(new ArrayList<>(RunKind.marked()));
        return entry;
    }

    private SigningKey offered(KeyEntry entry, FreeStyleBuild run) throws Exception {
        AirworthyConfiguration.get().setKeys(List.of(entry));
        return AirworthyConfiguration.get()
                .keyRing()
                .signingKey(
                        "release", KeyRole.IMAGE, run.getParent(), ImageReference.parse("registry.example.com/app:1"))
                .open(run);
    }

    private FreeStyleBuild build() throws Exception {
        return jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
    }

    @Test
    void aPipelineSignsAndPromotesWithIt(@TempDir Path folder) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.offerKeys(release());
            WorkflowRun run = setup.run(
                    Result.SUCCESS,
                    "node {\n" + setup.build("shop:1", "good") + "imageSign()\n" + setup.promote("shop:1") + "\n}");
            jenkins.assertLogContains("PASSED", run);
            jenkins.assertLogNotContains(SoftHsm.PIN, run);
            assertThat(setup.at("prod/shop:1")).isPresent();
            assertThat(SignatureLog.current().last(10))
                    .hasSize(4)
                    .extracting(SignatureLog.Entry::keyFingerprint)
                    .containsOnly(release().verificationKey().fingerprint());
            assertThat(CredentialsProvider.lookupCredentialsInItemGroup(
                            StringCredentialsImpl.class, Jenkins.get(), ACL.SYSTEM2, List.of()))
                    .filteredOn(credential -> credential.getId().equals("pin"))
                    .allSatisfy(credential -> assertThat(CredentialsProvider.getFingerprintOf(credential))
                            .as("its use is tracked")
                            .isNotNull());
            assertPinIsNowhere();
        }
    }

    private void assertPinIsNowhere() throws IOException {
        try (Stream<Path> files = Files.walk(jenkins.jenkins.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) < 1_000_000) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(SoftHsm.PIN, WRONG_PIN);
                }
            }
        }
    }

    @Test
    void aWrongPinIsTriedOnceHoweverManyRunsThereAre() throws Exception {
        KeyEntry entry = release();
        entry.setPinCredentialsId("wrong");
        FreeStyleBuild run = build();
        assertThatThrownBy(() -> offered(entry, run))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("wrong PIN")
                .hasMessageNotContaining(WRONG_PIN);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> offered(entry, run)).hasMessageContaining("so it is not tried again");
        }
        entry.setPinCredentialsId("pin");
        assertThat(offered(entry, run).sign(MESSAGE)).isNotEmpty();
    }

    @Test
    void aPinThatAnyJobCouldBindIsRefused() {
        assertThatThrownBy(() -> generation.inHardware("release", uri(), "global"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("key 'release'")
                .hasMessageContaining("'global' is offered to every job");
        assertThatThrownBy(() -> generation.inHardware("release", uri(), "absent"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no credential 'absent'");
    }

    @Test
    void aTokenTakenOutStopsSigningUntilItIsBack() throws Exception {
        KeyEntry entry = release();
        FreeStyleBuild run = build();
        SigningKey key = offered(entry, run);
        Path drawer = hsm.takeOut();
        assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(UndecidedException.class);
        assertThatThrownBy(() -> offered(entry, run))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("sees no such token");
        hsm.putBack(drawer);
        assertThat(key.publicKey().verify(MESSAGE, key.sign(MESSAGE))).isTrue();
    }

    @Test
    void anotherKeyUnderTheSameNameIsRefused() throws Exception {
        KeyEntry entry = release();
        hsm.key("build", "EC:prime256v1", "other", "02");
        entry.setHardwareKey(hsm.uri("token=build;object=other"));
        assertThatThrownBy(() -> offered(entry, build()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("its private half does not belong to its public half");
    }

    @Test
    void aRetiredKeyDoesNotSign() throws Exception {
        KeyEntry entry = release();
        entry.setState(KeyState.RETIRED);
        entry.setEnded("2026-05-01T12:00:00Z");
        assertThatThrownBy(() -> offered(entry, build())).hasMessageContaining("retired");
    }

    private static void as(String user, Runnable work) {
        ACLContext context = ACL.as2(User.getById(user, true).impersonate2());
        try {
            work.run();
        } finally {
            context.close();
        }
    }

    /** Its module is code that runs in the controller. */
    @Test
    void onlyAdministratorsAddOne() throws Exception {
        KeyEntry entry = release();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, AirworthyPermissions.MANAGE_KEYS)
                .everywhere()
                .to("keeper"));
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        as("keeper", () -> {
            assertThatThrownBy(() -> configuration.setKeys(List.of(entry))).isInstanceOf(AccessDeniedException3.class);
            assertThat(configuration.getKeys()).isEmpty();
        });
        as("admin", () -> configuration.setKeys(List.of(entry)));
        as("keeper", () -> {
            entry.setState(KeyState.RETIRED);
            configuration.setKeys(configuration.getKeys());
        });
        assertThat(configuration.getKeys()).hasSize(1);
    }

    @Test
    void itIsSetUpAsCodeAndExportedWithoutItsPin(@TempDir Path folder) throws Exception {
        String yaml = """
                security:
                  airworthy:
                    keys:
                      - name: release
                        hardwareKey: "%s"
                        pinCredentialsId: pin
                        publicKey: |
                %s
                        roles: [IMAGE]
                """.formatted(uri(), release().getPublicKey().indent(12).stripTrailing());
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), yaml);
        ConfigurationAsCode.get().configure(file.toString());
        KeyEntry entry = AirworthyConfiguration.get().getKeys().get(0);
        assertThat(offered(entry, build()).sign(MESSAGE)).isNotEmpty();
        assertThat(entry.isInHardware()).isTrue();

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("hardwareKey: \"pkcs11:token=build;object=release?module-path=", "pinCredentialsId: \"pin\"")
                .doesNotContain(SoftHsm.PIN);
    }

    @Test
    void itIsReadAgainAfterARestart() throws Exception {
        AirworthyConfiguration.get().setKeys(List.of(release()));
        AirworthyConfiguration.get().load();
        KeyEntry entry = AirworthyConfiguration.get().getKeys().get(0);
        assertThat(entry.getHardwareKey()).isEqualTo(uri());
        assertThat(entry.getPinCredentialsId()).isEqualTo("pin");
        assertThat(entry.canSign()).isTrue();
    }
}
