package io.jenkins.plugins.airworthy.packaging;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The root of a machine that has busybox, the C library, and a Java or none; to be entered and installed into by root. */
record RootFolder(Path path) {
    /** The C library and Java, made once for a build. */
    private static final Path JAVA = InstalledTree.BUILT.resolveSibling("java-root");

    /** What the packages need of a system: programs that any has. */
    private static final List<String> PROGRAMS = List.of(
            "sh", "cat", "cp", "ls", "mkdir", "mktemp", "mv", "readlink", "rm", "sha256sum", "tail", "tar", "wc");

    static RootFolder withJava(Path path) throws IOException, InterruptedException {
        if (Files.notExists(JAVA.resolve("opt/java/release"))) {
            new Tool(Path.of(".ci/java-root").toAbsolutePath())
                    .run(Path.of("."), Map.of("JAVA_HOME", System.getProperty("java.home")), JAVA.toString())
                    .succeeded();
        }
        Tool.require("cp")
                .run(Path.of("."), Map.of(), "-a", JAVA + "/.", path.toString())
                .succeeded();
        return withPrograms(path);
    }

    static RootFolder withoutJava(Path path) throws IOException, InterruptedException {
        return withPrograms(path);
    }

    private static RootFolder withPrograms(Path path) throws IOException, InterruptedException {
        Tool id = Tool.require("id");
        if (!id.run(path, Map.of(), "-u").out().strip().equals("0")) {
            Assumptions.abort("SKIPPED: only root can enter another root folder");
        }
        Path bin = Files.createDirectories(path.resolve("bin"));
        Files.createDirectories(path.resolve("tmp"));
        Files.createDirectories(path.resolve("var/cache"));
        String empty =
                Files.createDirectories(path.resolve("dev")).resolve("null").toString();
        Tool.require("mknod")
                .run(path, Map.of(), "-m", "666", empty, "c", "1", "3")
                .succeeded();
        Files.copy(Tool.require("busybox").executable(), bin.resolve("busybox"));
        for (String program : PROGRAMS) {
            Files.createSymbolicLink(bin.resolve(program), Path.of("busybox"));
        }
        return new RootFolder(path);
    }

    /** Runs a program in it. There is no /proc, by which Java would find its own libraries. */
    Tool.Outcome run(String... command) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                "-i", "PATH=/usr/bin:/bin", "HOME=/tmp", "LD_LIBRARY_PATH=/opt/java/lib", "chroot", path.toString()));
        words.add(3, "LANG=C");
        words.addAll(List.of(command));
        words.set(words.indexOf("chroot"), Tool.require("chroot").executable().toString());
        return Tool.require("env").run(path, Map.of(), words.toArray(String[]::new));
    }
}
