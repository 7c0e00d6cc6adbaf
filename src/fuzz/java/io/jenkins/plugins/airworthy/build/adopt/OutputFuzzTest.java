package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What other builders write. */
public final class OutputFuzzTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String APP = "registry.example.com/staging/app";

    @TestFactory
    Stream<DynamicTest> everyOutputIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("builder-lines", Form.TEXT, OutputFuzzTest::read)
                        .seeds(List.of(
                                bytes(DIGEST),
                                bytes(DIGEST + "\n"),
                                bytes(APP + ":1@" + DIGEST + "\n" + APP + "@" + DIGEST + "\n"),
                                bytes("[build]\n\n[image]\ntags = [\"" + APP + ":1\", \"" + APP + ":2\"]\ndigest = \""
                                        + DIGEST + "\"\nmanifest-size = 12\n")))
                        .words(
                                "sha256:",
                                "@",
                                ":",
                                "\n",
                                "[image]",
                                "\"",
                                "tags = [",
                                "]",
                                "digest = ",
                                "image-id",
                                "#",
                                ","),
                Target.of("builder-json", Form.JSON, OutputFuzzTest::read)
                        .seeds(List.of(
                                bytes("{\"containerimage.digest\":\"" + DIGEST
                                        + "\",\"containerimage.descriptor\":{\"digest\":\"" + DIGEST
                                        + "\"},\"image.name\":\"" + APP + ":1," + APP + ":2\"}"),
                                bytes("{\"image\":\"" + APP + ":1\",\"imageId\":\"" + DIGEST + "\",\"imageDigest\":\""
                                        + DIGEST + "\",\"tags\":[\"1\"],\"imagePushed\":true}")))
                        .words(
                                "containerimage.digest",
                                "image.name",
                                "imageDigest",
                                "imagePushed",
                                "containerimage.config.digest"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static void read(byte[] bytes) throws InvalidInputException {
        BuilderOutput output = OutputReader.read(bytes, Target.SOURCE);
        hold(output.images().size() <= BuilderOutput.MAX_IMAGES, "more images than allowed");
        hold(
                BuilderOutput.read(StrictJson.parseObject(
                                StrictJson.write(output.toJson()), Target.SOURCE, OutputReader.MAX_BYTES))
                        .equals(output),
                "another output on the controller");
    }
}
