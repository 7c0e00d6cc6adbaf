package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which images a Dockerfile names, and what the builder gets. */
class DockerfileTest {
    private static final String DIGEST = Digest.of(new byte[0]).toString();

    private static Dockerfile parse(String text, String... arguments) throws InvalidInputException {
        Map<String, String> given = new LinkedHashMap<>();
        for (String argument : arguments) {
            given.put(argument.split("=", 2)[0], argument.split("=", 2)[1]);
        }
        return Dockerfile.parse(text.getBytes(UTF_8), given);
    }

    private static List<String> images(Dockerfile read) {
        return read.images().stream().map(RegistryReference::toString).toList();
    }

    private static List<String> pinned(Dockerfile read) throws InvalidInputException {
        return read.pinned(read.images().stream()
                        .collect(Collectors.toMap(image -> image, image -> image.at(Digest.of(new byte[0])))))
                .lines()
                .map(line -> line.replace(DIGEST, "PIN"))
                .toList();
    }

    @Test
    void findsEveryImageAndPutsItsDigestInItsPlace() throws Exception {
        Dockerfile read = parse(
                """
                # a comment
                ARG REGISTRY=r.example.com/base
                ARG VERSION
                FROM --platform=$BUILDPLATFORM ${REGISTRY}/go:$VERSION AS build
                ARG VERSION
                RUN --mount=type=cache,target=/root/.cache --mount=type=bind,from=r.example.com/tools:2,target=/t go build \\
                    # a comment in between

                    -o /app
                FROM r.example.com/base/run:1 as RUN
                """.replace("as RUN", "as run")
                        + "COPY --from=build --chown=1:1 /app /app\n"
                        + "COPY --from=0 /app /app2\n"
                        + "COPY --from=alpine:3.20 /etc/passwd /etc/\n"
                        + "FROM run\n"
                        + "USER 1\n",
                "VERSION=1.22");

        assertThat(images(read))
                .containsExactly(
                        "docker.io/library/alpine:3.20",
                        "r.example.com/base/go:1.22",
                        "r.example.com/base/run:1",
                        "r.example.com/tools:2");
        assertThat(pinned(read))
                .containsExactly(
                        "ARG REGISTRY=r.example.com/base",
                        "ARG VERSION",
                        "FROM --platform=$BUILDPLATFORM r.example.com/base/go@PIN AS build",
                        "ARG VERSION",
                        "RUN --mount=type=cache,target=/root/.cache --mount=type=bind,from=r.example.com/tools@PIN,target=/t"
                                + " go build     -o /app",
                        "FROM r.example.com/base/run@PIN AS run",
                        "COPY --from=build --chown=1:1 /app /app",
                        "COPY --from=0 /app /app2",
                        "COPY --from=docker.io/library/alpine@PIN /etc/passwd /etc/",
                        "FROM run",
                        "USER 1");
        assertThat(read.base(Optional.empty())).hasToString("Optional[r.example.com/base/run:1]");
        assertThat(read.base(Optional.of("build"))).hasToString("Optional[r.example.com/base/go:1.22]");
        assertThatThrownBy(() -> read.base(Optional.of("other")))
                .hasMessage("the Dockerfile has no stage 'other': it has build, run");
    }

    @Test
    void namesAreThoseOfDocker() throws Exception {
        assertThat(images(parse("FROM alpine"))).containsExactly("docker.io/library/alpine:latest");
        assertThat(images(parse("FROM acme/app:1"))).containsExactly("docker.io/acme/app:1");
        assertThat(images(parse("FROM localhost/app:1"))).containsExactly("localhost/app:1");
        assertThat(images(parse("from r.example.com:5000/app:1@" + DIGEST)))
                .containsExactly("r.example.com:5000/app@" + DIGEST);
        assertThat(images(parse("FROM scratch\r\nCOPY a /\r\n"))).isEmpty();
        assertThat(parse("FROM scratch").base(Optional.empty())).isEmpty();
    }

    @Test
    void argumentsHaveTheirDefaultsOrWhatIsGiven() throws Exception {
        String text = "ARG A=\"r.example.com\"\nARG B=$A/team\nARG C='x y'\nFROM ${B}/app:1\n";

        assertThat(images(parse(text))).containsExactly("r.example.com/team/app:1");
        assertThat(images(parse(text, "A=other.example.com"))).containsExactly("other.example.com/team/app:1");
        assertThat(images(parse(text, "B=b.example.com"))).containsExactly("b.example.com/app:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ~# syntax=docker/dockerfile:1\\nFROM scratch~                 | line 1: '# syntax=' lets a program of another image
                    ~#SYNTAX = evil/x\\nFROM scratch~                              | line 1: '# syntax='
                    ~# c\\n# escape=`\\nFROM scratch~                              | line 2: '# escape='
                    ~FROM ${X:-alpine}~                                           | line 1: only $NAME and ${NAME}
                    ~ARG X=a\\nFROM ${X:-alpine}~                                  | line 2: only $NAME and ${NAME}
                    ~FROM $X~                                                     | line 1: the value of 'X' is not known for certain
                    ~ARG X\\nFROM $X~                                              | line 2: the value of 'X' is not known
                    ~ARG X=${Y:-z}\\nFROM $X~                                      | line 2: the value of 'X' is not known
                    ~ARG X=1 Y=2\\nFROM a:$Y~                                      | line 2: the value of 'Y' is not known
                    ~FROM a:$TARGETARCH~                                          | line 1: the value of 'TARGETARCH' is not known
                    ~FROM a\\nONBUILD RUN x~                                       | line 2: ONBUILD
                    ~FROM a\\nRUN <<EOF\\nFROM evil\\nEOF~                          | line 2: '<<' may begin a here-document
                    ~FROM a\\nCOPY --from=$X /a /b~                                | line 2: from needs the name
                    ~FROM a\\nCOPY --from= /a /b~                                  | line 2: from needs the name
                    ~FROM a\\nCOPY --chown=1 "--from=b" /a /b~                     | line 2: --from must be before the names
                    ~FROM a\\nCOPY --chown="1 --from=b" /a /b~                     | line 2: a flag has quotes
                    ~FROM a\\nCOPY --fr\\\\om=b /a /b~                                | line 2: a flag has quotes or a backslash
                    ~FROM a\\nCOPY --other=b /a /b~                                | line 2: the flag 'other' of COPY is not known
                    ~FROM a\\nCOPY --from=b --from=c /a /b~                        | line 2: has the flag 'from' twice
                    ~FROM a\\nCOPY --from=1 /a /b~                                 | line 2: there is no stage 1 before this one
                    ~FROM a AS x\\nCOPY --from=x /a /b~                            | line 2: the stage 'x' cannot copy from itself
                    ~FROM a\\nCOPY --from=x /a /b\\nFROM b AS x~                    | line 3: a line before copies from the image 'x'
                    ~FROM a AS x\\nFROM b\\nCOPY --from=X /a /b~                    | line 3: 'X' differs from the name of a stage
                    ~FROM a AS x\\nFROM b AS x~                                    | line 2: 'x' cannot be the name of a stage
                    ~FROM a AS scratch~                                           | line 1: 'scratch' cannot be the name
                    ~FROM a b~                                                    | line 1: expected FROM
                    ~FROM --platform=$X a~                                        | line 1: expected a platform
                    ~FROM oci:a/b~                                                | line 1: 'oci:a/b' is in no registry
                    ~FROM A~                                                      | line 1: 'docker.io/A' is not an image reference
                    ~FROM a\\nRUN --mount=type=cache,target=$X x~                  | line 2: a mount has a variable
                    ~FROM a\\nRUN --mount=from=b,from=c x~                         | line 2: a mount has 'from' twice
                    ~FROM a\\nRUN --mount=FROM=b x~                                | line 2: a mount has 'from' twice, or in another
                    ~FROM a\\nRUN --mount=from=0 x~                                | line 2: a mount from a stage by its number
                    ~FROM a\\nRUN --security=insecure x~                           | line 2: the flag 'security' of RUN
                    ~FROM a\\nRUN x\\\\\\\\\\nFROM b~                                | line 2: two backslashes
                    ~FROM a\\nINCLUDE b~                                           | line 2: begins with no instruction
                    ~//syntax=evil/x\\nFROM a~                                     | line 1: begins with no instruction
                    ~FROM~                                                        | line 1: FROM has no arguments
                    ~RUN x\\nFROM a~                                               | line 1: only ARG can be before the first FROM
                    ~# nothing~                                                   | the Dockerfile has no FROM
                    """)
    void refusesWhatIsNotCertain(String text, String message) {
        assertThatThrownBy(() -> parse(text.translateEscapes()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void refusesCharactersThatOnlySomeBuildersTakeForSpaces() {
        for (String text : List.of("RUN \u00a0--mount=from=b x", "RUN x\u0085FROM b", "RUN x\fFROM b", "RUN\u2003x")) {
            assertThatThrownBy(() -> parse("FROM a\n" + text))
                    .hasMessageContaining("line 2: has a control character, or a space that is none of ASCII");
        }
    }

    @Test
    void isBounded() {
        String from = "FROM r.example.com/a:1\n";
        assertThatThrownBy(() -> parse(from.repeat(1_001)))
                .hasMessageContaining("line 1001: more than the allowed 1000 stages");
        assertThatThrownBy(() -> parse(from + "USER 1\n".repeat(10_000)))
                .hasMessageContaining("more than the allowed 10000 instructions");
        assertThatThrownBy(() -> parse(from + "RUN " + "x".repeat(60_001))).hasMessageContaining("60000 characters");
        assertThatThrownBy(() -> parse(from + "RUN x\\\n".repeat(20_000))).hasMessageContaining("60000 characters");
        assertThatThrownBy(() -> parse(from + "#".repeat(1024 * 1024))).hasMessageContaining("1048576 bytes");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 101; i++) {
            many.append("FROM r.example.com/a").append(i).append(":1\n");
        }
        assertThatThrownBy(() -> parse(many.toString()))
                .hasMessageContaining("line 101: more than the allowed 100 images");
    }

    @Test
    void namesNoImageWithoutADigest() throws Exception {
        Dockerfile read = parse("FROM r.example.com/a:1");
        RegistryReference image = read.images().iterator().next();

        assertThatThrownBy(() -> read.pinned(Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read.pinned(Map.of(image, image))).isInstanceOf(IllegalArgumentException.class);
    }

    /** buildah takes such a line for the end of the file. Pinned, and in bytes, a line is longer than it was. */
    @Test
    void refusesALineThatBecomesTooLong() throws Exception {
        Dockerfile read = parse("FROM r.example.com/a:1\nRUN echo " + "\u4e2d".repeat(30_000) + "\nUSER 1000\n");

        assertThatThrownBy(() -> pinned(read))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has more than the allowed 65000 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dir:5000/x", "docker-daemon:5000/x", "containers-storage:5000/x", "oci-archive:5000/x"})
    void refusesNamesThatABuilderTakesForOtherPlaces(String name) {
        assertThatThrownBy(() -> parse("FROM " + name + ":1\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is in no registry: a builder takes it for another place");
    }
}
