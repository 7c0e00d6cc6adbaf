package io.jenkins.plugins.airworthy.packaging;

import io.jenkins.plugins.airworthy.packaging.ClassReferences.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.WarExploder;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every method and field that our classes use is there in the versions that Jenkins and its API plugins bring, which are not those
 * that the command line carries.
 */
class LinkageIT {
    @Test
    void everyMemberThatOurClassesUseExists(@TempDir Path folder) throws Exception {
        PluginArchive archive = PluginArchive.open();
        Set<String> missing = new TreeSet<>();
        int found = 0;
        try (URLClassLoader jenkins = loader(archive, folder)) {
            for (Map.Entry<String, byte[]> user : archive.classes().entrySet()) {
                if (!user.getKey().startsWith("io/jenkins/plugins/airworthy/")) {
                    continue;
                }
                for (Member member : ClassReferences.of(user.getValue()).members()) {
                    if (member.owner().startsWith("[") || isIn(jenkins, member)) {
                        found++;
                    } else {
                        missing.add(member + " in " + user.getKey());
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(10_000);
    }

    @Test
    void reportsAMissingMember() throws ReflectiveOperationException {
        ClassLoader jdk = ClassLoader.getPlatformClassLoader();
        assertThat(isIn(jdk, new Member("java/util/List", "size", "()I"))).isTrue();
        assertThat(isIn(jdk, new Member("java/util/ArrayList", "stream", "()Ljava/util/stream/Stream;")))
                .isTrue();
        assertThat(isIn(jdk, new Member("java/util/List", "size", "()J"))).isFalse();
        assertThat(isIn(jdk, new Member("java/util/ArrayList", "<init>", "(J)V")))
                .isFalse();
    }

    private static URLClassLoader loader(PluginArchive archive, Path folder) throws Exception {
        List<URL> jars = new ArrayList<>();
        for (String jar : archive.jars()) {
            jars.add(written(folder.resolve(jar), archive.files().get("WEB-INF/lib/" + jar)));
        }
        Path plugins = Path.of(LinkageIT.class.getResource("/test-dependencies").toURI());
        try (Stream<Path> files = Files.list(plugins)) {
            for (Path plugin :
                    files.filter(file -> file.toString().endsWith(".hpi")).toList()) {
                jars.addAll(librariesOf(plugin, Files.createDirectories(folder.resolve(plugin.getFileName()))));
            }
        }
        try (Stream<Path> core =
                Files.list(WarExploder.getExplodedDir().toPath().resolve("WEB-INF/lib"))) {
            for (Path jar : core.toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        jars.add(jakarta.servlet.Servlet.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation());
        return new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static List<URL> librariesOf(Path plugin, Path into) throws IOException {
        List<URL> libraries = new ArrayList<>();
        try (JarFile archive = new JarFile(plugin.toFile())) {
            for (JarEntry entry : archive.stream()
                    .filter(entry -> entry.getName().matches("WEB-INF/(optional-)?lib/.*\\.jar"))
                    .toList()) {
                try (InputStream content = archive.getInputStream(entry)) {
                    libraries.add(
                            written(into.resolve(Path.of(entry.getName()).getFileName()), content.readAllBytes()));
                }
            }
        }
        return libraries;
    }

    private static URL written(Path file, byte[] content) throws IOException {
        return Files.write(file, content).toUri().toURL();
    }

    private static boolean isIn(ClassLoader loader, Member member) throws ReflectiveOperationException {
        return isIn(Class.forName(member.owner().replace('/', '.'), false, loader), member);
    }

    private static boolean isIn(Class<?> type, Member member) {
        if (member.name().equals("<init>")) {
            return Arrays.stream(type.getDeclaredConstructors())
                    .anyMatch(one -> descriptor(one).equals(member.descriptor()));
        }
        boolean here = member.isMethod()
                ? Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(one -> one.getName().equals(member.name())
                                && descriptor(one).equals(member.descriptor()))
                : Arrays.stream(type.getDeclaredFields())
                        .anyMatch(one -> one.getName().equals(member.name())
                                && one.getType().descriptorString().equals(member.descriptor()));
        return here
                || Stream.concat(
                                Stream.ofNullable(type.isInterface() ? Object.class : type.getSuperclass()),
                                Arrays.stream(type.getInterfaces()))
                        .anyMatch(above -> isIn(above, member));
    }

    private static String descriptor(Executable executable) {
        Class<?> returned = executable instanceof Method method ? method.getReturnType() : void.class;
        assertThat(executable).isInstanceOfAny(Method.class, Constructor.class);
        return MethodType.methodType(returned, executable.getParameterTypes()).descriptorString();
    }
}
