package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Memory that runs out in a thread whose failure is not noticed. */
class OutOfMemoryExitTest {
    @TempDir
    Path folder;

    @Test
    void aThreadThatRunsOutOfMemoryEndsTheProcess() throws Exception {
        assertEnds("thread");
    }

    @Test
    void aHeapThatStaysFullEndsTheProcess() throws Exception {
        assertEnds("full");
    }

    private void assertEnds(String how) throws Exception {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC", // the one whose fill can be told to the last percent
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hog.class.getName(),
                        how)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as(Files.readString(said))
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(ExitStatus.UNDECIDED.code());
            assertThat(said).content().contains("airworthy: out of memory, so nothing was decided", "-Xmx");
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program whose main thread waits for one that is lost. */
    static final class Hog {
        private static final int BLOCK = 256 * 1024;
        private static final int SMALLEST = 64;
        private static final List<byte[]> HELD = new ArrayList<>();

        public static void main(String[] arguments) throws InterruptedException {
            OutOfMemoryExit.watch();
            boolean full = arguments[0].equals("full");
            Thread lost = new Thread(() -> eat(full), "lost");
            lost.setDaemon(true);
            lost.start();
            Thread.sleep(TimeUnit.MINUTES.toMillis(5));
        }

        /** The platform's HTTP client does not report it either. */
        private static void eat(boolean silently) {
            if (silently) {
                fill(HELD);
                HELD.remove(0); // what a look takes is there, and nothing that anybody could work with
            } else {
                die(new ArrayList<>());
            }
        }

        private static void fill(List<byte[]> held) {
            for (int size = BLOCK; size > SMALLEST; ) {
                try {
                    held.add(new byte[size]);
                } catch (OutOfMemoryError e) {
                    size /= 2;
                }
            }
        }

        /** What the thread held is free once it is lost, so nothing but its end can be noticed. */
        private static void die(List<byte[]> held) {
            while (true) {
                held.add(new byte[BLOCK]);
            }
        }
    }
}
