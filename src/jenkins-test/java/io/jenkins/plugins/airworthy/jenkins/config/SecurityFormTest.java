package io.jenkins.plugins.airworthy.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyGeneration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.SigstoreInstance;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.tools.TlsServer;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Our part of the Security page keeps what is there, and forgets what was removed. */
@WithJenkins
class SecurityFormTest {
    private JenkinsRule jenkins;
    private AirworthyConfiguration configuration;

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        configuration = AirworthyConfiguration.get();
        var store = SystemCredentialsProvider.getInstance().getCredentials();
        store.add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "gate", "", "gate", "gate-password"));
        store.add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "builds", "", "ci", "ci-password"));
        store.add(certificate(CredentialsScope.SYSTEM, "gate-certificate"));
        store.add(certificate(CredentialsScope.GLOBAL, "certificate-of-builds"));
        store.add(new StringCredentialsImpl(
                CredentialsScope.GLOBAL, "trivy-token", "", Secret.fromString("token-of-trivy")));
    }

    private static CertificateCredentialsImpl certificate(CredentialsScope scope, String id) throws Exception {
        String pem = new TlsServer.Authority("own").client(TlsServer.keys());
        int key = pem.indexOf("-----BEGIN PRIVATE KEY");
        return new CertificateCredentialsImpl(
                scope,
                id,
                "",
                "certificate-password",
                new CertificateCredentialsImpl.PEMEntryKeyStoreSource(pem.substring(0, key), pem.substring(key)));
    }

    private HtmlForm form() throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo("configureSecurity");
        return page.getFormByName("config");
    }

    private void fill() {
        configuration.setKeys(List.of(new KeyGeneration(InstantSource.system()).generate("release")));
        configuration.setPolicies(List.of(new PolicyEntry("production", Documents.policy("production"))));
        configuration.setRegistries(
                List.of(Documents.registry(), Documents.certified(), new RegistryEntry("staging.example.com")));
        configuration.setTrustedAgents(List.of("scanner one", "scanner-two"));
        configuration.setLayoutFolders(List.of("/srv/layouts", "/srv/more"));
        configuration.setTrivy(Documents.trivy());
        configuration.setVerdictMinutes(7);
    }

    @Test
    void keepsEverythingThatWasSetUp() throws Exception {
        fill();
        List<KeyEntry> keys = configuration.getKeys();
        jenkins.submit(form());

        assertThat(configuration.getRegistries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(Documents.registry(), Documents.certified(), new RegistryEntry("staging.example.com"));
        assertThat(configuration.getTrustedAgents()).containsExactly("scanner one", "scanner-two");
        assertThat(configuration.getLayoutFolders()).containsExactly("/srv/layouts", "/srv/more");
        assertThat(configuration.getTrivy()).usingRecursiveComparison().isEqualTo(Documents.trivy());
        assertThat(configuration.getVerdictMinutes()).isEqualTo(7);
        // These have pages of their own, and saving this one must not touch them.
        assertThat(configuration.getKeys()).isEqualTo(keys);
        assertThat(configuration.getPolicies()).hasSize(1);
    }

    @Test
    void keepsEverythingOverARestart() {
        fill();
        KeyEntry key = configuration.getKeys().get(0);
        key.setRoles(List.of(KeyRole.IMAGE, KeyRole.SCAN));
        key.setFolders(List.of("team"));
        key.setAccepts(List.of(RunKind.FREESTYLE));
        configuration.save();
        AirworthyConfiguration read = new AirworthyConfiguration();
        read.load();
        assertThat(read.getKeys()).usingRecursiveFieldByFieldElementComparator().containsExactly(key);
        assertThat(read.getKeys().get(0).getPrivateKey().getPlainText())
                .isEqualTo(key.getPrivateKey().getPlainText());
        assertThat(read.getPolicies())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(configuration.getPolicies());
        assertThat(read.getRegistries())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(configuration.getRegistries());
        assertThat(read.getTrivy()).usingRecursiveComparison().isEqualTo(Documents.trivy());
        assertThat(read.getVerdictMinutes()).isEqualTo(7);
        assertThat(read.getTrustedAgents()).isEqualTo(configuration.getTrustedAgents());
        assertThat(read.getLayoutFolders()).isEqualTo(configuration.getLayoutFolders());
    }

    @Test
    void refusesAnInvalidTimeForVerdicts() {
        for (int minutes : new int[] {-1, 0, 361}) {
            assertThatThrownBy(() -> configuration.setVerdictMinutes(minutes))
                    .hasMessage("the time limit for a verdict is 1 to 360 minutes, not " + minutes);
        }
        assertThat(configuration.getVerdictMinutes()).isEqualTo(10);
    }

    @Test
    void forgetsTheLastEntryOfAListWhenItIsRemoved() throws Exception {
        fill();
        configuration.setRegistries(List.of(Documents.registry()));
        HtmlForm form = form();
        HtmlPage page = (HtmlPage) form.getPage();
        page.getElementsByTagName("button").stream()
                .filter(button -> button.getAttribute("class").contains("repeatable-delete")
                        && button.isDisplayed()
                        && isOurs(button))
                .findFirst()
                .orElseThrow()
                .click();
        jenkins.createWebClient().waitForBackgroundJavaScript(1_000);
        for (String name : List.of("trustedAgents", "layoutFolders")) {
            ((HtmlTextArea) form.getElementsByAttribute("textarea", "name", "_." + name).stream()
                            .findFirst()
                            .orElseGet(() -> form.getTextAreaByName(name)))
                    .setText("");
        }
        jenkins.submit(form);
        assertThat(configuration.getRegistries()).isEmpty();
        assertThat(configuration.getTrustedAgents()).isEmpty();
        assertThat(configuration.getLayoutFolders()).isEmpty();
        assertThat(configuration.getKeys()).hasSize(1);
    }

    /** Configuration as code accepts both, since the credential may come later; administrators are warned. */
    @Test
    void refusesACredentialThatIsNotThereOrThatEveryJobCanUse() throws Exception {
        fill();
        for (String id : List.of("builds", "nosuch")) {
            RegistryEntry registry = Documents.registry();
            registry.setCredentialsId(id);
            registry.setAgentCredentialsId("");
            configuration.setRegistries(List.of(registry));
            assertThat(configuration.problems().list())
                    .anyMatch(problem -> problem.startsWith("registry registry.example.com:5000: ")
                            && problem.contains("'" + id + "'"));
            assertThat(jenkins.submit(form())
                            .getElementById("airworthy-problem")
                            .asNormalizedText())
                    .contains("scope System")
                    .contains(id);
        }
    }

    @Test
    void refusesAClientCertificateThatIsNotThereOrThatEveryJobCanUse() throws Exception {
        for (String id : List.of("certificate-of-builds", "nosuch", "gate")) {
            RegistryEntry registry = Documents.certified();
            registry.setClientCertificateId(id);
            configuration.setRegistries(List.of(registry));
            assertThat(configuration.problems().list())
                    .anyMatch(problem -> problem.startsWith("registry certified.example.com, its client certificate: ")
                            && problem.contains("'" + id + "'"));
            assertThat(jenkins.submit(form())
                            .getElementById("airworthy-problem")
                            .asNormalizedText())
                    .contains("scope System")
                    .contains(id);
        }
    }

    @Test
    void aRefusedFormIsShownAgainWithTheFaultAndWhatWasEntered() throws Exception {
        fill();
        HtmlForm form = form();
        for (var area : form.getElementsByTagName("textarea")) {
            if (area.getAttribute("name").equals("trustedAgents")) {
                ((HtmlTextArea) area).setText("another\n../agent");
            }
        }
        HtmlPage again = jenkins.submit(form);

        assertThat(again.getElementById("airworthy-problem").asNormalizedText())
                .contains("'../agent'", "Nothing of Airworthy's settings was stored");
        assertThat(again.getFormByName("config")
                        .getTextAreaByName("trustedAgents")
                        .getText())
                .isEqualTo("another\n../agent");
        assertThat(again.getWebResponse().getContentAsString()).contains("certified.example.com");
        assertThat(configuration.getTrustedAgents()).containsExactly("scanner one", "scanner-two");
    }

    private static boolean isOurs(org.htmlunit.html.DomElement button) {
        for (org.htmlunit.html.DomNode node = button; node != null; node = node.getParentNode()) {
            if (node instanceof org.htmlunit.html.DomElement element
                    && element.getAttribute("name").equals("registries")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void showsNoSecret() throws Exception {
        fill();
        String page = form().getPage().getWebResponse().getContentAsString();
        assertThat(page)
                .contains("registry.example.com:5000")
                .doesNotContain("gate-password", "ci-password", "certificate-password", "token-of-trivy", "PRIVATE KEY")
                .doesNotContain(configuration.getKeys().get(0).getPrivateKey().getEncryptedValue());
    }

    @Test
    void everyFieldHasHelp() throws Exception {
        for (Class<?> type : List.of(
                AirworthyConfiguration.class,
                RegistryEntry.class,
                SigstoreInstance.class,
                TrivyOptions.class,
                TrivyTool.class)) {
            Path views = Path.of(
                    "src/main/resources", type.getName().replace('.', '/').replace('$', '/'));
            String form = java.nio.file.Files.readString(views.resolve("config.jelly"));
            var field = java.util.regex.Pattern.compile("field=\"([a-zA-Z]+)\"").matcher(form);
            while (field.find()) {
                assertThat(views.resolve("help-" + field.group(1) + ".html")).exists();
            }
        }
    }
}
