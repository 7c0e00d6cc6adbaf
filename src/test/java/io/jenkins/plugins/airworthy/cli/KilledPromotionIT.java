package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** kill -9 at many moments of a promotion to a real registry: the tag is the old one, or the complete new one. */
class KilledPromotionIT {
    private static final int MOMENTS = 10;
    private static final int LAYER_BYTES = 24 * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void leavesTheOldTagOrTheCompleteNewImage() throws Exception {
        Tool crane = Tool.require("crane");
        try (RegistryServer registry = RegistryServer.distribution(folder)) {
            String target = registry.host() + "/production/app";
            Jar jar = new Jar(folder);
            SignedImage old = SignedImage.make(jar, "oci:staging/app:1");
            String policy = old.policy("oci:staging/{app}", registry.host() + "/production/{app}");
            promote(policy, "oci:staging/app:1", target + ":1", Long.MAX_VALUE);
            String before = digest(crane, target + ":1");

            next(jar, 0);
            long whole = System.nanoTime();
            promote(policy, "oci:staging/app:n0", target + ":whole", Long.MAX_VALUE);
            whole = System.nanoTime() - whole;
            int moved = 0;
            for (int moment = 1; moment <= MOMENTS; moment++) {
                String after = next(jar, moment);
                promote(policy, "oci:staging/app:n" + moment, target + ":1", whole * moment / MOMENTS);
                String now = digest(crane, target + ":1");
                assertThat(now).as("tag when killed at moment " + moment).isIn(before, after);
                crane.run(folder, Map.of(), "validate", "--remote", target + ":1")
                        .succeeded();
                moved += now.equals(after) ? 1 : 0;
                before = now;
            }
            assertThat(moved)
                    .as("promotions that were over before they were killed")
                    .isLessThan(MOMENTS);
        }
    }

    /** A new image with a layer that takes its time. */
    private String next(Jar jar, int number) throws Exception {
        byte[] layer = new byte[LAYER_BYTES];
        new Random(number).nextBytes(layer);
        Files.write(folder.resolve("app.bin"), layer);
        String reference = "oci:staging/app:n" + number;
        jar.run("build", "--base", "scratch", "--file", "app.bin:/app.bin", "--to", reference, "--key", SignedImage.KEY)
                .succeeded();
        Files.writeString(folder.resolve("structure.yaml"), """
                schemaVersion: "2.0.0"
                fileExistenceTests:
                  - {name: the application is there, path: /app.bin, shouldExist: true}
                """);
        jar.run("test", reference, "--structure", "structure.yaml", "--key", SignedImage.KEY)
                .succeeded();
        jar.run("sign", reference, "--key", SignedImage.KEY).succeeded();
        return digest(Tool.require("skopeo"), reference);
    }

    private void promote(String policy, String image, String target, long killAfterNanos) throws Exception {
        Process process = new ProcessBuilder(Jar.command(
                        List.of(), "promote", image, target, "--policy", policy, "--trust", SignedImage.TRUST))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("promote.log").toFile())
                .start();
        if (!process.waitFor(Math.min(killAfterNanos, TimeUnit.MINUTES.toNanos(2)), TimeUnit.NANOSECONDS)) {
            process.destroyForcibly(); // SIGKILL
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        if (killAfterNanos == Long.MAX_VALUE) {
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("promote.log")))
                    .isZero();
        }
    }

    private String digest(Tool tool, String reference) throws Exception {
        boolean skopeo = tool.executable().endsWith("skopeo");
        String[] arguments = skopeo
                ? new String[] {"inspect", "--format", "{{.Digest}}", reference}
                : new String[] {"digest", reference};
        return tool.run(folder, Map.of(), arguments).succeeded().out().trim();
    }
}
