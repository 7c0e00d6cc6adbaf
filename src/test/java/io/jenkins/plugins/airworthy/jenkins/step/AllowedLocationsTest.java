package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.LayoutFolders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AllowedLocationsTest {
    @TempDir
    Path folder;

    @Test
    void acceptsATagInAListedRegistry() throws Exception {
        assertThat(places().target("registry.example.com/prod/app:1")).hasToString("registry.example.com/prod/app:1");
    }

    /** The controller reaches hosts that a job must not reach through it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254/latest/meta-data:1",
                "localhost/app:1",
                "127.0.0.1:8080/app:1",
                "registry.example.com:5000/app:1",
                "registry.example.com.evil.example/app:1",
                "evil.example/registry.example.com/app:1"
            })
    void refusesAnUnlistedHost(String target) {
        assertThatThrownBy(() -> places().target(target))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not connect to")
                .hasMessageContaining("an administrator can list it");
    }

    @Test
    void refusesAnUnlistedFolderOfTheController() {
        assertThatThrownBy(() -> places().target("oci:/var/jenkins_home/secrets:1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not in a folder that is listed");
        assertThatThrownBy(() -> places().target("oci:images:1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("absolute path");
    }

    @Test
    void refusesALinkThatLeavesAListedFolder() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path listed = Files.createDirectory(folder.resolve("listed"));
        Files.createSymbolicLink(listed.resolve("link"), outside);

        AllowedLocations places = new AllowedLocations(List.of(), new LayoutFolders(List.of(listed.toString())));

        assertThat(places.target("oci:" + listed + "/app:1")).isNotNull();
        assertThatThrownBy(() -> places.target("oci:" + listed + "/link/app:1"))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> places.target("oci:" + listed + "/../outside:1"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesATargetWithoutATagOrWithADigest() {
        assertThatThrownBy(() -> places().target("registry.example.com/prod/app"))
                .hasMessageContaining("has no tag")
                .hasMessageContaining("registry.example.com/prod/app:1.2");
        assertThatThrownBy(() -> places().target("registry.example.com/prod/app@sha256:" + "0".repeat(64)))
                .hasMessageContaining("has a digest");
        assertThatThrownBy(() -> places().target("")).hasMessageContaining("say with 'to'");
    }

    /** Options and lines of others cannot be smuggled in. */
    @ParameterizedTest
    @ValueSource(strings = {"--insecure", "-registry.example.com/app:1", "registry.example.com/app:1\nx", "$TARGET"})
    void refusesAnInvalidReference(String target) {
        assertThatThrownBy(() -> places().target(target)).isInstanceOf(InvalidInputException.class);
    }

    private static AllowedLocations places() {
        return new AllowedLocations(List.of("registry.example.com"), new LayoutFolders(List.of()));
    }
}
