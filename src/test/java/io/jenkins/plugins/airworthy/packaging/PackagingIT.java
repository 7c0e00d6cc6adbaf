package io.jenkins.plugins.airworthy.packaging;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in the plugin's archive, and what must not be. */
class PackagingIT {
    private static final long LARGEST = 30_000_000;
    private static final String OWN = "io/jenkins/plugins/airworthy/";

    private static PluginArchive archive;
    private static Set<String> own;

    @BeforeAll
    static void open() throws IOException {
        archive = PluginArchive.open();
        own = archive.own().keySet();
    }

    /** Jackson, SnakeYAML, Bouncy Castle, Commons and Guava come from Jenkins and its API plugins. */
    @Test
    void containsExactlyTheLibrariesThatNoOtherPluginBrings() {
        assertThat(archive.libraries())
                .containsExactlyInAnyOrder(
                        "airworthy",
                        // reproducible layers
                        "jib-core",
                        "jib-build-plan",
                        // expressions in policies
                        "cel",
                        "common",
                        "compiler",
                        "protobuf",
                        "runtime",
                        "v1alpha1",
                        "protobuf-java",
                        "antlr4-runtime",
                        "threeten-extra",
                        "re2j",
                        // HTTP
                        "httpcore5",
                        // names of packages in waivers
                        "packageurl-java");
    }

    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(archive.file())).isBetween(1_000_000L, LARGEST);
    }

    /** A declaration that is packed would hide the real class from ours. */
    @Test
    void containsNoClassOfJenkins() throws IOException {
        assertThat(archive.classes().keySet()).hasSizeGreaterThan(1000).noneMatch(name -> Bringers.of(name)
                .isPresent());
        assertThat(own).filteredOn(name -> name.endsWith(".class")).isNotEmpty().allMatch(name -> name.startsWith(OWN));
    }

    @Test
    void containsTheStepsAndNotTheCommandLine() {
        assertThat(own)
                .contains(OWN + "jenkins/step/ImagePromoteStep.class", OWN + "gate/Promotion.class")
                .noneMatch(name -> name.startsWith(OWN + "cli/"));
    }

    @Test
    void theCommandLineContainsNothingForJenkins() throws IOException {
        try (JarFile program = new JarFile(System.getProperty("airworthy.cli"))) {
            assertThat(program.stream().map(JarEntry::getName).filter(name -> !name.endsWith("/")))
                    .contains(OWN + "cli/Main.class")
                    .noneMatch(name -> name.startsWith(OWN + "jenkins/"))
                    .noneMatch(name -> name.startsWith("META-INF/annotations/"))
                    .doesNotContain("index.jelly");
        }
    }

    /** Without its indexes Jenkins finds no extension and no symbol; without index.jelly the plugin has no description. */
    @Test
    void containsWhatJenkinsLooksUpByName() throws IOException {
        assertThat(own)
                .contains(
                        "META-INF/annotations/hudson.Extension",
                        "META-INF/annotations/org.jenkinsci.Symbol",
                        "index.jelly")
                .doesNotContain("META-INF/annotations/hudson.Extension.txt");
        for (String view : own.stream().filter(name -> name.endsWith(".jelly")).toList()) {
            assertThat(new String(archive.own().get(view), java.nio.charset.StandardCharsets.UTF_8))
                    .as(view)
                    .startsWith("<?jelly escape-by-default='true'?>");
        }
    }

    @Test
    void everyLicenceOfALibraryInsideTravelsWithIt() throws IOException {
        assertThat(archive.text("META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
        Set<String> listed = archive.text("META-INF/THIRD-PARTY.txt")
                .lines()
                .filter(line -> line.matches("\\S+:\\S+:\\S+ +\\S+ +https?://\\S+"))
                .map(line -> line.replaceFirst("^[^:]+:([^:]+):(\\S+) .*", "$1-$2.jar"))
                .collect(Collectors.toSet());
        assertThat(archive.jars().stream().filter(jar -> !jar.startsWith("airworthy-")))
                .isNotEmpty()
                .allMatch(listed::contains);
    }

    /** Jenkins neither writes nor reads the settings of a class whose jar does not look like a plugin's. */
    @Test
    void theJarOfOurClassesSaysThatItIsAPlugins() throws IOException {
        Attributes said = archive.ownManifest().getMainAttributes();
        assertThat(said.getValue("Short-Name")).isEqualTo("airworthy");
        assertThat(said.getValue("Plugin-Version")).isEqualTo(archive.attribute("Plugin-Version"));
        assertThat(said.getValue("Jenkins-Version")).isEqualTo(archive.attribute("Jenkins-Version"));
    }

    @Test
    void theManifestSaysWhatJenkinsRequires() {
        assertThat(archive.attribute("Short-Name")).isEqualTo("airworthy");
        assertThat(archive.attribute("Extension-Name")).isEqualTo("airworthy");
        assertThat(archive.attribute("Long-Name")).isEqualTo("Airworthy");
        assertThat(archive.attribute("Group-Id")).isEqualTo("io.jenkins.plugins");
        assertThat(archive.attribute("Plugin-Version")).matches("[0-9].*");
        assertThat(archive.attribute("Jenkins-Version")).matches("2\\.[0-9]+\\.[0-9]+");
        assertThat(archive.attribute("Minimum-Java-Version")).isEqualTo("17");
        assertThat(archive.attribute("Support-Dynamic-Loading")).isEqualTo("true");
        assertThat(archive.attribute("Plugin-License-Name")).isEqualTo("MIT License");
        assertThat(archive.attribute("Url")).startsWith("https://");
        assertThat(archive.attribute("Plugin-Dependencies").split(","))
                .isNotEmpty()
                .allMatch(one -> one.matches("[a-z0-9-]+:[0-9][0-9a-z._-]*(;resolution:=optional)?"));
    }
}
