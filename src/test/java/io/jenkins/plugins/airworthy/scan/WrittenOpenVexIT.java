package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.cli.Session;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The OpenVEX that we write from waivers is read by the real Trivy. */
class WrittenOpenVexIT {
    private static final String FOUND = "CVE-2021-44228";

    @TempDir
    static Path folder;

    private static RegistryServer registry;
    private static String image;
    private static Path cache;

    @BeforeAll
    static void push() throws Exception {
        Tool.require("trivy");
        registry = RegistryServer.distribution(Files.createDirectory(folder.resolve("registry")));
        cache = TrivyTestCache.copy(folder.resolve("cache"));
        ImageReference reference = ImageReference.parse(registry.host() + "/team/app:1.0");
        try (ImageStore store = RegistryStores.any(List.of(), CredentialSource.ANONYMOUS, RequestListener.NONE)
                .open(reference)) {
            store.tag("1.0", SampleImage.withLog4Shell().put(store, "amd64"));
            image = ImageReader.read(store, reference).pinned().toString();
        }
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void trivyFindsTheVulnerabilityWithoutADocument() throws Exception {
        assertThat(trivy(image)).contains(FOUND);
    }

    @Test
    void trivySparesWhatAWaiverJustifies() throws Exception {
        String justified = vex(image, "justification: vulnerable_code_not_present, ");
        assertThat(trivy("--vex", justified, image)).doesNotContain("\"" + FOUND + "\"");
        String ofEach = vex(image.substring(0, image.indexOf('@')), "justification: vulnerable_code_not_present, ");
        assertThat(trivy("--vex", ofEach, image)).doesNotContain("\"" + FOUND + "\"");
    }

    @Test
    void trivySparesNothingThatIsOnlyAccepted() throws Exception {
        assertThat(trivy("--vex", vex(image, ""), image)).contains(FOUND);
    }

    @Test
    void trivySparesNothingOfAnotherImage() throws Exception {
        String other = registry.host() + "/team/other@" + image.substring(image.indexOf('@') + 1);
        assertThat(trivy("--vex", vex(other, "justification: vulnerable_code_not_present, "), image))
                .contains(FOUND);
    }

    private static String vex(String about, String justification) throws Exception {
        Path policy = Files.writeString(
                Files.createTempFile(folder, "policy", ".yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images: [{from: "%1$s/team/*"}]
                  checklist: [{signature: {}}, {vulnerabilities: {deny: [CRITICAL]}}]
                  waivers:
                    - {vulnerability: %2$s, package: "pkg:maven/org.apache.logging.log4j/log4j-core",
                       images: ["%1$s/team/*"], until: 2999-12-31, reason: no lookups, %3$s by: alice}
                """.formatted(registry.host(), FOUND, justification));
        Path document = Files.createTempFile(folder, "vex", ".json");
        Session.Ended written = new Session()
                .run("policy", "waivers", "--to-vex", policy.toString(), "--image", about, "-o", document.toString());
        assertThat(written.status()).as(written.err()).isZero();
        return document.toString();
    }

    private static String trivy(String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "image",
                "--cache-dir",
                cache.toString(),
                "--skip-db-update",
                "--skip-java-db-update",
                "--offline-scan",
                "--format=json"));
        arguments.addAll(List.of(more));
        return Tool.require("trivy")
                .run(folder, Map.of("TRIVY_INSECURE", "true"), arguments.toArray(new String[0]))
                .succeeded()
                .out();
    }
}
