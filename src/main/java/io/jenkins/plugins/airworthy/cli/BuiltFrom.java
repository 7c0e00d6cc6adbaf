package io.jenkins.plugins.airworthy.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * What this program was built from, as its jar says.
 *
 * @param commit empty if it was built outside a git repository, or is not packaged
 * @param changed whether files differed from that commit
 */
record BuiltFrom(String version, Optional<String> commit, boolean changed) {
    private static final String COMMIT = "[0-9a-f]{40}|[0-9a-f]{64}";

    static BuiltFrom thisProgram() {
        try {
            Path program = Path.of(BuiltFrom.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isRegularFile(program) ? of(program) : unpackaged();
        } catch (URISyntaxException e) {
            return unpackaged();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BuiltFrom unpackaged() {
        return new BuiltFrom(Help.version(), Optional.empty(), false);
    }

    private static BuiltFrom of(Path program) throws IOException {
        try (JarFile jar = new JarFile(program.toFile())) {
            Attributes attributes = jar.getManifest().getMainAttributes();
            // Outside a git repository the build leaves a placeholder here.
            Optional<String> commit = Optional.ofNullable(attributes.getValue("Implementation-Commit"))
                    .filter(text -> text.matches(COMMIT));
            boolean changed = "true".equals(attributes.getValue("Implementation-Changed"));
            return new BuiltFrom(Help.version(), commit, commit.isPresent() && changed);
        }
    }
}
