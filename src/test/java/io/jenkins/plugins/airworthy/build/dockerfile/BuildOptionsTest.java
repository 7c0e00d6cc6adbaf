package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a job may tell a builder. */
class BuildOptionsTest {
    private static BuildOptions of(List<String> arguments, List<String> caches) throws InvalidInputException {
        return BuildOptions.of("", List.of(), arguments, caches, List.of(), (RegistryReference)
                ImageReference.parse("r.example.com/staging/app:1"));
    }

    @Test
    void keepsWhatIsAskedForAndShowsNoValues() throws Exception {
        BuildOptions options =
                of(List.of("GO_VERSION=1.22", "EMPTY=", "A=b=c"), List.of("r.example.com/staging/cache"));

        assertThat(options.arguments())
                .containsExactly(Map.entry("GO_VERSION", "1.22"), Map.entry("EMPTY", ""), Map.entry("A", "b=c"));
        assertThat(options).hasToString("options with the build arguments [GO_VERSION, EMPTY, A]");
        assertThat(new BuildPlan("FROM scratch\n", List.of(), "r.example.com/staging/app:1", options))
                .hasToString("plan for r.example.com/staging/app:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "path",
                "HOME",
                "LD_PRELOAD",
                "DYLD_X",
                "HTTP_PROXY",
                "https_proxy",
                "BUILDKIT_SYNTAX",
                "BUILDAH_ISOLATION",
                "DOCKER_CONFIG",
                "REGISTRY_AUTH_FILE",
                "EXPERIMENTAL_BUILDKIT_SOURCE_POLICY",
                "STORAGE_OPTS",
                "GODEBUG",
                "CONTAINERS_STORAGE_CONF",
                "XDG_RUNTIME_DIR",
                "SSL_CERT_FILE",
                "TMPDIR",
                "KUBECONFIG",
                "GIT_DIR",
                "REGISTRIES_CONFIG_PATH",
                "_BUILDAH_STARTED_IN_USERNS",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "GCONV_PATH"
            })
    void refusesArgumentsThatWouldConfigureTheBuilder(String name) {
        assertThatThrownBy(() -> of(List.of(name + "=s3cr3t"), List.of()))
                .hasMessageContaining("'" + name + "' has the name of a variable of the builder itself")
                .message()
                .doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t", "=s3cr3t", "a b=s3cr3t", "a-b=s3cr3t", "1a=s3cr3t", "A=s3cr3t\0"})
    void refusesWhatIsNoArgumentAndShowsNoneOfIt(String argument) {
        assertThatThrownBy(() -> of(List.of(argument), List.of()))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .doesNotContain("s3cr3t");
    }

    @Test
    void isBounded() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            many.add("A" + i + "=1");
        }
        assertThatThrownBy(() -> of(many, List.of())).hasMessageContaining("100 build arguments");
        assertThatThrownBy(() -> of(List.of("A=" + "x".repeat(32_769)), List.of()))
                .hasMessageContaining("32768 characters");
        assertThatThrownBy(() -> of(List.of("A=1", "A=2"), List.of())).hasMessageContaining("is given twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other.example.com/staging/cache",
                "r.example.com/staging/cache:1",
                "oci:folder",
                "type=local,src=/etc"
            })
    void refusesCachesElsewhere(String cache) {
        assertThatThrownBy(() -> of(List.of(), List.of(cache))).isInstanceOf(InvalidInputException.class);
    }
}
