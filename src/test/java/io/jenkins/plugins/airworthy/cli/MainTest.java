package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class MainTest {
    /**
     * A JVM whose main thread dies, as for want of memory, ends with 1: what a policy's refusal ends with. Here the
     * libraries are missing, so that the command breaks down and telling it in JSON does too.
     */
    @Test
    void endsAsUndecidedWhenAFailureCannotBeReported() throws Exception {
        Path own = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Process broken = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        own.toString(),
                        Main.class.getName(),
                        "verify",
                        "--format=json")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(broken.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(broken.exitValue()).isEqualTo(ExitStatus.UNDECIDED.code());
        } finally {
            broken.destroyForcibly();
        }
    }
}
