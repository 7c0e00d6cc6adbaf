package io.jenkins.plugins.airworthy.jenkins.step;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyGeneration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.SigstoreInstance;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.tools.sigstore.PrivateSigstore;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import jenkins.model.Jenkins;
import jenkins.security.CustomClassFilter;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Pipelines whose images are signed without a key, by a private Sigstore instance of real servers. */
@WithJenkins
class KeylessGateTest {
    private static final String JOB = "https://jenkins.example.com/job/shop/";

    @TempDir
    private static Path servers;

    private static PrivateSigstore sigstore;

    @TempDir
    private Path folder;

    private JenkinsRule jenkins;

    /** As the plugin oidc-provider does it: the token is made for the run, and names its job. */
    private static final class TokenOfTheRun extends BaseStandardCredentials implements StringCredentials {
        private static final long serialVersionUID = 1L;

        private final String token;

        TokenOfTheRun(String token) {
            super(CredentialsScope.SYSTEM, "of-the-run", "");
            this.token = token;
        }

        @Override
        public Secret getSecret() {
            return Secret.fromString(token);
        }

        @Override
        public Credentials forRun(Run<?, ?> context) {
            if (context.getParent().getName().equals("unlucky")) {
                throw new IllegalStateException("words of another plugin");
            }
            return new TokenOfTheRun(sigstore.issuer()
                    .jobToken("https://jenkins.example.com/job/"
                            + context.getParent().getName() + "/"));
        }
    }

    /** Jenkins writes a credential that is used into its fingerprints, and knows this class from no plugin. */
    @TestExtension
    public static final class Known implements CustomClassFilter {
        @Override
        public Boolean permits(Class<?> type) {
            return type == TokenOfTheRun.class ? Boolean.TRUE : null;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        sigstore = PrivateSigstore.start(Files.createDirectory(servers.resolve("sigstore")));
    }

    @AfterAll
    static void stop() {
        if (sigstore != null) { // where a server is missing the class is skipped, and this still runs
            sigstore.close();
        }
    }

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        token(CredentialsScope.SYSTEM, "token", sigstore.issuer().jobToken(JOB));
        AirworthyConfiguration.get().setSigstore(instance());
    }

    private static SigstoreInstance instance() throws Exception {
        SigstoreInstance instance = new SigstoreInstance();
        instance.setTrustedRoot(Files.readString(sigstore.trustedRoot()));
        instance.setSigningConfig(Files.readString(sigstore.signingConfig()));
        return instance;
    }

    private static void token(CredentialsScope scope, String id, String token) {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(scope, id, "", Secret.fromString(token)));
    }

    private static KeyEntry identity(String credentialsId) throws InvalidInputException {
        KeyEntry entry = new KeyGeneration(InstantSource.system()).keyless("ci", credentialsId);
        entry.setRoles(List.of(KeyRole.values()));
        entry.setAccepts(new ArrayList<>(RunKind.marked()));
        return entry;
    }

    private PolicyEntry policy(GateSetup setup, String subject) {
        PolicyEntry entry = new PolicyEntry("production", """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  trust: {identities: [{issuer: "%s", subject: "%s"}], observed: build-agent}
                  images: [{from: "%s/staging/{app}", to: "%s/prod/{app}"}]
                  without: [{rule: vulnerabilities, reason: no scanner runs here}]
                  checklist:
                    - signature: {}
                    - provenance: {builders: ["%s"]}
                    - tests: {minimum: 1, failures: 0}
                """.formatted(
                        sigstore.issuer().url("ci"),
                        subject,
                        setup.host(),
                        setup.host(),
                        Jenkins.get().getRootUrl()));
        entry.setAccepts(new ArrayList<>(RunKind.marked()));
        return entry;
    }

    private WorkflowRun run(GateSetup setup, Result expected, String jobName) throws Exception {
        return setup.run(
                jenkins.createProject(WorkflowJob.class, jobName),
                expected,
                "node {\n" + setup.build("shop:1", jobName) + "imageSign()\n" + setup.promote("shop:1") + "\n}");
    }

    @Test
    void aPipelineSignsAndPromotesAsAnIdentity() throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.offerKeys(identity("token"));
            GateSetup.offerPolicies(policy(setup, JOB));
            WorkflowRun run = run(setup, Result.SUCCESS, "shop");
            jenkins.assertLogContains("with identity 'ci'", run);
            jenkins.assertLogContains("signed by identity " + JOB, run);
            assertThat(setup.at("prod/shop:1")).isPresent();
            assertThat(SignatureLog.current().last(10))
                    .hasSize(4)
                    .allSatisfy(line -> assertThat(line.keyName()).isEqualTo("ci"))
                    .extracting(SignatureLog.Entry::keyFingerprint)
                    .doesNotHaveDuplicates()
                    .allMatch(fingerprint -> fingerprint.matches("[0-9a-f]{64}"));
        }
    }

    @Test
    void theTokenOfTheRunNamesItsJobAndNoOther() throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            SystemCredentialsProvider.getInstance().getCredentials().add(new TokenOfTheRun("a.b.c"));
            GateSetup.offerKeys(identity("of-the-run"));
            GateSetup.offerPolicies(policy(setup, JOB));
            WorkflowRun other = run(setup, Result.FAILURE, "other");
            jenkins.assertLogContains("signed by identity https://jenkins.example.com/job/other/", other);
            setup.assertNothingPromoted("shop:1");
            run(setup, Result.SUCCESS, "shop");
        }
    }

    @Test
    void doesNotShowTheJobAnotherPluginsErrorAboutAToken() throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            SystemCredentialsProvider.getInstance().getCredentials().add(new TokenOfTheRun("a.b.c"));
            GateSetup.offerKeys(identity("of-the-run"));
            GateSetup.offerPolicies(policy(setup, JOB));
            WorkflowRun run = run(setup, Result.FAILURE, "unlucky");
            jenkins.assertLogContains("could not make a token for this run", run);
            jenkins.assertLogNotContains("words of another plugin", run);
        }
    }

    @Test
    void aTokenThatAnyJobCouldBindIsRefused() throws Exception {
        token(CredentialsScope.GLOBAL, "global", sigstore.issuer().jobToken(JOB));
        assertThatThrownBy(() -> identity("global"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'global' is offered to every job");
        KeyEntry entry = identity("token");
        entry.setIdentityCredentialsId("global");
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.offerKeys(entry);
            GateSetup.offerPolicies(policy(setup, JOB));
            WorkflowRun run = run(setup, Result.FAILURE, "shop");
            jenkins.assertLogContains("'global' is offered to every job", run);
            assertThat(SignatureLog.current().last(10)).isEmpty();
        }
    }

    @Test
    void anInvalidOrForgedTokenSignsNothingAndIsNotShown() throws Exception {
        String good = sigstore.issuer().jobToken(JOB);
        String forged = good.substring(0, good.lastIndexOf('.')) + ".AAAA";
        token(CredentialsScope.SYSTEM, "forged", forged);
        token(CredentialsScope.SYSTEM, "none", "no-token-at-all");
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.offerPolicies(policy(setup, JOB));
            GateSetup.offerKeys(identity("forged"));
            WorkflowRun run = run(setup, Result.FAILURE, "shop");
            jenkins.assertLogContains("identity token", run);
            jenkins.assertLogNotContains(forged.substring(0, 40), run);
            GateSetup.offerKeys(identity("none"));
            run = run(setup, Result.FAILURE, "shop2");
            jenkins.assertLogContains("is not an identity token", run);
            jenkins.assertLogNotContains("no-token-at-all", run);
            assertThat(SignatureLog.current().last(10)).isEmpty();
        }
    }

    @Test
    void believesNoIdentityWithoutATrustedRoot() throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.offerKeys(identity("token"));
            GateSetup.offerPolicies(policy(setup, JOB));
            AirworthyConfiguration.get().setSigstore(new SigstoreInstance());
            WorkflowRun run = run(setup, Result.FAILURE, "shop");
            jenkins.assertLogContains("no Sigstore instance is set up", run);
        }
    }

    @Test
    void allOfItIsSetUpAsCodeAndOnTheSecurityPage() throws Exception {
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        configuration.setKeys(List.of(identity("token")));
        jenkins.submit(jenkins.createWebClient().goTo("configureSecurity").getFormByName("config"));
        assertThat(configuration.getSigstore()).usingRecursiveComparison().isEqualTo(instance());

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("identityCredentialsId: \"token\"", "sigstore:", "trustedRoot:", "signingConfig:")
                .doesNotContain(sigstore.issuer().jobToken(JOB).substring(0, 20) + ".");
        Path yaml = Files.writeString(folder.resolve("jenkins.yaml"), """
                security:
                  airworthy:
                    keys:
                      - name: ci
                        identityCredentialsId: token
                        roles: [IMAGE]
                    sigstore:
                      trustedRoot: '%s'
                      signingConfig: '%s'
                """.formatted(
                        instance().getTrustedRoot(), instance().getSigningConfig()));
        configuration.setSigstore(new SigstoreInstance());
        configuration.setKeys(List.of());
        ConfigurationAsCode.get().configure(yaml.toString());
        assertThat(configuration.getSigstore()).usingRecursiveComparison().isEqualTo(instance());
        assertThat(configuration.getKeys()).singleElement().matches(KeyEntry::isKeyless);
        assertThat(configuration.getSigstore().trust()).isNotEqualTo(Optional.empty());
    }
}
