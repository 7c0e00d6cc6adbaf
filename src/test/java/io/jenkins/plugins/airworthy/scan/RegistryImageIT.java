package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** An image in a real registry, and what the real cosign makes of our record. */
class RegistryImageIT {
    @TempDir
    static Path folder;

    private static RegistryServer registry;
    private static ResolvedImage image;
    private static ScanOutcome outcome;

    @BeforeAll
    static void scan() throws Exception {
        registry = RegistryServer.distribution(Files.createDirectory(folder.resolve("registry")));
        ImageReference reference = ImageReference.parse(registry.host() + "/team/app:1.0");
        TrivySettings settings = TrivyTestCache.offline(TrivyTestCache.copy(folder.resolve("cache")));
        try (ImageStore store = RegistryStores.any(List.of(), CredentialSource.ANONYMOUS, RequestListener.NONE)
                .open(reference)) {
            store.tag("1.0", SampleImage.withLog4Shell().put(store, "amd64"));
            image = ImageReader.read(store, reference);
            outcome = new Scanner(settings, InstantSource.system())
                    .scan(store, image, Progress.SILENT)
                    .get(0);
        }
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void scansAnImageByDigestAndNamesItByIt() throws Exception {
        ScanResult result = outcome.result();

        assertThat(result.vulnerabilities())
                .extracting(ScanResult.Vulnerability::id)
                .contains("CVE-2021-44228");
        assertThat(result.image().digests()).isEqualTo(Set.of(image.digest()));
        assertThat(outcome.vulnerabilities().at("/scanner/result/ArtifactName").textValue())
                .isEqualTo(registry.host() + "/team/app@" + image.digest());
        assertThat(outcome.cyclonedx()
                        .orElseThrow()
                        .at("/metadata/component/purl")
                        .textValue())
                .startsWith("pkg:oci/app@" + image.digest());
    }

    @Test
    void cosignAttestsOurRecordAndKeepsEverythingInIt() throws Exception {
        Path predicate = Files.write(folder.resolve("vuln.json"), StrictJson.write(outcome.vulnerabilities()));
        String reference = image.pinned().toString();
        cosign("generate-key-pair");
        cosign(
                "attest",
                "--key",
                "cosign.key",
                "--use-signing-config=false",
                "--tlog-upload=false",
                "--type",
                "vuln",
                "--predicate",
                predicate.toString(),
                reference);
        String verified = cosign(
                "verify-attestation",
                "--key",
                "cosign.pub",
                "--insecure-ignore-tlog=true",
                "--type",
                "vuln",
                reference);

        byte[] payload = Base64.getDecoder()
                .decode(StrictJson.parseObject(verified.getBytes(StandardCharsets.UTF_8), "cosign", Statement.MAX_BYTES)
                        .string("payload"));
        Statement statement = Statement.parse(payload, "what cosign attested");

        assertThat(statement.predicateType()).isEqualTo(PredicateTypes.VULNERABILITIES);
        assertThat(statement.subject().digest()).isEqualTo(image.digest());
        assertThat(ScanResult.parse(statement)).isEqualTo(outcome.result());
    }

    private static String cosign(String... arguments) throws InterruptedException {
        return Tool.require("cosign")
                .run(folder, Map.of("COSIGN_PASSWORD", "pw", "COSIGN_YES", "true"), arguments)
                .succeeded()
                .out();
    }
}
