package io.jenkins.plugins.airworthy.jenkins;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The declarations that the default build compiles against, compiled and loaded in addition to the real classes of the same names. */
final class DeclaredClasses extends URLClassLoader {
    private static final Path SOURCES = Path.of("src/jenkins-api/java");

    private final Path compiled;

    private DeclaredClasses(Path compiled) throws IOException {
        super(new URL[] {compiled.toUri().toURL()}, DeclaredClasses.class.getClassLoader());
        this.compiled = compiled;
    }

    static DeclaredClasses compile(Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(java).hasSizeGreaterThan(100);
            List<String> options = List.of("-d", folder.toString(), "-proc:none", "-nowarn", "-Xlint:none");
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                            .call())
                    .isTrue();
        }
        return new DeclaredClasses(folder);
    }

    /** A declaration hides the real class here; everything else is the same for both. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            return Files.exists(compiled.resolve(name.replace('.', '/') + ".class"))
                    ? findClass(name)
                    : super.loadClass(name, resolve);
        }
    }

    List<Class<?>> all() throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.walk(compiled)) {
            names = files.map(file -> compiled.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .sorted()
                    .toList();
        }
        List<Class<?>> all = new ArrayList<>();
        for (String name : names) {
            Class<?> declared = Class.forName(name, false, this);
            if (!declared.isAnonymousClass()) {
                all.add(declared);
            }
        }
        return all;
    }
}
