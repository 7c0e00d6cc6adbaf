package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.ProxyConfiguration;
import hudson.model.Result;
import io.jenkins.plugins.airworthy.image.http.EnvironmentProxies;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryEntry;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryRole;
import io.jenkins.plugins.airworthy.tools.ForwardProxy;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.TlsServer;
import jenkins.model.Jenkins;
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

import static org.assertj.core.api.Assertions.assertThat;

/** A registry for production whose name only the proxy of Manage Jenkins knows. */
@WithJenkins
class ProxiedRegistryTest {
    private static final String NAME = "registry.test.example";
    private static final String HOST = NAME + ":5000";
    private static final String PASSWORD = "pass:of the proxy";
    private static final String CREDENTIAL = EnvironmentProxies.basic("jenkins", PASSWORD);

    @TempDir
    private Path folder;

    private GateSetup setup;
    private ForwardProxy proxy;

    @BeforeEach
    void start(JenkinsRule jenkins) throws Exception {
        setup = new GateSetup(jenkins, folder);
        proxy = new ForwardProxy(CREDENTIAL);
        GateSetup.offerPolicies(setup.policyTo(HOST, "production"));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        setup.close();
    }

    private RegistryServer registry(String more) throws Exception {
        RegistryServer registry =
                RegistryServer.distribution(Files.createDirectories(folder.resolve("production")), more);
        proxy.know(HOST, registry.port());
        return registry;
    }

    private void offer(boolean plain, String authority) {
        RegistryEntry production = new RegistryEntry(HOST);
        production.setRole(RegistryRole.PRODUCTION);
        production.setPlainHttp(plain);
        production.setCaCertificates(authority);
        AirworthyConfiguration.get().setRegistries(List.of(new RegistryEntry(setup.host()), production));
    }

    private void useProxy(String password, String noProxy) {
        Jenkins.get().setProxy(new ProxyConfiguration("localhost", proxy.port(), "jenkins", password, noProxy));
    }

    private WorkflowRun promote(Result expected) throws Exception {
        return setup.run(
                expected,
                "node {\n" + setup.build("shop:1", "good") + "imageSign()\nimagePromote to: '" + HOST
                        + "/prod/shop:1'\n}");
    }

    private static void assertTellsNoPassword(WorkflowRun run) throws Exception {
        assertThat(JenkinsRule.getLog(run))
                .doesNotContain(PASSWORD)
                .doesNotContain(CREDENTIAL.substring("Basic ".length()));
    }

    @Test
    void aPromotionGoesThroughTheTunnelOfAProxyThatWantsAPassword() throws Exception {
        TlsServer.Authority authority = new TlsServer.Authority("own");
        Path pem = Files.writeString(folder.resolve("server.pem"), authority.server(NAME));
        try (RegistryServer registry = registry("  tls: {certificate: '%1$s', key: '%1$s'}".formatted(pem))) {
            offer(false, authority.pem());
            useProxy(PASSWORD, "");

            WorkflowRun run = promote(Result.SUCCESS);

            assertThat(GateSetup.stored(HOST + "/prod/shop:1")).isPresent().isEqualTo(setup.at("staging/shop:1"));
            assertThat(proxy.asked()).isNotEmpty().containsOnly("CONNECT " + HOST + " HTTP/1.1");
            assertTellsNoPassword(run);
        }
    }

    @Test
    void aPromotionWithoutTlsGoesThroughTheProxyToo() throws Exception {
        try (RegistryServer registry = registry("")) {
            offer(true, "");
            useProxy(PASSWORD, "unrelated.example, *.internal.example");

            promote(Result.SUCCESS);

            assertThat(GateSetup.stored(HOST + "/prod/shop:1")).isPresent();
            assertThat(proxy.asked()).isNotEmpty().allMatch(line -> line.contains(" http://" + HOST + "/v2/"));
        }
    }

    /** The proxy is the one that is set at the moment of a request, so that nothing has to be started again. */
    @Test
    void reportsAWrongPasswordAsTheProxysRefusalUntilItIsCorrected() throws Exception {
        TlsServer.Authority authority = new TlsServer.Authority("own");
        Path pem = Files.writeString(folder.resolve("server.pem"), authority.server(NAME));
        try (RegistryServer registry = registry("  tls: {certificate: '%1$s', key: '%1$s'}".formatted(pem))) {
            offer(false, authority.pem());
            useProxy("guessed", "");

            WorkflowRun refused = promote(Result.FAILURE);

            assertThat(JenkinsRule.getLog(refused))
                    .contains("the proxy localhost:" + proxy.port() + " wants another user or password (407)")
                    .contains("in Jenkins: Manage Jenkins, System")
                    .doesNotContain("guessed")
                    .doesNotContain(
                            EnvironmentProxies.basic("jenkins", "guessed").substring("Basic ".length()));
            useProxy(PASSWORD, "");
            assertTellsNoPassword(promote(Result.SUCCESS));
        }
    }

    @Test
    void withoutTlsAWrongPasswordIsTheProxysRefusalToo() throws Exception {
        try (RegistryServer registry = registry("")) {
            offer(true, "");
            useProxy("guessed", "");

            assertThat(JenkinsRule.getLog(promote(Result.FAILURE)))
                    .contains("answered 407")
                    .contains("The proxy wants a user and a password")
                    .contains("in Jenkins: Manage Jenkins, System")
                    .doesNotContain("guessed");
        }
    }

    @Test
    void aHostOfTheListWithoutAProxyIsNeverAskedThroughIt() throws Exception {
        try (RegistryServer registry = registry("")) {
            offer(true, "");
            for (String noProxy : List.of(NAME, "other.example, *.test.example")) {
                useProxy(PASSWORD, noProxy);
                assertThat(JenkinsRule.getLog(promote(Result.FAILURE)))
                        .contains("registry " + HOST + ": its host name is not known");
            }
            assertThat(proxy.asked()).noneMatch(line -> line.contains(NAME));
        }
    }
}
