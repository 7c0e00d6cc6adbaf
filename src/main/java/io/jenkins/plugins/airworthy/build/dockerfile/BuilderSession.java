package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.build.adopt.BuilderOutput;
import io.jenkins.plugins.airworthy.build.adopt.OutputFile;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.process.ChildProcess;
import io.jenkins.plugins.airworthy.process.WorkFolder;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One build by one builder, in a private folder: the instructions, the credentials and what the builder writes are there, and are
 * removed with it.
 */
public final class BuilderSession {
    /** How long one build may take. */
    static final Duration TIME_LIMIT = Duration.ofHours(2);

    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final int MAX_VERSION_BYTES = 64 * 1024;
    private static final Pattern VERSION = Pattern.compile("\\bv?([0-9]+\\.[0-9]+[A-Za-z0-9.+-]{0,40})");

    /**
     * How the builders say that a line itself failed: its program ended with an exit status, or what it copies is not there. The
     * same build fails again then. Whatever else they say may be over the next time, such as a registry that does not answer.
     */
    private static final Pattern FAILED_LINE = Pattern.compile("building at STEP \"RUN .*: exit status [0-9]+"
            + "|building at STEP \"(?:COPY|ADD) .*: no such file or directory"
            + "|did not complete successfully: exit code: [0-9]+"
            + "|failed to calculate checksum of ref [^:]+(?:::[^:]+)?: \".*\": not found");

    private static final String UNKNOWN = "unknown";

    private final BuilderProgram program;
    private final BuildPlan plan;
    private final Path context;
    private final RegistryStores registries;
    private final WorkFolder work;
    private final BuilderLog log;
    private final Map<String, String> environment;
    private final Instant end = Instant.now().plus(TIME_LIMIT);

    private BuilderSession(
            BuilderProgram program,
            BuildPlan plan,
            Path context,
            RegistryStores registries,
            Map<String, String> variables,
            WorkFolder work,
            Progress progress)
            throws AirworthyException, InterruptedException {
        this.program = program;
        this.plan = plan;
        this.context = context;
        this.registries = registries;
        this.work = work;
        this.log = new BuilderLog(progress, plan.secrets().values());
        this.environment = new TreeMap<>(BuilderEnvironment.of(variables));
        work.folder("dockerfile");
        work.file("dockerfile/Dockerfile", plan.dockerfile().getBytes(StandardCharsets.UTF_8));
        BuilderLogins.write(work.folder("login").resolve("config.json"), settings());
        environment.put("DOCKER_CONFIG", work.path().resolve("login").toString());
    }

    /**
     * What a builder made.
     *
     * @param output where it says that it pushed to; a claim
     * @param version of the program; a claim
     */
    public record Built(BuilderOutput output, String version) {}

    /**
     * Builds and pushes.
     *
     * @param context the folder whose files the Dockerfile can copy
     * @param registries those that the build may use; the builder gets the credentials of those that it needs
     * @param variables of this process
     */
    public static Built build(
            BuilderProgram program,
            BuildPlan plan,
            Path context,
            RegistryStores registries,
            Map<String, String> variables,
            Progress progress)
            throws AirworthyException, InterruptedException {
        try (WorkFolder work = WorkFolder.create("airworthy-build-")) {
            BuilderSession session = new BuilderSession(program, plan, context, registries, variables, work, progress);
            String version = session.version();
            progress.say("Building with " + program.kind() + " " + version + " (" + program.path() + ")");
            Path output = program.kind() == BuilderKind.BUILDAH
                    ? new Buildah(session).build()
                    : new BuildKit(session, variables).build();
            return new Built(new OutputFile(output, output.getFileName().toString()).read(Optional.empty()), version);
        }
    }

    private String version() throws AirworthyException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.path().toString()));
        switch (program.kind()) {
            case DOCKER -> command.addAll(List.of("buildx", "version"));
            case BUILDX -> command.add("version");
            case BUILDAH, BUILDCTL -> command.add("--version");
        }
        ChildProcess.Outcome outcome =
                new ChildProcess(command, environment, work, SHORT, MAX_VERSION_BYTES).run(line -> {});
        Matcher found = VERSION.matcher(new String(outcome.output(), StandardCharsets.UTF_8));
        if (outcome.exit() != 0) {
            throw new UndecidedException(program.path() + " does not tell its version (exit status " + outcome.exit()
                    + ")" + (program.kind() == BuilderKind.DOCKER ? ": Docker needs its plugin buildx" : ""));
        }
        return found.find() ? found.group(1) : UNKNOWN;
    }

    /** Runs the builder, and refuses to go on if it fails: as invalid if a line of the Dockerfile did, else as undecided. */
    void run(List<String> arguments, Map<String, String> more) throws AirworthyException, InterruptedException {
        int exit = tryTo(arguments, more);
        if (exit != 0 && FAILED_LINE.matcher(log.end()).find()) {
            throw new InvalidInputException(
                    "a line of the Dockerfile failed (" + program.kind() + ", exit status " + exit + "): " + log.end());
        }
        if (exit != 0) {
            throw new UndecidedException(program.kind() + " failed (exit status " + exit + "): " + log.end());
        }
    }

    /** Runs the builder and returns its exit status. */
    int tryTo(List<String> arguments, Map<String, String> more) throws AirworthyException, InterruptedException {
        Duration left = Duration.between(Instant.now(), end);
        if (left.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new UndecidedException("the build did not end within " + TIME_LIMIT.toHours() + " hours");
        }
        List<String> command = new ArrayList<>(List.of(program.path().toString()));
        command.addAll(arguments);
        Map<String, String> variables = new TreeMap<>(environment);
        variables.putAll(more);
        return new ChildProcess(command, variables, work, left, MAX_VERSION_BYTES)
                .follow(log)
                .exit();
    }

    BuilderProgram program() {
        return program;
    }

    BuildPlan plan() {
        return plan;
    }

    Path context() {
        return context;
    }

    /** A file or folder of the session. */
    Path file(String name) {
        return work.path().resolve(name);
    }

    /** Writes a file of the session. */
    Path write(String name, byte[] content) throws UndecidedException {
        return work.file(name, content);
    }

    /** Whether a registry is used without TLS. */
    boolean isPlain(String reference) throws InvalidInputException {
        return registries.settings(host(reference)).plainHttp();
    }

    private List<RegistrySettings> settings() throws InvalidInputException {
        List<String> references = new ArrayList<>(List.of(plan.target()));
        plan.images().forEach(image -> references.add(image.reference()));
        Map<String, RegistrySettings> settings = new TreeMap<>();
        for (String reference : references) {
            settings.put(host(reference), registries.settings(host(reference)));
        }
        return List.copyOf(settings.values());
    }

    private static String host(String reference) throws InvalidInputException {
        if (ImageReference.parse(reference) instanceof RegistryReference image) {
            return image.host();
        }
        throw new InvalidInputException("'" + reference + "' is in no registry");
    }
}
