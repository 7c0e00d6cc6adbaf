package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryEntry;
import io.jenkins.plugins.airworthy.jenkins.config.TrivyOptions;
import io.jenkins.plugins.airworthy.jenkins.config.TrivyTool;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyGeneration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A Jenkins whose administrator set up a real registry, a key that signs everything, and a policy that accepts every run. */
public final class GateSetup implements AutoCloseable {
    private final JenkinsRule jenkins;
    private final RegistryServer registry;

    public GateSetup(JenkinsRule jenkins, Path folder) throws Exception {
        this.jenkins = jenkins;
        this.registry = RegistryServer.distribution(Files.createDirectories(folder.resolve("registry")));
        AirworthyConfiguration.get().setRegistries(List.of(new RegistryEntry(host())));
        offerKeys(key("release"));
        offerPolicies(policy("production"));
    }

    public String host() {
        return registry.host();
    }

    public static KeyEntry key(String name) {
        KeyEntry key = new KeyGeneration(InstantSource.system()).generate(name);
        key.setRoles(List.of(KeyRole.values()));
        key.setAccepts(new ArrayList<>(RunKind.marked()));
        return key;
    }

    /** Sets exactly these keys, as a change on the page does: code would also keep the ones that were made here. */
    public static void offerKeys(KeyEntry... keys) {
        AirworthyConfiguration.get().changeKeys(List.of(keys));
    }

    public static void offerPolicies(PolicyEntry... policies) {
        AirworthyConfiguration.get().setPolicies(List.of(policies));
    }

    public PolicyEntry policy(String name, String... more) {
        return policyTo(host(), name, more);
    }

    /** The same where what is promoted goes to another registry. */
    PolicyEntry policyTo(String production, String name, String... more) {
        PolicyEntry entry = new PolicyEntry(name, """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: %s}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images: [{from: "%s/staging/{app}", to: "%s/prod/{app}"}]
                  without: [{rule: vulnerabilities, reason: no scanner runs here}]
                  checklist:
                    - signature: {}
                    - provenance: {builders: ["%s"]}
                    - tests: {minimum: 1, failures: 0}
                %s
                """.formatted(
                        name,
                        host(),
                        production,
                        Jenkins.get().getRootUrl(),
                        String.join("\n", more).indent(4)));
        entry.setAccepts(new ArrayList<>(RunKind.marked()));
        return entry;
    }

    /** Lets the real Trivy scan with the small database of the project. */
    static void scanWithTrivy(Path cache) throws Exception {
        for (String file :
                List.of("db/trivy.db", "db/metadata.json", "java-db/trivy-java.db", "java-db/metadata.json")) {
            Files.createDirectories(cache.resolve(file).getParent());
            Files.copy(Path.of("src", "demo", "trivy-db").resolve(file), cache.resolve(file));
        }
        Jenkins.get()
                .getDescriptorByType(TrivyTool.DescriptorImpl.class)
                .setInstallations(new TrivyTool(
                        "trivy", Tool.require("trivy").executable().toString(), List.of()));
        TrivyOptions options = new TrivyOptions();
        options.setCache(cache.toString());
        options.setOffline(true);
        AirworthyConfiguration.get().setTrivy(options);
    }

    /** Steps that build an image of its own content and test it. */
    public String build(String app, String content) {
        return """
                writeFile file: 'app/content', text: '%s'
                writeFile file: 'structure.yaml', text: 'schemaVersion: "2.0.0"\\nfileExistenceTests: [{name: content, path: /app/content, shouldExist: true}]\\n'
                imageBuild to: '%s/staging/%s', base: 'scratch', files: ['app:/app'], user: '65532'
                imageTest structure: ['structure.yaml']
                """.formatted(content, host(), app);
    }

    public String promote(String app) {
        return "imagePromote to: '" + host() + "/prod/" + app + "'";
    }

    public WorkflowRun run(Result expected, String script) throws Exception {
        return run(jenkins.createProject(WorkflowJob.class), expected, script);
    }

    public WorkflowRun run(WorkflowJob job, Result expected, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    /** What a tag in the registry points at. */
    public Optional<Manifest> at(String name) throws Exception {
        return stored(host() + "/" + name);
    }

    /** What a tag in any registry that is set up points at. */
    static Optional<Manifest> stored(String tagged) throws Exception {
        ImageReference reference = ImageReference.parse(tagged);
        ImageStores stores = Registries.current().controllerStores();
        try (ImageStore store = stores.open(reference)) {
            return store.manifest(reference.tag().orElseThrow());
        }
    }

    public void assertNothingPromoted(String app) throws Exception {
        assertThat(at("prod/" + app)).as("prod/" + app).isEmpty();
    }

    @Override
    public void close() {
        registry.close();
    }
}
