package io.jenkins.plugins.airworthy.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A program that behaves in a way the real Trivy cannot be made to; a shell script. */
final class FakeTrivy {
    private FakeTrivy() {}

    /** Settings with a program that knows its version and does this instead of scanning. */
    static TrivySettings thatDoes(String script, Path folder, Duration limit) throws IOException {
        Path program = folder.resolve("fake-trivy");
        Files.writeString(program, """
                #!/bin/sh
                export PATH=/usr/bin:/bin
                if [ "$1" = version ]; then echo '{"Version":"0.74.0"}'; exit 0; fi
                %s
                """.formatted(script));
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("could not be made executable");
        }
        return new TrivySettings(
                new TrivyExecutable(program), folder.resolve("cache"), true, Optional.empty(), Map.of(), limit);
    }
}
