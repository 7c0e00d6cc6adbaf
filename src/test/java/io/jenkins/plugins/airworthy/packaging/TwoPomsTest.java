package io.jenkins.plugins.airworthy.packaging;

import io.jenkins.plugins.airworthy.packaging.Pom.Dependency;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What pom.xml and pom-jenkins.xml both say is the same, so that both build one plugin. */
class TwoPomsTest {
    private static final Path HERE = Path.of("pom.xml");
    private static final Path THERE = Path.of("pom-jenkins.xml");
    private static final String FUZZ = "src/fuzz/java";

    private Pom here;
    private Pom there;

    @BeforeEach
    void read() throws IOException {
        here = Pom.read(HERE);
        there = Pom.read(THERE);
    }

    @Test
    void bothNameTheSameProjectAndTheSameJenkins() {
        for (String path : List.of(
                "groupId",
                "artifactId",
                "name",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "scm/url",
                "scm/connection")) {
            assertThat(there.value(path)).as(path).isNotEmpty().isEqualTo(here.value(path));
        }
        assertThat(there.property("jenkins.version"))
                .matches("2\\.[0-9]+\\.[0-9]+")
                .isEqualTo(here.property("jenkins.version"));
    }

    /** The parent chooses the release of Java, and hosting refuses a file that says one. */
    @Test
    void theOtherLeavesTheReleaseOfJavaToItsParent() {
        assertThat(here.property("maven.compiler.release")).isEqualTo("17");
        assertThat(there.property("maven.compiler.release")).isEmpty();
    }

    @Test
    void aLibraryHasTheSameVersionInBoth() {
        assertThat(shared(here, there)).hasSizeGreaterThan(6);
        assertThat(differentVersions(here, there)).isEmpty();
    }

    @Test
    void reportsAVersionThatDiffers(@TempDir Path folder) throws IOException {
        Path changed = folder.resolve("pom.xml");
        String text = Files.readString(THERE);
        Matcher version = Pattern.compile("(<artifactId>re2j</artifactId>\\s*<version>)[^<]+")
                .matcher(text);
        assertThat(version.find()).isTrue();
        Files.writeString(changed, version.replaceFirst("$10.1"));
        assertThat(differentVersions(here, Pom.read(changed)))
                .singleElement()
                .asString()
                .startsWith("com.google.re2j:re2j")
                .contains("0.1");
    }

    /** Plugins are the dependencies of which the other file leaves the version to the BOM. */
    @Test
    void bothNeedTheSamePlugins() {
        assertThat(plugins(there))
                .isEqualTo(Arrays.stream(here.property("plugin.dependencies").split(","))
                        .map(one -> one.replaceFirst(":[^;]+", ""))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void bothBundleTheSameLibraries() throws IOException {
        Matcher packed =
                Pattern.compile("WEB-INF/lib/\\(\\?!\\(airworthy\\|([^)]*)\\)").matcher(Files.readString(HERE));
        assertThat(packed.find()).isTrue();
        assertThat(there.property("hpi.bundledArtifacts").split(","))
                .isSorted()
                .containsExactlyInAnyOrder(packed.group(1).split("\\|"));
    }

    /** A folder of tests that one of them forgets is neither compiled nor run there, and nothing fails. */
    @Test
    void bothTryDamagedInputs() throws IOException {
        for (Path pom : List.of(HERE, THERE)) {
            assertThat(Files.readString(pom)).containsOnlyOnce("<source>" + FUZZ + "</source>");
        }
    }

    /** A test that was renamed must not be run there by mistake, nor stay on the list. */
    @Test
    void everyTestThatTheOtherLeavesOutIsThere() throws IOException {
        List<Path> tests = new ArrayList<>();
        for (String root : List.of("src/test/java", FUZZ)) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(Files::isRegularFile).forEach(tests::add);
            }
        }
        List<String> leftOut = Pattern.compile("<testExclude>([^<]+)<")
                .matcher(Files.readString(THERE))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(leftOut).hasSizeGreaterThan(10).allSatisfy(pattern -> {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            assertThat(tests).anyMatch(matcher::matches);
        });
    }

    private static List<String> shared(Pom one, Pom other) {
        Map<String, String> others = versions(other);
        return versions(one).keySet().stream().filter(others::containsKey).toList();
    }

    private static List<String> differentVersions(Pom one, Pom other) {
        Map<String, String> ones = versions(one);
        Map<String, String> others = versions(other);
        List<String> different = new ArrayList<>();
        for (String name : shared(one, other)) {
            if (!ones.get(name).equals(others.get(name))) {
                different.add(name + " is " + ones.get(name) + " and " + others.get(name));
            }
        }
        return different;
    }

    private static Map<String, String> versions(Pom pom) {
        return pom.dependencies().stream()
                .filter(one -> !one.version().isEmpty())
                .collect(Collectors.toMap(Dependency::name, Dependency::version));
    }

    private static Set<String> plugins(Pom pom) {
        Function<Dependency, String> told =
                one -> one.name().replaceFirst(".*:", "") + (one.optional() ? ";resolution:=optional" : "");
        return pom.dependencies().stream()
                .filter(one -> one.version().isEmpty() && !one.scope().equals("test"))
                .map(told)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
