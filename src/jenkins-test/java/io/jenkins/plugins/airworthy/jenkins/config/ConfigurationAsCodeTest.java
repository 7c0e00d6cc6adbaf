package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Everything can be set up as code, and taken out as code. */
@WithJenkins
class ConfigurationAsCodeTest {
    @TempDir
    Path folder;

    private static final SoftwareKey KEY = SoftwareKey.generate();

    private void configure(String yaml) throws Exception {
        Path file = folder.resolve("jenkins.yaml");
        Files.writeString(file, yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    private static String everything() {
        return """
                security:
                  airworthy:
                    keys:
                      - name: release
                        privateKey: |
                %s
                        roles: [IMAGE, PROVENANCE]
                        folders: [team/shop]
                        images: ["registry.example.com/staging/**"]
                        accepts: [FREESTYLE]
                        created: "2026-05-01T12:00:00Z"
                      - name: old
                        publicKey: |
                %s
                        state: RETIRED
                        ended: "2026-05-01T12:00:00Z"
                    policies:
                      - name: production
                        text: |
                %s
                        jobs: [team]
                        accepts: [FREESTYLE, RESTARTED]
                    registries:
                      - host: registry.example.com
                        role: PRODUCTION
                        credentialsId: gate
                        agentCredentialsId: builds
                        tokenRealms: [auth.example.com]
                      - host: staging.example.com:5000
                        plainHttp: true
                        legacyEvidence: true
                      - host: certified.example.com
                        role: PRODUCTION
                        clientCertificateId: gate-certificate
                    trustedAgents: [scanner]
                    layoutFolders: [/srv/layouts]
                    verdictMinutes: 5
                    trivy:
                      tool: trivy
                      server: https://trivy.example.com
                      tokenCredentialsId: trivy
                      cache: /var/cache/trivy
                      offline: true
                      minutes: 20
                tool:
                  trivy:
                    installations:
                      - name: trivy
                        home: /usr/local/bin/trivy
                  containerBuilder:
                    installations:
                      - name: buildah
                        home: /usr/bin/buildah
                """.formatted(
                        KeyFiles.plainPem(KEY).indent(12).stripTrailing(),
                        KEY.publicKey().pem().indent(12).stripTrailing(),
                        Documents.policy("production").indent(12).stripTrailing());
    }

    private static void assertEverything() throws Exception {
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        KeyEntry release = configuration.getKeys().get(0);
        assertThat(release.getName()).isEqualTo("release");
        assertThat(release.verificationKey()).isEqualTo(KEY.publicKey());
        assertThat(release.canSign()).isTrue();
        assertThat(release.getRoles()).containsExactly(KeyRole.IMAGE, KeyRole.PROVENANCE);
        assertThat(release.getFolders()).containsExactly("team/shop");
        assertThat(release.getImages()).containsExactly("registry.example.com/staging/**");
        assertThat(release.getAccepts()).containsExactly(RunKind.FREESTYLE);
        assertThat(release.getCreated()).isEqualTo("2026-05-01T12:00:00Z");
        KeyEntry old = configuration.getKeys().get(1);
        assertThat(old.getState()).isEqualTo(KeyState.RETIRED);
        assertThat(old.canSign()).isFalse();
        assertThat(configuration.getPolicies().get(0).policy().name()).isEqualTo("production");
        assertThat(configuration.getPolicies().get(0).getJobs()).containsExactly("team");
        assertThat(configuration.getPolicies().get(0).getAccepts())
                .containsExactly(RunKind.FREESTYLE, RunKind.RESTARTED);
        RegistryEntry production = configuration.getRegistries().get(0);
        assertThat(production.getRole()).isEqualTo(RegistryRole.PRODUCTION);
        assertThat(production.getCredentialsId()).isEqualTo("gate");
        assertThat(production.getAgentCredentialsId()).isEqualTo("builds");
        assertThat(production.getTokenRealms()).containsExactly("auth.example.com");
        assertThat(configuration.getRegistries().get(1).isPlainHttp()).isTrue();
        assertThat(production.isLegacyEvidence()).isFalse();
        assertThat(configuration.getRegistries().get(1).isLegacyEvidence()).isTrue();
        assertThat(configuration.getRegistries().get(2))
                .usingRecursiveComparison()
                .isEqualTo(Documents.certified());
        assertThat(production.getClientCertificateId()).isEmpty();
        assertThat(configuration.getTrustedAgents()).containsExactly("scanner");
        assertThat(configuration.getLayoutFolders()).containsExactly("/srv/layouts");
        assertThat(configuration.getVerdictMinutes()).isEqualTo(5);
        assertThat(configuration.verdictTimeLimit()).isEqualTo(Duration.ofMinutes(5));
        TrivyOptions trivy = configuration.getTrivy();
        assertThat(trivy.getServer()).isEqualTo("https://trivy.example.com");
        assertThat(trivy.getTokenCredentialsId()).isEqualTo("trivy");
        assertThat(trivy.getCache()).isEqualTo("/var/cache/trivy");
        assertThat(trivy.isOffline()).isTrue();
        assertThat(trivy.getMinutes()).isEqualTo(20);
        TrivyTool[] tools = hudson.ExtensionList.lookupSingleton(TrivyTool.DescriptorImpl.class)
                .getInstallations();
        assertThat(tools).hasSize(1);
        assertThat(tools[0].getHome()).isEqualTo("/usr/local/bin/trivy");
        BuilderTool[] builders = hudson.ExtensionList.lookupSingleton(BuilderTool.DescriptorImpl.class)
                .getInstallations();
        assertThat(builders).hasSize(1);
        assertThat(builders[0].getHome()).isEqualTo("/usr/bin/buildah");
    }

    private static String export() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void readsEverything(JenkinsRule jenkins) throws Exception {
        configure(everything());
        assertEverything();
    }

    @Test
    void pagesOfPoliciesSayThatTheyCameFromCode(JenkinsRule jenkins) throws Exception {
        configure(everything());
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            String page = browser.goTo("manage/airworthy/policies/production/").asNormalizedText();
            assertThat(page).contains("This policy is managed as code: changes made here last until");
            assertThat(browser.goTo("manage/airworthy/policies/").asNormalizedText())
                    .contains("Policies are managed as code");
        }
    }

    @Test
    void whatIsExportedCanBeReadAgain(JenkinsRule jenkins) throws Exception {
        configure(everything());
        String exported = export();
        assertThat(exported).contains("airworthy:").doesNotContain("BEGIN PRIVATE KEY");
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        configuration.setKeys(List.of());
        configuration.setPolicies(List.of());
        configuration.setRegistries(List.of());
        configuration.setTrustedAgents(List.of());
        configuration.setLayoutFolders(List.of());
        configuration.setTrivy(new TrivyOptions());
        configure(ours(exported));
        assertEverything();
    }

    /** The rest of the export is not from this plugin, and need not be readable in a Jenkins made for tests. */
    private static String ours(String exported) {
        StringBuilder kept = new StringBuilder();
        boolean security = false;
        boolean ours = false;
        for (String line : exported.lines().toList()) {
            if (!line.startsWith(" ")) {
                security = line.equals("security:");
                ours = false;
                if (security) {
                    kept.append(line).append('\n');
                }
            } else if (security && line.matches("  \\S.*")) {
                ours = line.equals("  airworthy:");
            }
            if (ours) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    @Test
    void aMistakeIsAnErrorThatNamesItAndChangesNothing(JenkinsRule jenkins) throws Exception {
        configure(everything());
        assertThatThrownBy(() -> configure(everything().replace("threshold: 1", "threshold: many")))
                .isInstanceOf(ConfiguratorException.class)
                .rootCause()
                .hasMessageContaining("policy 'production':9:30");
        assertThatThrownBy(() -> configure(everything().replace("name: old", "name: release")))
                .rootCause()
                .hasMessageContaining("'release' is listed twice");
        assertThatThrownBy(() -> configure(everything().replace("/srv/layouts", "layouts")))
                .rootCause()
                .hasMessageContaining("absolute path");
        assertThatThrownBy(() -> configure(everything().replace("https://trivy", "http://trivy")))
                .rootCause()
                .hasMessageContaining("must be https");
        assertThatThrownBy(() -> configure(everything()
                        .replace("plainHttp: true", "plainHttp: true\n        clientCertificateId: gate-certificate")))
                .rootCause()
                .hasMessageContaining("a client certificate and plain http are both given");
        assertEverything();
    }

    @Test
    void theExampleOfTheAdministratorsGuideIsRead(JenkinsRule jenkins) throws Exception {
        var example = java.util.regex.Pattern.compile("```yaml\n(credentials:\n.*?)```", java.util.regex.Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/administration.md")));
        assertThat(example.find()).isTrue();
        String pem = KeyFiles.plainPem(KEY).replace("\n", "\\n");
        configure(example.group(1).replace("${AIRWORTHY_SCANS_KEY}", pem));
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        assertThat(configuration.getKeys()).hasSize(2).allMatch(KeyEntry::canSign);
        assertThat(configuration.getKeys().get(1).verificationKey()).isEqualTo(KEY.publicKey());
        assertThat(configuration.getPolicies().get(0).policy().name()).isEqualTo("production");
        assertThat(configuration.getRegistries()).hasSize(2);
        assertThat(configuration.getTrustedAgents()).hasSize(2);
    }
}
