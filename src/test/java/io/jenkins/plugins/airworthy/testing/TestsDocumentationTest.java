package io.jenkins.plugins.airworthy.testing;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.layer.LayerLimits;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;
import io.jenkins.plugins.airworthy.testing.files.TarBytes;
import io.jenkins.plugins.airworthy.testing.structure.StructureTestRunner;
import io.jenkins.plugins.airworthy.testing.structure.StructureTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/image-tests.md shows is what happens. */
class TestsDocumentationTest {
    private static final Path PAGE = Path.of("docs", "image-tests.md");

    @TempDir
    Path folder;

    @Test
    void theExampleFileTestsAnImage() throws Exception {
        String page = Files.readString(PAGE);
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        String example = page.substring(start, page.indexOf("```", start));
        TestImage image = new TestImage(folder)
                .config("""
                {'Env': ['PATH=/bin', 'LANG=C.UTF-8', 'VERSION=1.2'],
                 'Labels': {'org.opencontainers.image.source': 'https://git.example.com/shop'},
                 'ExposedPorts': {'8080/tcp': {}}, 'Volumes': {'/data': {}},
                 'Entrypoint': ['/app/shop'], 'Cmd': ['serve'], 'WorkingDir': '/app', 'User': '1000'}
                """)
                .layer(new TarBytes()
                        .file("app/shop", "x", 0755, 0, 0)
                        .file("app/settings.conf", "port = 1\nlog = warn\n")
                        .file("app/LICENSE", "MIT")
                        .bytes());
        List<TestReport> good = run(image, example);
        image.layer(new TarBytes()
                .file("app/settings.conf", "log = warn\nPassword = x\n")
                .bytes());
        List<TestReport> bad = run(image, example);

        assertThat(good).allSatisfy(report -> assertThat(report.passed()).isTrue());
        assertThat(good.get(0).cases()).hasSize(5);
        assertThat(bad.get(0).cases())
                .filteredOn(test -> test.status() == Status.FAILED)
                .extracting(TestCase::name)
                .containsExactly("File Content Test: settings");
    }

    @Test
    void theLimitsAreThoseOfTheCode() throws Exception {
        assertThat(Files.readString(PAGE))
                .contains("uncompressed | " + (LayerLimits.MAX_LAYER_BYTES >> 30) + " GiB")
                .contains("uncompressed | " + (LayerLimits.MAX_IMAGE_BYTES >> 30) + " GiB")
                .contains("past the first " + (LayerLimits.RATIO_FREE_BYTES >> 20) + " MiB | 1 : "
                        + LayerLimits.MAX_COMPRESSION_RATIO)
                .contains(String.format(Locale.ROOT, "entries in all layers | %,d", LayerLimits.MAX_ENTRIES))
                .contains("is tested | " + (LayerLimits.MAX_CONTENT_BYTES >> 20) + " MiB");
    }

    private static List<TestReport> run(TestImage image, String yaml) throws Exception {
        return StructureTestRunner.run(
                image.store(),
                image.make(),
                List.of(StructureTests.parse(yaml.getBytes(StandardCharsets.UTF_8), "shop.yaml")),
                Progress.SILENT);
    }
}
