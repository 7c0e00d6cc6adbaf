package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.cli.Jar;
import io.jenkins.plugins.airworthy.cli.SignedImage;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Attack 11, with the packaged program: a full disk. */
class OperationsIT {
    private static final int LAYER_BYTES = 8 * 1024 * 1024;
    /** In units of 1024 bytes: less than the layer, and more than all else. */
    private static final int FULL = 1024;

    @TempDir
    Path folder;

    @Test
    void changesNothingWhenTheDiskIsFullWhileALayerIsCopied() throws Exception {
        Jar jar = new Jar(folder);
        SignedImage old = SignedImage.make(jar, "oci:staging/app:old");
        String policy = old.policy("oci:staging/{app}", "oci:production/{app}");
        promote(policy, "oci:staging/app:old", "unlimited").succeeded();
        String before = index();
        large(jar);

        Tool.Outcome full = promote(policy, "oci:staging/app:large", FULL + "");

        assertThat(full.exit()).as(full.err()).isEqualTo(3);
        assertThat(full.err())
                .contains("oci:production/app: could not write blob sha256:", "larger than the system allows");
        assertThat(index()).isEqualTo(before);

        promote(policy, "oci:staging/app:large", "unlimited").succeeded();
        assertThat(index()).isNotEqualTo(before);
    }

    private void large(Jar jar) throws Exception {
        byte[] layer = new byte[LAYER_BYTES];
        new Random(1).nextBytes(layer);
        Files.write(folder.resolve("app.bin"), layer);
        String image = "oci:staging/app:large";
        jar.run("build", "--base", "scratch", "--file", "app.bin:/app.txt", "--to", image, "--key", SignedImage.KEY)
                .succeeded();
        jar.run("test", image, "--structure", "structure.yaml", "--key", SignedImage.KEY)
                .succeeded();
        jar.run("sign", image, "--key", SignedImage.KEY).succeeded();
    }

    /** The system lets no file of the program grow beyond this, as a disk without room does not. */
    private Tool.Outcome promote(String policy, String image, String limit) throws Exception {
        List<String> command = Jar.command(
                List.of("-XX:-UsePerfData"),
                "promote",
                image,
                "oci:production/app:1",
                "--policy",
                policy,
                "--trust",
                SignedImage.TRUST);
        return new Tool(Path.of("/bin/bash"))
                .run(folder, Map.of(), "-c", "ulimit -f " + limit + "; exec '" + String.join("' '", command) + "'");
    }

    private String index() throws Exception {
        return Files.readString(folder.resolve("production/app/index.json"));
    }
}
