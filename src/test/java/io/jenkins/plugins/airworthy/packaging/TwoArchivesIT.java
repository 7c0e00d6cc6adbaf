package io.jenkins.plugins.airworthy.packaging;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The archive that pom.xml packs is the one that Jenkins' own tools make with pom-jenkins.xml. */
class TwoArchivesIT {
    /** What only Jenkins' tools write: the project file, licences of libraries, and what Stapler asks for the pages of its API. */
    private static final String ONLY_THERE = "META-INF/maven/.*|WEB-INF/licenses\\.xml|.*\\.stapler|.*\\.javadoc"
            + "|META-INF/exposed\\.stapler-beans|META-INF/services/annotations/.*|META-INF/annotations/.*\\.txt";

    private PluginArchive here;
    private PluginArchive there;

    @BeforeEach
    void open() throws IOException {
        Path other = Path.of(System.getProperty("airworthy.jenkins.hpi", "target/jenkins/target/airworthy.hpi"));
        if (!Files.exists(other)) {
            Assumptions.abort(
                    "SKIPPED: the archive that Jenkins' tools make was not found: where the Jenkins repository is within"
                            + " reach, run 'mvn -B -f pom-jenkins.xml clean package -DskipTests' before");
        }
        here = PluginArchive.open();
        there = PluginArchive.open(other);
    }

    @Test
    void bothContainTheSameFilesAndLibraries() {
        assertThat(unversioned(there)).isEqualTo(unversioned(here));
    }

    @Test
    void bothContainTheSameClassesAndViews() throws IOException {
        assertThat(kept(there.own().keySet())).isEqualTo(kept(here.own().keySet()));
    }

    @Test
    void bothManifestsSayTheSame() {
        for (String name : List.of(
                "Short-Name",
                "Long-Name",
                "Group-Id",
                "Artifact-Id",
                "Jenkins-Version",
                "Url",
                "Plugin-ScmUrl",
                "Plugin-License-Name",
                "Plugin-License-Url")) {
            assertThat(there.attribute(name)).as(name).isNotNull().isEqualTo(here.attribute(name));
        }
    }

    /** The BOM may name a newer version than the oldest that will do, which is the one that pom.xml names. */
    @Test
    void bothNeedTheSamePlugins() {
        assertThat(plugins(there)).isEqualTo(plugins(here));
    }

    private static Set<String> unversioned(PluginArchive archive) {
        return kept(archive.files().keySet().stream()
                .map(name -> name.replaceFirst("lib/airworthy(-[0-9].*)?\\.jar", "lib/airworthy.jar"))
                .collect(Collectors.toSet()));
    }

    private static Set<String> kept(Set<String> names) {
        return names.stream().filter(name -> !name.matches(ONLY_THERE)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> plugins(PluginArchive archive) {
        return Arrays.stream(archive.attribute("Plugin-Dependencies").split(","))
                .map(one -> one.replaceFirst(":[^;]+", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
