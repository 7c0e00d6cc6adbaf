package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** A real Trivy over real images, with the small database of the project. */
class ScannerIT {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final Instant DATABASE = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    Path folder;

    private TrivySettings settings;

    @BeforeEach
    void copyDatabase() throws Exception {
        settings = TrivyTestCache.offline(TrivyTestCache.copy(folder.resolve("cache")));
    }

    @Test
    void findsLog4ShellAndSaysWhatItLookedFor() throws Exception {
        ResolvedImage image = SampleImage.withLog4Shell().in(folder.resolve("images"), "bad");

        ScanOutcome outcome = scan(image).get(0);
        ScanResult result = outcome.result();

        assertThat(outcome.image()).isEqualTo(image.digest());
        assertThat(result.vulnerabilities())
                .filteredOn(found -> found.packageName().endsWith("log4j-core"))
                .extracting(ScanResult.Vulnerability::id, ScanResult.Vulnerability::severity)
                .containsExactlyInAnyOrder(
                        tuple("CVE-2021-44228", Severity.CRITICAL),
                        tuple("CVE-2021-45046", Severity.CRITICAL),
                        tuple("CVE-2021-44832", Severity.MEDIUM));
        assertThat(result.vulnerabilities())
                .filteredOn(found -> found.id().equals("CVE-2021-44228"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.packageUrl()).contains("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1");
                    assertThat(found.fixedVersion()).contains("2.15.0, 2.12.2, 2.3.1");
                    assertThat(found.published()).contains(Instant.parse("2021-12-10T10:15:09Z"));
                });
        assertThat(result.ran()).containsExactlyInAnyOrder(ScanResult.Kind.values());
        assertThat(result.severities()).containsExactlyInAnyOrder(Severity.values());
        assertThat(result.scannerVersion()).startsWith("0.");
        assertThat(result.database()).contains(new ScanResult.Database(DATABASE));
        assertThat(result.javaDatabase()).contains(new ScanResult.Database(DATABASE));
        assertThat(result.os()).contains(new ScanResult.OperatingSystem("debian", "12.5", false));
        assertThat(result.packages()).isEqualTo(2);
        assertThat(result.startedAt()).isEqualTo(NOW);
        assertThat(result.image().id())
                .contains(image.platforms().get(0).manifest().config().digest());
    }

    @Test
    void makesBothBillsOfMaterialsOfTheSameScan() throws Exception {
        ResolvedImage image = SampleImage.withLog4Shell().in(folder.resolve("images"), "bad");

        ScanOutcome outcome = scan(image).get(0);
        ObjectNode cyclonedx = outcome.cyclonedx().orElseThrow();
        ObjectNode spdx = outcome.spdx().orElseThrow();

        assertThat(cyclonedx.get("bomFormat").textValue()).isEqualTo("CycloneDX");
        assertThat(cyclonedx.toString()).contains("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1");
        assertThat(spdx.get("spdxVersion").textValue()).isEqualTo("SPDX-2.3");
        assertThat(spdx.toString()).contains("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1");
        assertThat(cyclonedx.at("/metadata/component/name").textValue())
                .isEqualTo(image.pinned().toString());
    }

    @Test
    void saysNothingWasAnalysedInAnEmptyImage() throws Exception {
        ResolvedImage image = new SampleImage().with("hello.txt", "hello").in(folder.resolve("images"), "empty");

        ScanResult result = scan(image).get(0).result();

        assertThat(result.packages()).isZero();
        assertThat(result.os()).isEmpty();
        assertThat(result.vulnerabilities()).isEmpty();
    }

    @Test
    void failsWithoutADatabase() throws Exception {
        ResolvedImage image = SampleImage.withLog4Shell().in(folder.resolve("images"), "bad");
        Files.delete(folder.resolve("cache/db/trivy.db"));
        Files.delete(folder.resolve("cache/db/metadata.json"));

        assertThatThrownBy(() -> scan(image))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("there is no vulnerability database in the cache folder");
    }

    @Test
    void failsWithoutAnIndexOfJavaArchives() throws Exception {
        ResolvedImage image = SampleImage.withLog4Shell().in(folder.resolve("images"), "bad");
        Files.delete(folder.resolve("cache/java-db/trivy-java.db"));
        Files.delete(folder.resolve("cache/java-db/metadata.json"));

        assertThatThrownBy(() -> scan(image))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("there is no index of Java archives in the cache folder");
    }

    @Test
    void failsWhenTheDatabaseCannotBeDownloaded() throws Exception {
        ResolvedImage image = SampleImage.withLog4Shell().in(folder.resolve("images"), "bad");
        // Nothing listens at this proxy, so nothing is fetched wherever this test runs.
        Map<String, String> proxy = Map.of("HTTPS_PROXY", "http://127.0.0.1:1", "HTTP_PROXY", "http://127.0.0.1:1");
        settings = new TrivySettings(
                settings.executable(),
                folder.resolve("empty-cache"),
                false,
                Optional.empty(),
                proxy,
                TrivySettings.DEFAULT_TIME_LIMIT);

        assertThatThrownBy(() -> scan(image))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("the vulnerability database could not be downloaded");
    }

    @Test
    void everyPlatformOfAnIndexIsScannedOnItsOwn() throws Exception {
        ResolvedImage image = SampleImage.indexIn(
                folder.resolve("images"),
                "multi",
                SampleImage.withLog4Shell(),
                new SampleImage().withJar("org.apache.logging.log4j", "log4j-core", "2.24.3"));

        List<ScanOutcome> outcomes = scan(image);

        assertThat(outcomes)
                .extracting(ScanOutcome::image)
                .containsExactlyElementsOf(
                        image.platforms().stream().map(p -> p.digest()).toList());
        assertThat(outcomes.get(0).result().vulnerabilities()).isNotEmpty();
        assertThat(outcomes.get(1).result().vulnerabilities()).isEmpty();
        assertThat(outcomes.get(1).result().packages()).isEqualTo(1);
    }

    @Test
    void anIndexWithAPartThatCannotBeJudgedIsNotScannedInPart() throws Exception {
        ResolvedImage image = SampleImage.withLog4Shell().in(folder.resolve("images"), "bad");
        ResolvedImage partial = new ResolvedImage(
                image.asked(), image.descriptor(), image.manifest(), image.platforms(), List.of("the child x is odd"));

        assertThatThrownBy(() -> scan(partial))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("the child x is odd");
    }

    @Test
    void statementsAreAboutTheManifestAndNameTheObserver() throws Exception {
        ResolvedImage image = SampleImage.withLog4Shell().in(folder.resolve("images"), "bad");

        List<Statement> statements =
                scan(image).get(0).statements(Optional.of("app"), new Observation(Observer.BUILD_AGENT, NOW));

        assertThat(statements)
                .extracting(Statement::predicateType)
                .containsExactly(PredicateTypes.VULNERABILITIES, PredicateTypes.CYCLONEDX, PredicateTypes.SPDX);
        assertThat(statements).allSatisfy(statement -> {
            assertThat(statement.subject().digest()).isEqualTo(image.digest());
            assertThat(statement.observation()).contains(new Observation(Observer.BUILD_AGENT, NOW));
        });
    }

    private List<ScanOutcome> scan(ResolvedImage image) throws Exception {
        try (ImageStore store = LayoutStore.open((LayoutReference) image.asked())) {
            return new Scanner(settings, InstantSource.fixed(NOW)).scan(store, image, Progress.SILENT);
        }
    }
}
