package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged program names every library that it contains, in its version, and carries its licence. */
class ThirdPartyIT {
    private static final Pattern LISTED =
            Pattern.compile("^(\\S+:\\S+:\\S+) +(\\S+) +https?://\\S+$", Pattern.MULTILINE);
    private static final String OWN = "io/jenkins/plugins/airworthy/";

    private static Set<String> classes;
    private static String notice;

    @BeforeAll
    static void openTheProgram() throws IOException {
        try (JarFile program = new JarFile(System.getProperty("airworthy.cli"))) {
            classes = classesIn(program);
            notice = text(program, "META-INF/THIRD-PARTY.txt");
        }
    }

    @Test
    void everyLibraryInsideIsListedInItsVersionAndNothingElse() throws IOException {
        List<String> listed =
                listed().stream().map(library -> pathOf(library.group(1))).collect(Collectors.toList());
        assertThat(bundled()).hasSizeGreaterThan(10).containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void everyListedLicenceIsThere() {
        assertThat(listed()).isNotEmpty().allSatisfy(library -> assertThat(notice)
                .contains("\n" + library.group(2) + ": "));
        assertThat(notice).contains("Apache License", "Permission is hereby granted", "Redistribution and use");
    }

    @Test
    void theProjectsOwnLicenceAndTheNoticesOfLibrariesAreThere() throws IOException {
        try (JarFile program = new JarFile(System.getProperty("airworthy.cli"))) {
            assertThat(text(program, "META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
            assertThat(text(program, "META-INF/NOTICE")).contains("Apache Commons IO", "Jackson JSON processor");
        }
    }

    private static List<MatchResult> listed() {
        return LISTED.matcher(notice).results().toList();
    }

    /** Where a repository keeps a library; class path entries end so. */
    private static String pathOf(String coordinates) {
        String[] parts = coordinates.split(":", -1);
        return parts[0].replace('.', '/') + "/" + parts[1] + "/" + parts[2] + "/" + parts[1] + "-" + parts[2] + ".jar";
    }

    /** The libraries on the class path whose classes are in the program too. */
    private static List<String> bundled() throws IOException {
        List<String> bundled = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.endsWith(".jar")) {
                continue;
            }
            try (JarFile library = new JarFile(entry)) {
                Set<String> own = classesIn(library);
                if (own.stream().anyMatch(classes::contains)) {
                    bundled.add(inRepository(entry));
                }
            }
        }
        return bundled;
    }

    /** The listed library that the entry is, or the entry itself when none is. */
    private static String inRepository(String entry) {
        String path = entry.replace(File.separatorChar, '/');
        return listed().stream()
                .map(library -> pathOf(library.group(1)))
                .filter(library -> path.endsWith("/" + library))
                .findFirst()
                .orElse(path);
    }

    private static Set<String> classesIn(JarFile jar) {
        return jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class"))
                .filter(name -> !name.startsWith("META-INF/") && !name.endsWith("module-info.class"))
                .filter(name -> !name.startsWith(OWN))
                .collect(Collectors.toSet());
    }

    private static String text(JarFile jar, String name) throws IOException {
        assertThat(jar.getEntry(name)).as(name).isNotNull();
        try (InputStream content = jar.getInputStream(jar.getEntry(name))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
