package io.jenkins.plugins.airworthy.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A script at the place of a Java: it prints its arguments and writes an archive if it is told to. */
final class FakeJava {
    private FakeJava() {}

    /** A home for JAVA_HOME that says it is of this version. */
    static Path of(Path home, String version) throws IOException {
        return saying(home, version, "printf '%s\\n' \"$@\"");
    }

    /** The same, and the script ends with these lines. */
    static Path saying(Path home, String version, String lines) throws IOException {
        program(home, """
                for option; do
                  case $option in
                    -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*) echo 'classes of the jar' >"${option#*=}"; exit 0 ;;
                  esac
                done
                %s
                """.formatted(lines));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"A test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    /** One without the file that tells its version: it must be asked. */
    static Path thatMustBeAsked(Path home, String answer) throws IOException {
        program(home, "echo '" + answer + "' >&2\n");
        return home;
    }

    private static void program(Path home, String lines) throws IOException {
        Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh\n" + lines);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
