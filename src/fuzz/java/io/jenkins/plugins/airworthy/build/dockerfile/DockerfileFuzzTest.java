package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Dockerfiles. What the builder gets of one names the same images, all by digest, however often it is read. */
public final class DockerfileFuzzTest {
    private static final Digest DIGEST = Digest.of(new byte[0]);
    private static final Map<String, String> ARGUMENTS = Map.of("VERSION", "1");

    @TestFactory
    Stream<DynamicTest> everyDockerfileIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(Target.ofText("dockerfile", DockerfileFuzzTest::read)
                .names("Dockerfile")
                .seeds("FROM scratch\nCOPY a /a\n", """
                        # comment
                        ARG VERSION
                        ARG BASE="r.example.com/base"
                        FROM --platform=$BUILDPLATFORM ${BASE}:$VERSION AS build
                        RUN --mount=type=bind,from=alpine:3,target=/x echo \\
                          # inside
                          done
                        FROM r.example.com/run@%s
                        COPY --from=build --chown=1 /a /b
                        COPY --from=0 /a /b
                        ADD --chmod=644 https://example.com/x /y
                        """.formatted(DIGEST))
                .words(
                        "FROM ",
                        "COPY ",
                        "RUN ",
                        "ARG ",
                        "ADD ",
                        "--from=",
                        "--mount=",
                        "from=",
                        " AS ",
                        "$VERSION",
                        "${",
                        "}",
                        ":-",
                        "\\\n",
                        "#",
                        "# syntax=",
                        "# escape=`",
                        "<<EOF",
                        "\"",
                        "'",
                        "@sha256:",
                        "ONBUILD ",
                        "scratch",
                        ",",
                        "\r\n",
                        "\u00a0",
                        "\u0085",
                        "\f",
                        "--",
                        "0"));
    }

    private static void read(String text) throws InvalidInputException {
        Dockerfile read = Dockerfile.parse(text.getBytes(UTF_8), ARGUMENTS);
        Map<RegistryReference, RegistryReference> pins =
                read.images().stream().collect(Collectors.toMap(image -> image, image -> image.at(DIGEST)));
        String pinned = read.pinned(pins);
        hold(pinned.lines().count() == read.lines().size(), "an instruction of several lines");
        Dockerfile again;
        try {
            again = Dockerfile.parse(pinned.getBytes(UTF_8), Map.of());
        } catch (InvalidInputException e) {
            hold(false, "the builder gets what is refused here: " + e.getMessage());
            return;
        }
        hold(again.images().equals(new HashSet<>(pins.values())), "the builder gets other images");
        hold(
                again.pinned(again.images().stream().collect(Collectors.toMap(image -> image, image -> image)))
                        .equals(pinned),
                "the builder gets other instructions");
        hold(
                again.stages().size() == read.stages().size()
                        && again.uses().size() == read.uses().size(),
                "the builder gets other stages");
    }
}
