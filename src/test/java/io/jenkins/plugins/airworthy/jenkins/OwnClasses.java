package io.jenkins.plugins.airworthy.jenkins;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes of package jenkins as they were compiled, loaded and not initialised. */
final class OwnClasses {
    private OwnClasses() {}

    static List<Class<?>> all() throws IOException, ClassNotFoundException {
        Path compiled = Path.of(URI.create(AirworthyException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        List<String> names;
        try (Stream<Path> files = Files.walk(compiled.resolve("io/jenkins/plugins/airworthy/jenkins"))) {
            names = files.map(file -> compiled.relativize(file).toString().replace('\\', '/'))
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
