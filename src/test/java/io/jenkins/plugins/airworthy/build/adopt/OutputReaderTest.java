package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The output files of builders: those that the builders themselves wrote, and what is not one. */
class OutputReaderTest {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);
    private static final String APP = "registry.example.com/staging/app";

    private static BuilderOutput read(String text) throws InvalidInputException {
        return OutputReader.read(text.getBytes(UTF_8), "the file");
    }

    private static Digest digest(String text, String asked) throws InvalidInputException {
        return read(text).digestFor(ImageReference.parse(asked));
    }

    @ParameterizedTest
    @CsvSource({
        "buildah-digestfile.txt, digest, app, sha256:",
        "kaniko-digest.txt, digest, app, sha256:4f2b187f1beb4ec427d2cb6d53d0fc95fa1b80c09002f9ede57a773d9381938f",
        "kaniko-image-name-with-digest.txt, references, app, sha256:4f2b187f1beb4ec427d2cb6d53d0fc95fa1b80c09002f9ede57a773d9381938f",
        "ko-image-refs.txt, references, koapp, sha256:cc1a408fc533af45415f96d8cf11745614ef6faec896af8a5dfcca67fafbf2f3",
        "buildctl-metadata-index.json, buildx-metadata, app, sha256:61069450203e16b0362802b41b5fe010006ede8962beea11c91fc1024057c2b0",
        "buildctl-metadata-plain.json, buildx-metadata, app, sha256:f46b527ec98869e858e8671a902cacdef31e22fcfffc3979d08bc69a61d4c8eb",
        "buildx-metadata-index.json, buildx-metadata, app, sha256:3d71201b9c8e0695da55a066b8b530b452ffdd82db05528e2f07fd0625777231",
        "buildx-metadata-plain.json, buildx-metadata, app, sha256:3f6ca7b72f70f65fd7eb0cf5cca87e127d4dde4fffa4d8058d8d21effadd7641",
        "jib-image.json, jib-image, jibapp, sha256:1d23a23e399a829e1551d3530cb3bdb0a91f440a0287e81d4f52d8fa0ada269c",
    })
    void readsWhatBuildersWrote(String file, String form, String app, String digest) throws Exception {
        BuilderOutput output = OutputReader.read(Files.readAllBytes(Path.of("src/test/data/builders", file)), file);

        assertThat(output.form()).hasToString(form);
        assertThat(output.digestFor(ImageReference.parse("127.0.0.1:5951/staging/" + app + ":1")))
                .asString()
                .startsWith(digest);
    }

    /** Written after the documentation of pack, since it could not be run. */
    @Test
    void readsReportOfPack() throws Exception {
        String report = """
                [build]

                [image]
                tags = ["%s:1", "other.example.com/app:1"]
                digest = "%s"
                manifest-size = 1234
                """.formatted(APP, A);

        assertThat(read(report).form()).isEqualTo(OutputForm.PACK);
        assertThat(digest(report, APP)).hasToString(A);
    }

    @Test
    void readsDigestWithAndWithoutLineEnd() throws Exception {
        assertThat(digest(A, APP)).hasToString(A);
        assertThat(digest(A + "\n", APP)).hasToString(A);
    }

    @Test
    void countsOnlyTheRepositoryThatIsAskedFor() throws Exception {
        assertThat(digest(
                        "{\"containerimage.digest\":\"" + A + "\",\"image.name\":\"docker.io/team/app:1, " + APP
                                + ":1\"}",
                        APP))
                .hasToString(A);
        String lines = APP + ":1@" + A + "\nregistry.example.com/staging/other:1@" + B + "\n";
        assertThat(digest(lines, APP)).hasToString(A);
        assertThatThrownBy(() -> digest(lines, "registry.example.com/prod/app"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("names no image of registry.example.com/prod/app, only of " + APP);
    }

    @Test
    void refusesTwoDigestsForOneRepository() {
        assertThatThrownBy(() -> digest(APP + ":1@" + A + "\n" + APP + ":2@" + B + "\n", APP))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("names 2 images of " + APP);
        assertThat(APP + ":1@" + A + "\n" + APP + ":2@" + A + "\n")
                .satisfies(same -> assertThat(digest(same, APP)).hasToString(A));
    }

    @Test
    void refusesFileOfABuildThatDidNotPush() {
        assertThatThrownBy(() -> read("{\"containerimage.digest\":\"" + A + "\"}"))
                .hasMessageContaining("did not push the image; add --push");
        assertThatThrownBy(
                        () -> read("{\"image\":\"" + APP + "\",\"imageDigest\":\"" + A + "\",\"imagePushed\":false}"))
                .hasMessageContaining("Jib did not push");
        assertThatThrownBy(() -> read("[image]\ntags = [\"" + APP + "\"]\nimage-id = \"" + A + "\"\n"))
                .hasMessageContaining("pack did not push the image; add --publish");
    }

    @ParameterizedTest
    @MethodSource("nothingThatABuilderWrites")
    void refusesEverythingElseAndQuotesNothingOfIt(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the file")
                .message()
                .doesNotContain("s3cr3t")
                .hasSizeLessThan(600);
    }

    static Stream<String> nothingThatABuilderWrites() {
        return Stream.of(
                "",
                "\n\n",
                "s3cr3t",
                "root:s3cr3t:0:0::/root:/bin/sh\n",
                A.toUpperCase(java.util.Locale.ROOT),
                A.replace('a', 'A'),
                "sha512:" + "a".repeat(128),
                A + "\r\n",
                "\uFEFF" + A,
                A + "\n\n" + A,
                A + "\n" + B,
                APP + ":1",
                APP + ":1@" + A + " s3cr3t",
                "oci:folder@" + A,
                APP + ":1@" + A + "\n\u001b[31ms3cr3t\n",
                (APP + "@" + A + "\n").repeat(101),
                "{}",
                "{\"s3cr3t\":1}",
                "{\"containerimage.digest\":\"s3cr3t\",\"image.name\":\"" + APP + "\"}",
                "{\"containerimage.digest\":\"" + A + "\",\"image.name\":\"s3cr3t\"}",
                "{\"containerimage.digest\":\"" + A + "\",\"image.name\":\"" + APP + "@" + B + "\"}",
                "{\"containerimage.digest\":\"" + A + "\",\"image.name\":\"" + APP + ",".repeat(200) + "\"}",
                "{\"containerimage.digest\":\"" + A + "\",\"containerimage.descriptor\":{\"digest\":\"" + B
                        + "\"},\"image.name\":\"" + APP + "\"}",
                "{\"containerimage.digest\":\"" + A + "\",\"imageDigest\":\"" + B + "\",\"image\":\"" + APP
                        + "\",\"image.name\":\"" + APP + "\"}",
                "{\"containerimage.digest\":\"" + A + "\",\"ContainerImage.Digest\":\"" + B + "\",\"image.name\":\""
                        + APP + "\"}",
                "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000),
                "[]",
                "[image]\ndigest = \"" + A + "\"\n",
                "[image]\ntags = []\ndigest = \"" + A + "\"\n",
                "[image]\ntags = [\"s3cr3t\"]\ndigest = \"" + A + "\"\n",
                "[image]\ntags = [\"" + APP + "\"]\ndigest = \"" + A + "\"\ndigest = \"" + B + "\"\n",
                "[image]\ntags = [\"" + APP + "\"]\ndigest = \"" + A + "\"\n[image]\n",
                "[build]\nnote = \"\"\"\n[image]\n\"\"\"\n[image]\ntags = [\"" + APP + "\"]\ndigest = \"" + A + "\"\n",
                "[image]\ntags = [" + "\"a\"  ".repeat(20_000) + "x]\ndigest = \"" + A + "\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"digest", "images"})
    void keepsWhatItReadOnTheWayFromAnAgent(String part) throws Exception {
        BuilderOutput output = read(part.equals("digest") ? A : APP + ":1@" + A);

        assertThat(BuilderOutput.read(StrictJson.parseObject(StrictJson.write(output.toJson()), "answer", 10_000)))
                .isEqualTo(output);
    }

    @Test
    void refusesAnswerThatNoReaderGives() {
        for (String answer : List.of(
                "{}",
                "{\"form\":\"digest\"}",
                "{\"form\":\"guess\",\"digest\":\"" + A + "\"}",
                "{\"form\":\"digest\",\"digest\":\"" + A + "\",\"more\":1}",
                "{\"form\":\"digest\",\"digest\":\"" + A + "\",\"images\":[\"" + APP + "@" + A + "\"]}",
                "{\"form\":\"references\",\"images\":[\"" + APP + ":1\"]}",
                "{\"form\":\"references\",\"images\":[\"oci:folder:1@" + A + "\"]}",
                "{\"form\":\"references\",\"images\":[\"" + APP + "@" + A + "\""
                        + (",\"" + APP + "@" + A + "\"").repeat(100) + "]}")) {
            assertThatThrownBy(
                            () -> BuilderOutput.read(StrictJson.parseObject(answer.getBytes(UTF_8), "answer", 100_000)))
                    .as(answer)
                    .isInstanceOf(InvalidInputException.class);
        }
    }
}
