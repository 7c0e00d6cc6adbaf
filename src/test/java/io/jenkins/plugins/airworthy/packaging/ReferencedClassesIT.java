package io.jenkins.plugins.airworthy.packaging;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Every class that the archive's classes refer to is in the archive, in Jenkins, or in a plugin that the manifest requires. */
class ReferencedClassesIT {
    private static final String OWN = "io/jenkins/plugins/airworthy/";

    /** What libraries name and never load in the way they are used here: Jib's registry client, annotations, proto text, checks of beans. */
    private static final Set<String> NEVER_LOADED = Set.of(
            "com/google/api/client",
            "com/google/api/expr/v1alpha1",
            "com/google/auth",
            "com/google/auto/value",
            "com/google/errorprone/annotations",
            "javax/annotation",
            "javax/validation",
            "org/apache/http",
            "org/joda/convert",
            "org/jspecify/annotations",
            "org/objectweb/asm");

    private static PluginArchive archive;
    private static Map<String, byte[]> classes;

    @BeforeAll
    static void open() throws IOException {
        archive = PluginArchive.open();
        classes = archive.classes();
    }

    @Test
    void everyClassThatOursReferToIsAvailable() throws IOException {
        Map<String, Set<String>> missing = new TreeMap<>();
        missing(OWN).forEach((name, users) -> {
            if (Bringers.of(name).isEmpty()) {
                missing.put(name, users);
            }
        });
        assertThat(missing).as("classes that nobody brings, and who uses them").isEmpty();
    }

    @Test
    void everyClassThatLibrariesReferToIsAvailableOrNeverLoaded() throws IOException {
        Set<String> unknown = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        missing("").keySet().stream()
                .filter(name -> Bringers.of(name).isEmpty())
                .forEach(name -> NEVER_LOADED.stream()
                        .filter(prefix -> name.startsWith(prefix + "/"))
                        .findFirst()
                        .ifPresentOrElse(used::add, () -> unknown.add(name)));
        assertThat(unknown).isEmpty();
        assertThat(used).as("packages that need no longer be excused").isEqualTo(new TreeSet<>(NEVER_LOADED));
    }

    @Test
    void theManifestRequiresExactlyThePluginsThatClassesNeed() throws IOException {
        Set<String> asked = Arrays.stream(
                        archive.attribute("Plugin-Dependencies").split(","))
                .map(one -> one.substring(0, one.indexOf(':')))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> needed = missing("").keySet().stream()
                .flatMap(name -> Bringers.of(name).stream())
                .filter(who -> !who.equals(Bringers.JDK) && !who.equals(Bringers.CORE))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(asked).isEqualTo(needed);
    }

    /** Classes that are named and not in the archive, with those who name them. */
    private static Map<String, Set<String>> missing(String users) throws IOException {
        Map<String, Set<String>> missing = new TreeMap<>();
        for (Map.Entry<String, byte[]> user : classes.entrySet()) {
            if (user.getKey().startsWith(users)) {
                for (String name : ClassReferences.of(user.getValue()).classes()) {
                    if (!classes.containsKey(name)) {
                        missing.computeIfAbsent(name, added -> new TreeSet<>()).add(user.getKey());
                    }
                }
            }
        }
        return missing;
    }
}
