package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestRulesTest {
    private static final FileCopy COPY = new FileCopy(Path.of("x"), new ImagePath("/x"));

    @Test
    void refusesAnImageThatWouldBeJustItsBase() throws Exception {
        ImageReference base = ImageReference.parse("registry.example.com/base:1");
        BuildRequest copy = new BuildRequest(Optional.of(base), List.of(), ContainerSettings.INHERITED, List.of());
        assertThatThrownBy(() -> RequestRules.require(copy))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("just its base registry.example.com/base:1");
        assertThatCode(() -> RequestRules.require(
                        new BuildRequest(Optional.of(base), List.of(), labelled("maker", "us"), List.of())))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesALabelThatPassesForTwo() {
        assertRefused(labelled("maker", "us\nimage=evil"), "'maker' contains a line break");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\rb", "a\u001b[31m", "a\u0085b", "a\u2028b"})
    void refusesControlCharactersInValues(String value) {
        assertRefused(labelled("maker", value), "control character");
        assertRefused(environment("MAKER", value), "control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A=B", "A B", "A\nB", "A\u0000"})
    void refusesNamesThatVariablesCannotHave(String name) {
        assertRefused(environment(name, "x"), "not a name of a variable");
    }

    @Test
    void takesValuesThatLookLikeOptionsForWhatTheyAre() {
        assertThatCode(() -> RequestRules.require(with(labelled("--image", "--privileged"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> RequestRules.require(with(arguments(List.of("--entrypoint", "sh\n-c")))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesNulInArguments() {
        assertRefused(arguments(List.of("a\u0000b")), "NUL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-u", "root\n", "a b", "a:b:c", ":0"})
    void refusesInvalidUsers(String user) {
        ContainerSettings settings = new ContainerSettings(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.of(user),
                List.of(),
                List.of(),
                Optional.empty());
        assertRefused(settings, "is not a user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "80/icmp", "80-90", "+80", "٨٠"})
    void refusesInvalidPorts(String port) {
        ContainerSettings settings = new ContainerSettings(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                List.of(port),
                List.of(),
                Optional.empty());
        assertRefused(settings, "is not a port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative", "/a/../b", "C:\\x"})
    void refusesWorkingDirectoriesAndVolumesThatAreNotAbsolutePaths(String path) {
        assertRefused(
                new ContainerSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(path),
                        Optional.empty()),
                "not a path in an image");
        assertRefused(
                new ContainerSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.of(path)),
                "not a path in an image");
    }

    @Test
    void refusesMoreThanTheBoundsAllow() {
        assertRefused(labelled("x", "x".repeat(RequestRules.MAX_VALUE_LENGTH + 1)), "more than the allowed 65536");
        assertRefused(labelled("x".repeat(RequestRules.MAX_NAME_LENGTH + 1), "x"), "1 to 1024 characters");
        assertRefused(arguments(Collections.nCopies(RequestRules.MAX_SETTINGS + 1, "x")), "more than the allowed 1000");
        BuildRequest many = new BuildRequest(
                Optional.empty(),
                Collections.nCopies(RequestRules.MAX_COPIES + 1, COPY),
                ContainerSettings.INHERITED,
                List.of());
        assertThatThrownBy(() -> RequestRules.require(many)).hasMessageContaining("more than the allowed 100");
    }

    @Test
    void refusesOnePlatformUnderTwoNames() throws InvalidInputException {
        BuildRequest twice = new BuildRequest(
                Optional.empty(),
                List.of(COPY),
                ContainerSettings.INHERITED,
                List.of(Platform.parse("linux/arm64"), Platform.parse("linux/arm64/v8")));
        assertThatThrownBy(() -> RequestRules.require(twice)).hasMessageContaining("asked for twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"})
    void refusesTimesThatNoImageCanHave(String created) {
        BuildRequest request = new BuildRequest(
                Optional.empty(), List.of(COPY), ContainerSettings.INHERITED, List.of(), Instant.parse(created));
        assertThatThrownBy(() -> RequestRules.require(request)).hasMessageContaining("cannot have been created");
    }

    @Test
    void writesPortsInOneWay() throws InvalidInputException {
        assertThat(RequestRules.canonicalPort("80")).isEqualTo(RequestRules.canonicalPort("80/tcp"));
    }

    private static void assertRefused(ContainerSettings settings, String why) {
        assertThatThrownBy(() -> RequestRules.require(with(settings)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
    }

    private static BuildRequest with(ContainerSettings settings) {
        return new BuildRequest(Optional.empty(), List.of(COPY), settings, List.of());
    }

    private static ContainerSettings labelled(String name, String value) {
        return settings(Map.of(), Map.of(name, value), Optional.empty());
    }

    private static ContainerSettings environment(String name, String value) {
        return settings(Map.of(name, value), Map.of(), Optional.empty());
    }

    private static ContainerSettings arguments(List<String> arguments) {
        return settings(Map.of(), Map.of(), Optional.of(arguments));
    }

    private static ContainerSettings settings(
            Map<String, String> environment, Map<String, String> labels, Optional<List<String>> command) {
        return new ContainerSettings(
                Optional.empty(),
                command,
                environment,
                labels,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
