package io.jenkins.plugins.airworthy.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The tar.gz and the zip: what is in them, that their digests are told, and that they run where there is hardly anything else. */
class ArchiveFilesIT {
    private static final String VERSION = version();
    private static final Path BUILT = InstalledTree.BUILT.getParent();
    private static final Path ARCHIVE = BUILT.resolve("airworthy-" + VERSION + ".tar.gz");

    @TempDir
    Path folder;

    /** The plugin that makes the bill of materials does not run when Maven is offline. */
    @BeforeAll
    static void requireTheBillOfMaterials() {
        if (Files.notExists(InstalledTree.BUILT.resolve("sbom.cdx.json"))
                && !Boolean.getBoolean("airworthy.requireTools")) {
            Assumptions.abort("SKIPPED: an offline build makes no bill of materials: build it without -o once");
        }
    }

    static String version() {
        try {
            return Pom.read(Path.of("pom.xml")).value("version");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void runsInAnEmptyRootWithAJava() throws Exception {
        RootFolder root = RootFolder.withJava(folder);
        install(root);
        String program = "/opt/airworthy-" + VERSION + "/bin/airworthy";
        Tool.Outcome told = root.run(program, "--version").succeeded();
        assertThat(told.out()).isEqualTo("airworthy " + VERSION + "\n");
        assertThat(told.err()).isEmpty();
        root.run(program + "-prepare").succeeded();
        assertThat(root.run(
                                "/bin/sh",
                                "-c",
                                "cd /opt/*/lib/training && " + program
                                        + " verify oci:image:1 --policy policy.yaml --trust training=training.pub -q")
                        .succeeded()
                        .out())
                .startsWith("PASSED");
    }

    @Test
    void withoutAJavaSaysWhatToDo() throws Exception {
        RootFolder root = RootFolder.withoutJava(folder);
        install(root);
        Tool.Outcome outcome = root.run("/opt/airworthy-" + VERSION + "/bin/airworthy", "verify");
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .startsWith("airworthy: needs Java 17 or newer, and found none; ")
                .contains("default-jre-headless", "JAVA_HOME")
                .hasLineCount(1);
    }

    @Test
    void withAJavaThatIsTooOldNamesIt() throws Exception {
        RootFolder root = RootFolder.withoutJava(folder);
        install(root);
        FakeJava.of(folder.resolve("usr/lib/jvm/java-11"), "11.0.22");
        FakeJava.thatMustBeAsked(folder.resolve("usr"), "java version \"1.8.0_402\"");
        Tool.Outcome outcome = root.run("/opt/airworthy-" + VERSION + "/bin/airworthy", "verify");
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err())
                .contains("/usr/bin/java (1.8.0_402)", "/usr/lib/jvm/java-11/bin/java (11.0.22)", "install one")
                .hasLineCount(1);
    }

    /** Whoever unpacks it as root must not give away its files, nor run what others can change. */
    @Test
    void belongsToRootAndOnlyItsOwnerCanChangeIt() throws Exception {
        List<String> lines = Tool.require("tar")
                .run(folder, Map.of(), "--numeric-owner", "-tvzf", ARCHIVE.toString())
                .succeeded()
                .out()
                .lines()
                .toList();
        assertThat(lines)
                .hasSizeGreaterThan(30)
                .allMatch(line -> line.matches("[d-]rw[x-]r-[x-]r-[x-] 0/0 .* 2026-.*|[d-]rw[x-]r-[x-]r-[x-] 0/0 .*"));
        assertThat(lines)
                .filteredOn(line -> line.contains("/bin/airworthy"))
                .allMatch(line -> line.startsWith("-rwxr-xr-x"));
        assertThat(String.join("\n", lines))
                .contains(
                        "/LICENSE",
                        "/NOTICE",
                        "/THIRD-PARTY.txt",
                        "/README.txt",
                        "/sbom.cdx.json",
                        "/lib/airworthy.jar");
    }

    @Test
    void theZipHoldsTheSame() throws Exception {
        String tar = Tool.require("tar")
                .run(folder, Map.of(), "-tzf", ARCHIVE.toString())
                .succeeded()
                .out();
        TreeSet<String> zip = new TreeSet<>();
        try (java.util.zip.ZipFile file =
                new java.util.zip.ZipFile(ARCHIVE.toString().replace(".tar.gz", ".zip"))) {
            file.stream().forEach(entry -> zip.add(entry.getName()));
        }
        assertThat(zip)
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(Arrays.asList(tar.split("\n", -1)).stream()
                        .filter(line -> !line.isEmpty())
                        .toList()));
    }

    @Test
    void theDigestsOfAllThatIsHandedOutAreTold() throws Exception {
        Path sums = BUILT.resolve("airworthy-" + VERSION + ".sha256");
        String checked = Tool.require("sha256sum")
                .run(BUILT, Map.of(), "-c", "--strict", sums.toString())
                .succeeded()
                .out();
        assertThat(checked.lines())
                .containsExactlyInAnyOrder(
                        "airworthy.hpi: OK",
                        "airworthy-cli.jar: OK",
                        "airworthy-" + VERSION + ".tar.gz: OK",
                        "airworthy-" + VERSION + ".zip: OK",
                        "airworthy-" + VERSION + ".deb: OK",
                        "airworthy-" + VERSION + ".rpm: OK",
                        "airworthy-" + VERSION + "-sbom.cdx.json: OK");
        assertThat(Files.readString(InstalledTree.BUILT.resolve("lib/airworthy.jar.sha256")))
                .startsWith(Files.readString(sums)
                        .lines()
                        .filter(line -> line.endsWith("airworthy-cli.jar"))
                        .findFirst()
                        .orElseThrow()
                        .substring(0, 64));
    }

    /** Guava's jar of this name is empty. */
    @Test
    void theBillOfMaterialsListsTheLibrariesThatTheLicencesList() throws Exception {
        List<String> licensed = Pattern.compile("^(\\S+:\\S+:\\S+) +\\S+ +https?://", Pattern.MULTILINE)
                .matcher(Files.readString(InstalledTree.BUILT.resolve("THIRD-PARTY.txt")))
                .results()
                .map(found -> found.group(1))
                .toList();
        JsonNode bill = new ObjectMapper()
                .readTree(InstalledTree.BUILT.resolve("sbom.cdx.json").toFile());
        List<String> listed = new ArrayList<>();
        bill.path("components")
                .forEach(one -> listed.add(one.path("group").asText()
                        + ":"
                        + one.path("name").asText()
                        + ":"
                        + one.path("version").asText()));
        listed.removeIf(one -> one.startsWith("com.google.guava:listenablefuture:9999"));
        assertThat(listed).hasSizeGreaterThan(20).containsExactlyInAnyOrderElementsOf(licensed);
        assertThat(bill.path("metadata").has("timestamp")).isFalse();
    }

    private static void install(RootFolder root) throws Exception {
        Files.createDirectories(root.path().resolve("opt"));
        Tool.require("tar")
                .run(root.path().resolve("opt"), Map.of(), "-xzf", ARCHIVE.toString())
                .succeeded();
    }
}
