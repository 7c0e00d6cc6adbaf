package io.jenkins.plugins.airworthy.jenkins.config;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyGeneration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.net.URL;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who may do what, and which job gets what. */
@WithJenkins
class PermissionsTest {
    private static final List<ImageReference> BOTH = List.of(
            new RegistryReference("prod.example.com", "app", Optional.of("1"), Optional.empty()),
            new RegistryReference("staging.example.com", "app", Optional.of("1"), Optional.empty()));

    private static final String DESCRIPTOR = "descriptorByName/io.jenkins.plugins.airworthy.jenkins.config.";
    private static final List<String> CHECKS = List.of(
            "AirworthyConfiguration/checkTrustedAgents?value=x",
            "AirworthyConfiguration/checkLayoutFolders?value=x",
            "RegistryEntry/checkHost?value=x",
            "RegistryEntry/checkCaCertificates?value=x&host=x&plainHttp=false",
            "RegistryEntry/checkPlainHttp?value=true",
            "RegistryEntry/checkTokenRealms?value=x",
            "RegistryEntry/checkCredentialsId?value=x&role=STAGING",
            "RegistryEntry/checkAgentCredentialsId?value=x",
            "RegistryEntry/checkClientCertificateId?value=x&role=STAGING",
            "TrivyOptions/checkTool",
            "TrivyOptions/checkServer?value=x&tokenCredentialsId=",
            "TrivyOptions/checkTokenCredentialsId?value=x",
            "TrivyOptions/checkCache?value=x",
            "TrivyOptions/checkMinutes?value=1",
            "TrivyTool/checkHome?value=x",
            "BuilderTool/checkHome?value=x",
            "key.SigstoreInstance/checkTrustedRoot?value=x",
            "key.SigstoreInstance/checkSigningConfig?value=x&trustedRoot=");

    private JenkinsRule jenkins;

    @BeforeEach
    void open(JenkinsRule rule) {
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "keeper", "author")
                .grant(AirworthyPermissions.MANAGE_KEYS)
                .everywhere()
                .to("keeper")
                .grant(AirworthyPermissions.EDIT_POLICIES)
                .everywhere()
                .to("author"));
    }

    private static void as(String user, Runnable work) {
        ACLContext context = ACL.as2(User.getById(user, true).impersonate2());
        try {
            work.run();
        } finally {
            context.close();
        }
    }

    private int status(String user, HttpMethod method, String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.withThrowExceptionOnFailingStatusCode(false).login(user);
            WebRequest request =
                    client.addCrumb(new WebRequest(new URL(client.getContextPath() + DESCRIPTOR + path), method));
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }

    @Test
    void onlyAdministratorsMayAskForChecksAndOnlyByPost() throws Exception {
        for (String check : CHECKS) {
            assertThat(status("admin", HttpMethod.POST, check)).as(check).isEqualTo(200);
            assertThat(status("reader", HttpMethod.POST, check)).as(check).isEqualTo(403);
            assertThat(status("admin", HttpMethod.GET, check)).as(check).isIn(404, 405);
        }
    }

    @Test
    void onlyAdministratorsSeeWhichCredentialsExist() {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(credential(CredentialsScope.SYSTEM, "gate-to-production"));
        RegistryEntry.DescriptorImpl descriptor =
                (RegistryEntry.DescriptorImpl) Jenkins.get().getDescriptorOrDie(RegistryEntry.class);
        as("reader", () -> assertThat(descriptor.doFillCredentialsIdItems("chosen"))
                .extracting(option -> option.value)
                .containsExactly("chosen"));
        as("admin", () -> assertThat(descriptor.doFillCredentialsIdItems(""))
                .extracting(option -> option.value)
                .containsExactly("", "gate-to-production"));
    }

    @Test
    void permissionsAreImpliedByAdministerAndByNothingElse() {
        var strategy = jenkins.jenkins.getAuthorizationStrategy().getRootACL();
        for (String user : List.of("admin", "reader", "keeper", "author")) {
            var who = User.getById(user, true).impersonate2();
            assertThat(strategy.hasPermission2(who, AirworthyPermissions.MANAGE_KEYS))
                    .as(user)
                    .isEqualTo(List.of("admin", "keeper").contains(user));
            assertThat(strategy.hasPermission2(who, AirworthyPermissions.EDIT_POLICIES))
                    .as(user)
                    .isEqualTo(List.of("admin", "author").contains(user));
        }
        assertThat(AirworthyPermissions.APPROVE.getEnabled()).isFalse();
        assertThat(AirworthyPermissions.OVERRIDE.getEnabled()).isFalse();
        assertThat(AirworthyPermissions.MANAGE_KEYS.description.toString()).contains("signing keys");
    }

    @Test
    void noAddressLeadsToAKey() throws Exception {
        AirworthyConfiguration.get().setKeys(List.of(new KeyGeneration(InstantSource.system()).generate("release")));
        for (String path : List.of("keys/0/privateKey/plainText", "keys/0/privateKey", "keys/0", "keys", "policies")) {
            assertThat(status("admin", HttpMethod.GET, "AirworthyConfiguration/" + path))
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void keysAndPoliciesOfAFolderStayInIt() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        FreeStyleProject inside = team.createProject(FreeStyleProject.class, "shop");
        FreeStyleProject outside = jenkins.createFreeStyleProject("team-shop");
        KeyEntry key = new KeyGeneration(InstantSource.system()).generate("release");
        key.setRoles(List.of(KeyRole.IMAGE));
        key.setFolders(List.of("team"));
        PolicyEntry policy = new PolicyEntry("production", Documents.policy("production"));
        policy.setJobs(List.of("team"));
        AirworthyConfiguration.get().setKeys(List.of(key));
        AirworthyConfiguration.get().setPolicies(List.of(policy));
        ImageReference image = ImageReference.parse("registry.example.com/staging/shop:1");

        assertThat(AirworthyConfiguration.get()
                        .keyRing()
                        .signingKey(null, KeyRole.IMAGE, inside, image)
                        .name())
                .isEqualTo("release");
        assertThat(Policies.current().offered(null, inside).getName()).isEqualTo("production");
        assertThatThrownBy(() ->
                        AirworthyConfiguration.get().keyRing().signingKey("release", KeyRole.IMAGE, outside, image))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("team-shop");
        assertThatThrownBy(() -> Policies.current().offered("production", outside))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not offered");
        assertThat(AirworthyConfiguration.get().keyRing().offeredTo("team-shop"))
                .isEmpty();
        assertThat(Policies.current().offeredTo("team-shop")).isEmpty();
    }

    private static UsernamePasswordCredentialsImpl credential(CredentialsScope scope, String id) {
        try {
            return new UsernamePasswordCredentialsImpl(scope, id, "", "user-of-" + id, "password-of-" + id);
        } catch (hudson.model.Descriptor.FormException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theControllerConnectsToListedRegistriesOnly() throws Exception {
        FreeStyleBuild run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("job"));
        RegistryEntry production = new RegistryEntry("prod.example.com");
        production.setRole(RegistryRole.PRODUCTION);
        production.setCredentialsId("everybody");
        AirworthyConfiguration.get().setRegistries(List.of(production));
        SystemCredentialsProvider.getInstance().getCredentials().add(credential(CredentialsScope.GLOBAL, "everybody"));
        assertThatThrownBy(() -> Registries.current()
                        .controllerStores(run)
                        .open(ImageReference.parse("internal.example.com/app:1")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not one of the registries");
        // What promotes must not be bound to a variable by some job.
        assertThatThrownBy(() ->
                        Registries.current().controllerStores(run).open(ImageReference.parse("prod.example.com/app:1")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("offered to every job");
    }

    @Test
    void agentsGetNothingThatPromotes() throws Exception {
        FreeStyleBuild run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("job"));
        var store = SystemCredentialsProvider.getInstance().getCredentials();
        store.add(credential(CredentialsScope.SYSTEM, "gate"));
        store.add(credential(CredentialsScope.GLOBAL, "builds"));
        store.add(credential(CredentialsScope.GLOBAL, "staging"));
        RegistryEntry production = new RegistryEntry("prod.example.com");
        production.setRole(RegistryRole.PRODUCTION);
        production.setCredentialsId("gate");
        RegistryEntry staging = new RegistryEntry("staging.example.com");
        staging.setCredentialsId("staging");
        AirworthyConfiguration.get().setRegistries(List.of(production, staging));
        assertThat(sent(run)).contains("password-of-staging").doesNotContain("password-of-gate");
        production.setAgentCredentialsId("builds");
        AirworthyConfiguration.get().setRegistries(List.of(production, staging));
        assertThat(sent(run))
                .contains("password-of-staging", "password-of-builds")
                .doesNotContain("password-of-gate");
        assertThat(Registries.current().forAgents(run, BOTH).toString())
                .isEqualTo("registries [prod.example.com, staging.example.com]");
        assertThat(Registries.current().forAgents(run, BOTH.subList(1, 2)).toString())
                .isEqualTo("registries [staging.example.com]");
    }

    private static String sent(FreeStyleBuild run) throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var out = new java.io.ObjectOutputStream(bytes)) {
            out.writeObject(Registries.current().forAgents(run, BOTH));
        }
        return bytes.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
