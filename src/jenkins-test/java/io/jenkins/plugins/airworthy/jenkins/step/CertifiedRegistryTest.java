package io.jenkins.plugins.airworthy.jenkins.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryEntry;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryRole;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.TlsServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A registry for production that admits only clients with a certificate. */
@WithJenkins
class CertifiedRegistryTest {
    private static final String PASSWORD = "opens-the-key";

    @TempDir
    private Path folder;

    private GateSetup setup;
    private TlsServer.Authority authority;
    private RegistryServer registry;

    @BeforeEach
    void start(JenkinsRule jenkins) throws Exception {
        setup = new GateSetup(jenkins, folder);
        authority = new TlsServer.Authority("own");
        Path own = Files.writeString(folder.resolve("server.pem"), authority.server("localhost"));
        Path clients = Files.writeString(folder.resolve("clients.pem"), authority.pem());
        registry = RegistryServer.distribution(
                Files.createDirectories(folder.resolve("production")),
                "  tls: {certificate: '%1$s', key: '%1$s', clientcas: ['%2$s']}".formatted(own, clients));
        GateSetup.offerPolicies(setup.policyTo(registry.host(), "production"));
    }

    @AfterEach
    void stop() {
        registry.close();
        setup.close();
    }

    private void offer(String certificateId) throws Exception {
        RegistryEntry production = new RegistryEntry(registry.host());
        production.setRole(RegistryRole.PRODUCTION);
        production.setCaCertificates(authority.pem());
        production.setClientCertificateId(certificateId);
        AirworthyConfiguration.get().setRegistries(List.of(new RegistryEntry(setup.host()), production));
    }

    private static CertificateCredentialsImpl credential(
            CredentialsScope scope, String id, CertificateCredentialsImpl.KeyStoreSource source) {
        CertificateCredentialsImpl credential = new CertificateCredentialsImpl(scope, id, "", PASSWORD, source);
        SystemCredentialsProvider.getInstance().getCredentials().add(credential);
        return credential;
    }

    /** A certificate that was pasted into the form. */
    private static CertificateCredentialsImpl.KeyStoreSource pasted(TlsServer.Authority from) throws Exception {
        String pem = from.client(TlsServer.keys());
        int key = pem.indexOf("-----BEGIN PRIVATE KEY");
        return new CertificateCredentialsImpl.PEMEntryKeyStoreSource(pem.substring(0, key), pem.substring(key));
    }

    /** A file of OpenSSL that was uploaded. */
    private CertificateCredentialsImpl.KeyStoreSource uploaded() throws Exception {
        Files.writeString(folder.resolve("client.pem"), authority.client(TlsServer.keys()));
        Tool.require("openssl")
                .run(
                        folder,
                        Map.of(),
                        "pkcs12",
                        "-export",
                        "-in",
                        "client.pem",
                        "-out",
                        "client.p12",
                        "-passout",
                        "pass:" + PASSWORD)
                .succeeded();
        return new CertificateCredentialsImpl.UploadedKeyStoreSource(
                null, SecretBytes.fromRawBytes(Files.readAllBytes(folder.resolve("client.p12"))));
    }

    private WorkflowRun promote(Result expected) throws Exception {
        WorkflowRun run = setup.run(
                expected,
                "node {\n" + setup.build("shop:1", "good") + "imageSign()\nimagePromote to: '" + registry.host()
                        + "/prod/shop:1'\n}");
        assertThat(JenkinsRule.getLog(run)).doesNotContain(PASSWORD, "PRIVATE KEY");
        return run;
    }

    @Test
    void aPromotionShowsTheCertificateOfACredential() throws Exception {
        CertificateCredentialsImpl credential = credential(CredentialsScope.SYSTEM, "gate", pasted(authority));
        offer("gate");

        WorkflowRun run = promote(Result.SUCCESS);

        assertThat(GateSetup.stored(registry.host() + "/prod/shop:1"))
                .isPresent()
                .isEqualTo(setup.at("staging/shop:1"));
        assertThat(CredentialsProvider.getFingerprintOf(credential).getUsages())
                .containsKey(run.getParent().getFullName());
    }

    @Test
    void anUploadedFileServesAsWell() throws Exception {
        credential(CredentialsScope.SYSTEM, "gate", uploaded());
        offer("gate");

        promote(Result.SUCCESS);
    }

    @Test
    void saysThatTheCertificateIsMissing() throws Exception {
        offer("");

        assertThat(JenkinsRule.getLog(promote(Result.FAILURE)))
                .contains("registry " + registry.host()
                        + ": it asks for a client certificate, or does not accept the one that was shown");
    }

    @Test
    void reportsACertificateOfAnotherAuthority() throws Exception {
        credential(CredentialsScope.SYSTEM, "gate", pasted(new TlsServer.Authority("another")));
        offer("gate");

        assertThat(JenkinsRule.getLog(promote(Result.FAILURE)))
                .contains("registry " + registry.host()
                        + ": it asks for a client certificate, or does not accept the one that was shown");
    }

    @Test
    void aCredentialThatIsMissingOrOfferedToEveryJobIsRefused() throws Exception {
        credential(CredentialsScope.GLOBAL, "global", pasted(authority));
        offer("nosuch");
        assertThat(JenkinsRule.getLog(promote(Result.FAILURE)))
                .contains("registry " + registry.host() + ", its client certificate: Jenkins itself has no"
                        + " credential 'nosuch' of the right kind")
                .contains("with the scope System");

        offer("global");
        assertThat(JenkinsRule.getLog(promote(Result.FAILURE)))
                .contains("registry " + registry.host() + ", its client certificate: the credential 'global' is offered"
                        + " to every job; an administrator must give it the scope System");
    }

    /** What is taken away counts at once, on connections that are open too. */
    @Test
    void noLongerShowsARemovedCredential() throws Exception {
        CertificateCredentialsImpl credential = credential(CredentialsScope.SYSTEM, "gate", pasted(authority));
        offer("gate");
        promote(Result.SUCCESS);

        SystemCredentialsProvider.getInstance().getCredentials().remove(credential);

        assertThat(JenkinsRule.getLog(promote(Result.FAILURE))).contains("has no credential 'gate' of the right kind");
    }
}
