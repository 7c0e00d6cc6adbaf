package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the images that the instructions of a Dockerfile name: what stages are built on, what is copied from, what is mounted. */
final class DockerfileReader {
    /** How many stages a file may have. */
    static final int MAX_STAGES = 1_000;

    private static final String SCRATCH = "scratch";
    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9_.-]{0,127}");
    private static final Pattern PLATFORM =
            Pattern.compile("\\$(?:BUILD|TARGET)PLATFORM|\\$\\{(?:BUILD|TARGET)PLATFORM\\}|[a-z0-9][a-z0-9/_.-]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final Map<String, Set<String>> FLAGS = Map.of(
            "FROM", Set.of("platform"),
            "COPY", Set.of("from", "chown", "chmod", "link", "parents", "exclude"),
            "ADD", Set.of("chown", "chmod", "link", "exclude", "checksum", "keep-git-dir", "unpack"),
            "RUN", Set.of("mount", "network"));

    private final BuildArguments arguments;
    private final List<Dockerfile.Line> lines = new ArrayList<>();
    private final List<Dockerfile.Stage> stages = new ArrayList<>();
    private final List<Dockerfile.Use> uses = new ArrayList<>();
    private final Set<RegistryReference> images = new HashSet<>();

    /** What was copied or mounted from, and was no stage before. */
    private final Set<String> sources = new HashSet<>();

    /** The texts of the present line so far, and the images between them. */
    private final List<String> texts = new ArrayList<>();

    private final List<RegistryReference> named = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private DockerfileReader(Map<String, String> arguments) {
        this.arguments = new BuildArguments(arguments);
    }

    static Dockerfile read(Digest sha256, List<Instruction> instructions, Map<String, String> arguments)
            throws InvalidInputException {
        DockerfileReader reader = new DockerfileReader(arguments);
        for (Instruction instruction : instructions) {
            reader.instruction(instruction);
        }
        if (reader.stages.isEmpty()) {
            throw new InvalidInputException("the Dockerfile has no FROM");
        }
        return new Dockerfile(sha256, reader.lines, reader.stages, reader.uses);
    }

    private void instruction(Instruction read) throws InvalidInputException {
        if (stages.isEmpty() && !Set.of("ARG", "FROM").contains(read.keyword())) {
            throw read.error("only ARG can be before the first FROM");
        }
        text.append(read.keyword());
        if (read.keyword().equals("FROM")) {
            from(read);
        } else {
            if (stages.isEmpty()) {
                arguments.declare(read);
            }
            flags(read);
            text.append(' ').append(read.rest());
        }
        endText();
        lines.add(new Dockerfile.Line(texts, named));
        texts.clear();
        named.clear();
    }

    private void from(Instruction from) throws InvalidInputException {
        if (stages.size() == MAX_STAGES) {
            throw from.error("more than the allowed " + MAX_STAGES + " stages");
        }
        flags(from);
        List<String> words = List.of(BLANKS.split(from.rest(), -1));
        if (words.size() != 1 && !(words.size() == 3 && words.get(1).equalsIgnoreCase("AS"))) {
            throw from.error("expected FROM [--platform=…] IMAGE [AS NAME]");
        }
        String stage = words.size() == 3 ? words.get(2) : "";
        if (!stage.isEmpty()
                && (!STAGE.matcher(stage).matches()
                        || stage.equals(SCRATCH)
                        || stage(stage).isPresent())) {
            throw from.error("'" + stage + "' cannot be the name of a stage: expected a name of its own, of lower-case"
                    + " letters, digits, '_', '.' and '-', with a letter first");
        }
        if (sources.contains(stage)) {
            throw from.error("a line before copies from the image '" + stage + "', and this stage has its name: give it"
                    + " another name");
        }
        String platform = from.flags().isEmpty() ? "" : value(from.flags().get(0));
        if (!from.flags().isEmpty() && !PLATFORM.matcher(platform).matches()) {
            throw from.error("expected a platform such as linux/amd64, $BUILDPLATFORM or $TARGETPLATFORM");
        }
        String name = arguments.expand(words.get(0), from.line());
        text.append(' ');
        Optional<Integer> parent = earlier(name, from);
        Optional<RegistryReference> image = Optional.empty();
        if (parent.isPresent() || name.equals(SCRATCH)) {
            text.append(name);
        } else {
            image = Optional.of(image(name, platform, from));
        }
        if (!stage.isEmpty()) {
            text.append(" AS ").append(stage);
        }
        stages.add(new Dockerfile.Stage(stage, image, parent));
    }

    private void flags(Instruction read) throws InvalidInputException {
        Set<String> given = new HashSet<>();
        for (String flag : read.flags()) {
            String name = flag.split("=", 2)[0].substring(2);
            if (!FLAGS.get(read.keyword()).contains(name)) {
                throw read.error("the flag '" + name + "' of " + read.keyword()
                        + " is not known here, so it could name an image: leave it out");
            }
            if (!given.add(name) && !name.equals("mount") && !name.equals("exclude")) {
                throw read.error("has the flag '" + name + "' twice");
            }
            text.append(" --").append(name);
            if (name.equals("mount")) {
                text.append('=');
                mount(value(flag), read);
            } else if (name.equals("from")) {
                text.append('=');
                source(value(flag), read);
            } else {
                text.append(flag.substring(2 + name.length()));
            }
        }
    }

    /** Reads {@code --mount=KEY=VALUE,KEY=VALUE}. */
    private void mount(String mount, Instruction run) throws InvalidInputException {
        if (mount.contains("$")) {
            throw run.error("a mount has a variable, which some builders take for more than one word: write its value");
        }
        boolean from = false;
        String separator = "";
        for (String field : mount.split(",", -1)) {
            text.append(separator);
            separator = ",";
            String key = field.split("=", 2)[0];
            if (!key.strip().toLowerCase(Locale.ROOT).equals("from")) {
                text.append(field);
                continue;
            }
            if (from || !key.equals("from")) {
                throw run.error("a mount has 'from' twice, or in another spelling");
            }
            from = true;
            text.append("from=");
            String name = value(field);
            if (NUMBER.matcher(name).matches()) {
                throw run.error(
                        "a mount from a stage by its number, which not every builder knows: give the stage a name");
            }
            source(name, run);
        }
    }

    /** What is copied or mounted from: a stage before this one, or an image. */
    private void source(String name, Instruction read) throws InvalidInputException {
        if (name.isEmpty() || name.contains("$")) {
            throw read.error("from needs the name of a stage or of an image, without variables");
        }
        boolean numbered = NUMBER.matcher(name).matches();
        if (numbered && (name.length() > 3 || Integer.parseInt(name) >= stages.size() - 1)) {
            throw read.error("there is no stage " + name + " before this one");
        }
        Optional<Integer> stage = numbered ? Optional.empty() : earlier(name, read);
        if (stage.isPresent() && stage.get() == stages.size() - 1) {
            throw read.error("the stage '" + name + "' cannot copy from itself");
        }
        if (numbered || stage.isPresent()) {
            text.append(name);
        } else {
            sources.add(name);
            image(name, "", read);
        }
    }

    /** The stage of that name. Refuses a name that only some builders would take for it. */
    private Optional<Integer> earlier(String name, Instruction read) throws InvalidInputException {
        Optional<Integer> found = stage(name);
        if (found.isEmpty() && stage(name.toLowerCase(Locale.ROOT)).isPresent()) {
            throw read.error("'" + name + "' differs from the name of a stage in upper and lower case only");
        }
        return found;
    }

    private Optional<Integer> stage(String name) {
        for (int i = 0; i < stages.size(); i++) {
            if (!name.isEmpty() && stages.get(i).name().equals(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private RegistryReference image(String name, String platform, Instruction read) throws InvalidInputException {
        RegistryReference image = ImageName.parse(name, read.line());
        images.add(image);
        if (images.size() > Dockerfile.MAX_IMAGES) {
            throw read.error("more than the allowed " + Dockerfile.MAX_IMAGES + " images");
        }
        uses.add(new Dockerfile.Use(image, name, platform, read.keyword().equals("FROM"), read.line()));
        endText();
        named.add(image);
        return image;
    }

    private void endText() {
        texts.add(text.toString());
        text.setLength(0);
    }

    private static String value(String flag) {
        String[] parts = flag.split("=", 2);
        return parts.length == 2 ? parts[1] : "";
    }
}
