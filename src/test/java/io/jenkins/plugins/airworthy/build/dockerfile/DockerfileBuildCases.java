package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.build.BuildRequest;
import io.jenkins.plugins.airworthy.build.ContainerSettings;
import io.jenkins.plugins.airworthy.build.FileCopy;
import io.jenkins.plugins.airworthy.build.ImageBuilder;
import io.jenkins.plugins.airworthy.build.adopt.Adoption;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.gate.BaseReader;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every builder must do with a Dockerfile, with the real program and a real registry that asks for a password. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class DockerfileBuildCases {
    /** The password of the user ci, as htpasswd -B writes it. */
    private static final String PASSWORD = "pass-word-of-ci";

    private static final String SECRET = "value-of-an-argument";

    @TempDir
    Path folder;

    private RegistryServer registry;
    private RegistryStores stores;
    private Path context;
    private final List<String> lines = new ArrayList<>();

    /** The program; ends the test if it is missing. */
    abstract BuilderProgram program();

    /** The environment of the process that runs it, without PATH and HOME. */
    abstract Map<String, String> variables() throws Exception;

    /** Told before the first build. */
    void serving(String host) throws Exception {}

    /** Lets the builder forget what it built, as one on another machine has never built it. */
    abstract void forget() throws Exception;

    @BeforeEach
    void prepare() throws Exception {
        program();
        Path served = Files.createDirectory(folder.resolve("registry"));
        Tool.require("htpasswd")
                .run(served, Map.of(), "-Bbc", served.resolve("users").toString(), "ci", PASSWORD)
                .succeeded();
        registry = RegistryServer.distribution(
                served, "auth: {htpasswd: {realm: test, path: '" + served.resolve("users") + "'}}");
        serving(registry.host());
        stores = RegistryStores.only(List.of(RegistrySettings.of(registry.host())
                .withCredentials(host -> Optional.of(new Credential.Password("ci", PASSWORD)))));
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("app.txt"), "the application");
        base("1", "first", List.of());
    }

    @AfterEach
    void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    private String place(String name) {
        return registry.host() + "/" + name;
    }

    private RegistryReference reference(String name) throws Exception {
        return (RegistryReference) ImageReference.parse(place(name));
    }

    /** Pushes base/tools:TAG with a shell, and a file that says which one it is. */
    private Digest base(String tag, String content, List<Platform> platforms) throws Exception {
        Path busybox = Tool.require("busybox").executable().toRealPath();
        Path marker = Files.writeString(folder.resolve("which-" + content), content);
        List<FileCopy> copies = new ArrayList<>(List.of(FileCopy.parse(marker + ":/which")));
        for (String name : List.of("sh", "cat", "sleep")) {
            copies.add(FileCopy.parse(busybox + ":/bin/" + name + ",mode=0755"));
        }
        BuildRequest request = new BuildRequest(
                Optional.empty(),
                copies,
                new ContainerSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("PATH", "/bin"),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty()),
                platforms);
        return new ImageBuilder(stores)
                .build(request, reference("base/tools:" + tag), Progress.SILENT)
                .descriptor()
                .digest();
    }

    private final Progress progress = new Progress() {
        @Override
        public void say(String line) {
            synchronized (lines) {
                lines.add(line);
            }
        }

        @Override
        public Task begin(String what, long totalBytes) {
            return bytes -> {};
        }
    };

    private BuildOptions options(List<String> platforms, String... arguments) throws Exception {
        return BuildOptions.of("", platforms, List.of(arguments), List.of(), List.of(), reference("staging/app:1"));
    }

    private BuilderSession.Built run(BuildPlan plan) throws Exception {
        Map<String, String> variables = new java.util.TreeMap<>(variables());
        variables.put("PATH", System.getenv("PATH"));
        variables.putIfAbsent("HOME", folder.toString());
        return BuilderSession.build(program(), plan, context, stores, variables, progress);
    }

    private Map<RegistryReference, RegistryReference> resolve(Dockerfile read) throws Exception {
        return PinnedImages.resolve(read, options(List.of()), stores, progress);
    }

    private static Dockerfile read(String dockerfile, BuildOptions options) throws Exception {
        return Dockerfile.parse(dockerfile.getBytes(java.nio.charset.StandardCharsets.UTF_8), options.arguments());
    }

    private DockerfileBuild build(String dockerfile, BuildOptions options) throws Exception {
        Dockerfile read = read(dockerfile, options);
        return build(read, resolve(read), options);
    }

    private DockerfileBuild build(
            Dockerfile read, Map<RegistryReference, RegistryReference> images, BuildOptions options) throws Exception {
        RegistryReference target = reference("staging/app:1");
        Instant started = Instant.now();
        BuilderSession.Built built = run(BuildPlan.of(read, images, target, options));
        try (ImageStore store = stores.open(target)) {
            return new DockerfileBuild(
                    read,
                    "Dockerfile",
                    ".",
                    options,
                    images,
                    program().kind(),
                    built.version(),
                    Adoption.of(store, target, built.output()),
                    started,
                    Instant.now());
        }
    }

    private Optional<String> doubt(DockerfileBuild built) throws Exception {
        return new BaseReader(stores)
                .doubt(built.claimedBase().orElseThrow(), built.image().image());
    }

    private String shown() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    @Test
    void buildsStagesOnImagesByTheirDigests() throws Exception {
        Digest first = base("1", "first", List.of());
        Digest second = base("2", "second", List.of());
        DockerfileBuild built = build(
                """
                ARG REGISTRY
                # a comment
                FROM $REGISTRY/base/tools:2 AS work
                ARG WORD
                RUN cat /which && \\
                    # inside
                    echo "$WORD" > /word
                FROM $REGISTRY/base/tools:1
                COPY --from=work /word /word
                COPY --from=%s /which /other
                RUN --mount=type=bind,from=%s,source=/which,target=/mounted cat /mounted > /third
                COPY app.txt /app/
                """.formatted(place("base/tools:2"), place("base/tools:2")),
                options(List.of(), "REGISTRY=" + registry.host(), "WORD=" + SECRET));

        assertThat(built.image().image().platforms()).hasSize(1);
        assertThat(doubt(built)).isEmpty();
        assertThat(built.version()).matches("[0-9]+\\..*");
        Statement statement = built.ofCommandLine(Optional.empty(), built.claimedBase());
        Provenance provenance = Provenance.parse(statement);
        assertThat(provenance.base()).contains(new Provenance.Base(place("base/tools:1"), first.toString()));
        assertThat(provenance.dependencies())
                .extracting(each -> each.uri() + " " + each.value().orElseThrow())
                .containsExactlyInAnyOrder(
                        "oci://" + place("base/tools:1") + " " + first.hex(),
                        "oci://" + place("base/tools:2") + " " + second.hex());
        assertThat(statement.observation().orElseThrow().observer()).isEqualTo(Observer.BUILD_AGENT);
        assertThat(statement.predicateObject().toString())
                .contains("\"buildArguments\":[\"REGISTRY\",\"WORD\"]")
                .contains("\"name\":\"" + program().kind() + "\"")
                .doesNotContain(SECRET);
        assertThat(shown()).contains(first.toString(), second.toString()).doesNotContain(SECRET, PASSWORD);
    }

    /** What a tag becomes between the resolution and the build changes nothing. */
    @Test
    void aTagThatIsMovedWhileItBuildsDoesNotChangeTheBase() throws Exception {
        Digest resolved = base("1", "first", List.of());
        Dockerfile read = read("FROM " + place("base/tools:1") + "\nCOPY app.txt /app/\n", options(List.of()));
        Map<RegistryReference, RegistryReference> images = resolve(read);
        Digest moved = base("1", "moved", List.of());
        assertThat(moved).isNotEqualTo(resolved);

        DockerfileBuild built = build(read, images, options(List.of()));

        assertThat(built.claimedBase().orElseThrow().digest()).isEqualTo(resolved.toString());
        assertThat(doubt(built)).isEmpty();
        assertThat(new BaseReader(stores)
                        .doubt(
                                new Provenance.Base(place("base/tools:1"), moved.toString()),
                                built.image().image()))
                .isPresent();
    }

    /** A builder that asks git what the context is would run what the settings of a repository there say. */
    @Test
    void runsNoProgramOfTheContext() throws Exception {
        Path ran = folder.resolve("ran");
        Files.writeString(context.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.createDirectories(context.resolve("objects"));
        Files.createDirectories(context.resolve("refs/heads"));
        Files.writeString(context.resolve("refs/heads/main"), "1".repeat(40) + "\n");
        Files.writeString(context.resolve("run.sh"), "touch '" + ran + "'\nexit 1\n");
        Files.writeString(context.resolve("config"), """
                [core]
                 repositoryformatversion = 1
                 bare = false
                 worktree = .
                [extensions]
                 partialClone = origin
                [protocol "ext"]
                 allow = always
                [remote "origin"]
                 url = ext::sh ./run.sh
                 promisor = true
                 partialclonefilter = blob:none
                """);

        build("FROM " + place("base/tools:1") + "\nCOPY app.txt /app/\n", options(List.of()));

        assertThat(ran).doesNotExist();
    }

    /** The second line of defence: the instructions name an image that nobody resolved. */
    @Test
    void anImageThatWasNotResolvedIsNotUsed() throws Exception {
        Digest first = base("1", "first", List.of());
        Digest second = base("2", "second", List.of());
        for (String line : List.of(
                "FROM " + place("base/tools:2"),
                "FROM " + place("base/tools@" + second),
                "FROM " + place("base/tools@" + first) + "\nCOPY --from=" + place("base/tools:2") + " /which /other")) {
            BuildPlan plan = new BuildPlan(
                    line + "\n",
                    List.of(new BuildPlan.PinnedImage(place("base/tools@" + first), "")),
                    place("staging/app:1"),
                    options(List.of()));
            assertThatThrownBy(() -> run(plan))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageStartingWith(program().kind() + " failed (exit status ")
                    .hasMessageMatching(
                            ".*(image not known|no stage or image found|denied by policy|not allowed by policy).*");
        }
    }

    @Test
    void buildsAnIndexOfSeveralPlatforms() throws Exception {
        List<Platform> platforms = List.of(Platform.parse("linux/amd64"), Platform.parse("linux/386"));
        base("multi", "multi", platforms);
        DockerfileBuild built = build(
                "FROM " + place("base/tools:multi") + "\nCOPY app.txt /app/\n",
                options(List.of("linux/amd64", "linux/386")));

        assertThat(built.image().image().platforms())
                .extracting(PlatformImage::platform)
                .containsExactlyInAnyOrderElementsOf(platforms);
        assertThat(doubt(built)).isEmpty();
    }

    /** The layer of a line that writes something else each time is the same only if it came from the cache. */
    @Test
    void takesLayersOfAnEarlierBuildFromTheCache() throws Exception {
        String dockerfile = "FROM " + place("base/tools:1")
                + "\nRUN cat /proc/sys/kernel/random/uuid > /once\nCOPY app.txt /app/\n";
        List<String> cache = List.of(place("staging/cache"));
        DockerfileBuild first = build(dockerfile, cached(List.of(), cache));
        forget();
        DockerfileBuild second = build(dockerfile, cached(cache, List.of()));
        forget();
        DockerfileBuild without = build(dockerfile, options(List.of()));

        int written = layers(first).size() - 2; // the last copies, and is the same without a cache
        assertThat(layers(second)).hasSameSizeAs(layers(first));
        assertThat(layers(second).get(written)).isEqualTo(layers(first).get(written));
        assertThat(layers(without).get(written)).isNotEqualTo(layers(first).get(written));
        assertThat(second.parameters().at("/cacheFrom/0").textValue()).isEqualTo(cache.get(0));
        assertThat(first.parameters().at("/cacheTo/0").textValue()).isEqualTo(cache.get(0));
        assertThat(doubt(second)).isEmpty();
    }

    private BuildOptions cached(List<String> from, List<String> to) throws Exception {
        return BuildOptions.of("", List.of(), List.of(), from, to, reference("staging/app:1"));
    }

    private static List<Digest> layers(DockerfileBuild built) {
        return built.image().image().platforms().get(0).manifest().layers().stream()
                .map(Descriptor::digest)
                .toList();
    }

    @Test
    void aFailedBuildTellsWhyAndLeavesNothing() throws Exception {
        BuildOptions options = options(List.of(), "WORD=" + SECRET);
        assertThatThrownBy(() -> build(
                        "FROM " + place("base/tools:1") + "\nARG WORD\nRUN echo $WORD; cat /missing-file\n", options))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "a line of the Dockerfile failed (" + program().kind() + ", exit status ")
                .hasMessageContaining("missing-file")
                .message()
                .doesNotContain(SECRET)
                .doesNotContain(PASSWORD);
        assertThat(shown()).doesNotContain(SECRET);
        assertNothingIsLeft();
    }

    /** The same call fails again: it is not undecided. */
    @Test
    void aFileThatIsMissingIsAFaultOfTheDockerfile() throws Exception {
        assertThatThrownBy(() ->
                        build("FROM " + place("base/tools:1") + "\nCOPY missing-file /app/\n", options(List.of())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "a line of the Dockerfile failed (" + program().kind() + ", exit status ")
                .hasMessageContaining("missing-file");
    }

    /** What other users of the machine could see of it, and what is left of it when it is stopped. */
    @Test
    void aStoppedBuildEndsItsProgramsAndShowsNoSecretBefore() throws Exception {
        BuildOptions options = options(List.of(), "WORD=" + SECRET);
        String dockerfile = "FROM " + place("base/tools:1") + "\nARG WORD\nRUN echo begun; sleep 7654\n";
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread worker = new Thread(() -> {
            try {
                build(dockerfile, options);
            } catch (Throwable e) {
                end.set(e);
            }
        });
        worker.start();
        long deadline = System.nanoTime() + java.time.Duration.ofMinutes(2).toNanos();
        while (worker.isAlive()
                && !shown().lines().anyMatch(line -> line.strip().endsWith("begun"))) {
            assertThat(System.nanoTime()).as(shown()).isLessThan(deadline);
            Thread.sleep(50);
        }
        String commands = ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .collect(Collectors.joining("\n"));
        if (program().kind() != BuilderKind.BUILDCTL) {
            assertThat(commands).doesNotContain(SECRET);
        }
        assertThat(commands).doesNotContain(PASSWORD);

        worker.interrupt();
        worker.join();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertNothingIsLeft();
    }

    /** Neither a private folder nor a child of this process. */
    private static void assertNothingIsLeft() throws Exception {
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(temporary.filter(path -> path.getFileName().toString().startsWith("airworthy-build-")))
                    .isEmpty();
        }
        long deadline = System.nanoTime() + java.time.Duration.ofSeconds(20).toNanos();
        while (ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .anyMatch(command -> command.contains("sleep 7654"))) {
            assertThat(System.nanoTime())
                    .as("a line of the Dockerfile still runs")
                    .isLessThan(deadline);
            Thread.sleep(100);
        }
    }
}
