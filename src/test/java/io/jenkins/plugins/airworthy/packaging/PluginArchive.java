package io.jenkins.plugins.airworthy.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** The packed plugin: its manifest, its files, and the classes of each library in it. */
record PluginArchive(Path file, Manifest manifest, Map<String, byte[]> files) {
    private static final String LIBRARIES = "WEB-INF/lib/";

    static PluginArchive open() throws IOException {
        return open(Path.of(System.getProperty("airworthy.hpi")));
    }

    static PluginArchive open(Path file) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (JarFile archive = new JarFile(file.toFile())) {
            for (JarEntry entry :
                    archive.stream().filter(entry -> !entry.isDirectory()).toList()) {
                try (InputStream content = archive.getInputStream(entry)) {
                    files.put(entry.getName(), content.readAllBytes());
                }
            }
            return new PluginArchive(file, archive.getManifest(), files);
        }
    }

    String attribute(String name) {
        return manifest.getMainAttributes().getValue(name);
    }

    String text(String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    /** Names of the libraries, without their versions. */
    List<String> libraries() {
        return jars().stream().map(PluginArchive::withoutVersion).toList();
    }

    /** File names of the libraries. */
    List<String> jars() {
        return files.keySet().stream()
                .filter(name -> name.startsWith(LIBRARIES))
                .map(name -> name.substring(LIBRARIES.length()))
                .toList();
    }

    /** What is in the jar of our own classes. */
    Map<String, byte[]> own() throws IOException {
        return unpacked(ownJar());
    }

    /** What the jar of our own classes says of itself. */
    Manifest ownManifest() throws IOException {
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(files.get(LIBRARIES + ownJar())))) {
            return in.getManifest();
        }
    }

    private String ownJar() {
        return jars().stream()
                .filter(jar -> withoutVersion(jar).equals("airworthy"))
                .collect(Collectors.joining());
    }

    Map<String, byte[]> unpacked(String jar) throws IOException {
        Map<String, byte[]> content = new LinkedHashMap<>();
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(files.get(LIBRARIES + jar)))) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                if (!entry.isDirectory()) {
                    content.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return content;
    }

    /** All classes in the archive, by internal name. */
    Map<String, byte[]> classes() throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        List<String> twice = new ArrayList<>();
        for (String jar : jars()) {
            unpacked(jar).forEach((name, bytes) -> {
                if (name.endsWith(".class")
                        && !name.startsWith("META-INF/")
                        && !name.endsWith("module-info.class")
                        && classes.put(name.substring(0, name.length() - ".class".length()), bytes) != null) {
                    twice.add(name);
                }
            });
        }
        if (!twice.isEmpty()) {
            throw new IOException("in two libraries of " + file + ": " + twice);
        }
        return classes;
    }

    private static String withoutVersion(String jar) {
        return jar.replaceFirst("(-[0-9].*)?\\.jar$", "");
    }
}
