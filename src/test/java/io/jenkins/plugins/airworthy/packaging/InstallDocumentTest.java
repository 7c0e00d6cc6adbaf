package io.jenkins.plugins.airworthy.packaging;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/install.md names the Jenkins and the plugins that the archive's manifest asks for, and links lead to and from README. */
class InstallDocumentTest {
    @Test
    void namesEveryPluginInItsOldestVersionAndTheJenkins() throws IOException {
        Pom pom = Pom.read(Path.of("pom.xml"));
        String document = Files.readString(Path.of("docs/install.md"));
        List<String> rows = Arrays.stream(pom.property("plugin.dependencies").split(",", -1))
                .map(one -> one.split("[:;]", -1))
                .map(one -> "| `" + one[0] + "` | " + one[1] + " | " + (one.length > 2 ? "optional: " : "|"))
                .toList();
        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(document).contains(row));
        assertThat(document.lines().filter(line -> line.matches("\\| `[a-z0-9-]+` \\| [0-9].*")))
                .hasSameSizeAs(rows);
        assertThat(document).contains("Jenkins " + pom.property("jenkins.version") + " or newer");
    }

    @Test
    void isLinkedFromTheReadmeAndLinksBack() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (String document : List.of("docs/install.md", "docs/release.md")) {
            assertThat(readme).contains("](" + document + ")");
            assertThat(Files.readString(Path.of(document))).contains("](../README.md#read-on)");
        }
    }
}
