package io.jenkins.plugins.airworthy.jenkins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes of package jenkins as they were compiled, loaded and not initialised. */
final class OwnClasses {
    private static final Path COMPILED = Path.of("target", "classes");
    private static final Path ROOM = COMPILED.resolve("io/jenkins/plugins/airworthy/jenkins");

    private OwnClasses() {}

    static List<Class<?>> all() throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.walk(ROOM)) {
            names = files.map(file -> COMPILED.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
        List<Class<?>> classes = new java.util.ArrayList<>();
        for (String name : names) {
            classes.add(Class.forName(name, false, OwnClasses.class.getClassLoader()));
        }
        return classes;
    }
}
