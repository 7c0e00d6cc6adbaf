package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.RegistryServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The same for an image in a registry on loopback. */
class ColdStartIT {
    @TempDir
    Path folder;

    @Test
    void linksNoRecordsMethodsAndNoTls() throws Exception {
        try (RegistryServer registry = RegistryServer.distribution(Files.createDirectory(folder.resolve("registry")))) {
            Set<String> loaded = ColdStartTest.verified(folder, registry.host() + "/team/app");
            assertThat(loaded)
                    .doesNotContain("java.lang.runtime.ObjectMethods", "com.fasterxml.jackson.databind.ObjectMapper")
                    .noneMatch(name -> name.startsWith("sun.security.ssl."))
                    .contains("io.jenkins.plugins.airworthy.image.registry.RegistryStore");
        }
    }
}
