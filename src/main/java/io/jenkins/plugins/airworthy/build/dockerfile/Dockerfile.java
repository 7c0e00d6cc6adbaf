package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.Utf8;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Dockerfile, read only as far as it names images. What is not certain to mean the same to every builder is refused, with the number
 * of its line. The builder gets {@link #pinned}: the instructions that were read here, with every image by its digest.
 *
 * @param sha256 of the file as it is in the workspace
 */
public record Dockerfile(Digest sha256, List<Line> lines, List<Stage> stages, List<Use> uses) {
    /** The largest file that is read, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** How many different images a file may name. */
    static final int MAX_IMAGES = 100;

    /** The longest instruction with its images pinned: buildah takes a line of more than 64 KiB for the end of the file. */
    static final int MAX_LINE_BYTES = 65_000;

    /**
     * An instruction with its images cut out.
     *
     * @param texts one more than images: before, between and after them
     */
    record Line(List<String> texts, List<RegistryReference> images) {
        Line {
            texts = List.copyOf(texts);
            images = List.copyOf(images);
        }
    }

    /**
     * A stage of the build.
     *
     * @param name empty if it has none
     * @param image what it is built on; empty for scratch and for another stage
     * @param parent the number of that other stage
     */
    record Stage(String name, Optional<RegistryReference> image, Optional<Integer> parent) {}

    /**
     * One use of an image.
     *
     * @param name as the Dockerfile writes it
     * @param platform as the Dockerfile writes it; empty for the platform that is built for
     * @param base whether a stage is built on it; else it is copied or mounted from
     * @param line where it is
     */
    record Use(RegistryReference image, String name, String platform, boolean base, int line) {
        /** Whether it has to be there for the platforms that are built for. */
        boolean isForTarget() {
            return platform.isEmpty() || platform.contains("TARGETPLATFORM");
        }
    }

    public Dockerfile {
        lines = List.copyOf(lines);
        stages = List.copyOf(stages);
        uses = List.copyOf(uses);
    }

    /**
     * Reads the file.
     *
     * @param arguments the build arguments that are given, which may be part of the name of an image
     */
    public static Dockerfile parse(byte[] bytes, Map<String, String> arguments) throws InvalidInputException {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidInputException("the Dockerfile is larger than the allowed " + MAX_BYTES + " bytes");
        }
        String text = Utf8.decode(bytes, "the Dockerfile");
        return DockerfileReader.read(
                Digest.of(text.getBytes(StandardCharsets.UTF_8)), InstructionReader.read(text), arguments);
    }

    /** The images that it names, each once. */
    public Set<RegistryReference> images() {
        Set<RegistryReference> images = new TreeSet<>(java.util.Comparator.comparing(RegistryReference::toString));
        uses.forEach(use -> images.add(use.image()));
        return images;
    }

    /** The first use of an image. */
    Use first(RegistryReference image) {
        return uses.stream()
                .filter(use -> use.image().equals(image))
                .findFirst()
                .orElseThrow();
    }

    /** The instructions for the builder: one a line, without comments, every image by its digest. */
    public String pinned(Map<RegistryReference, RegistryReference> digests) throws InvalidInputException {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            int start = text.length();
            text.append(line.texts().get(0));
            for (int i = 0; i < line.images().size(); i++) {
                RegistryReference pinned = digests.get(line.images().get(i));
                if (pinned == null || pinned.digest().isEmpty() || pinned.tag().isPresent()) {
                    throw new IllegalArgumentException("an image without a digest");
                }
                text.append(pinned).append(line.texts().get(i + 1));
            }
            if (text.substring(start).getBytes(StandardCharsets.UTF_8).length > MAX_LINE_BYTES) {
                throw new InvalidInputException("an instruction of the Dockerfile has more than the allowed "
                        + MAX_LINE_BYTES + " bytes: split it");
            }
            text.append('\n');
        }
        return text.toString();
    }

    /**
     * What the image is built on; empty for scratch.
     *
     * @param target the stage to build; empty for the last
     * @throws InvalidInputException if there is no such stage
     */
    public Optional<RegistryReference> base(Optional<String> target) throws InvalidInputException {
        Stage stage = stages.get(stages.size() - 1);
        if (target.isPresent()) {
            stage = stages.stream()
                    .filter(each -> !each.name().isEmpty() && each.name().equals(target.get()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException(
                            "the Dockerfile has no stage '" + target.get() + "': it has " + names()));
        }
        while (stage.parent().isPresent()) {
            stage = stages.get(stage.parent().get());
        }
        return stage.image();
    }

    private String names() {
        List<String> names = new ArrayList<>(stages.stream()
                .map(Stage::name)
                .filter(name -> !name.isEmpty())
                .limit(10)
                .toList());
        return names.isEmpty() ? "none with a name" : String.join(", ", names);
    }
}
