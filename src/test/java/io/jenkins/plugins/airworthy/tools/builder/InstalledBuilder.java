package io.jenkins.plugins.airworthy.tools.builder;

import io.jenkins.plugins.airworthy.tools.Tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The builder of a page "I build with …", set up on this machine as an administrator does it, in a folder of its own. */
public final class InstalledBuilder implements AutoCloseable {
    /** Its packages need no other plugin than those that this project is built with. */
    private static final String JIB = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>shop</artifactId>
              <version>1.0</version>
              <properties>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <build>
                <pluginManagement>
                  <plugins>
                    <plugin><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
                    <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
                    <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.6.1</version></plugin>
                    <plugin><artifactId>maven-jar-plugin</artifactId><version>3.5.1</version></plugin>
                  </plugins>
                </pluginManagement>
                <plugins>
                  <plugin>
                    <groupId>com.google.cloud.tools</groupId>
                    <artifactId>jib-maven-plugin</artifactId>
                    <version>3.5.1</version>
                    <configuration>
                      <from><image>scratch</image></from>
                      <container><mainClass>App</mainClass></container>
                      <allowInsecureRegistries>true</allowInsecureRegistries>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private final Map<String, String> environment;
    private final Optional<BuildKitServer> server;

    private InstalledBuilder(Map<String, String> environment, Optional<BuildKitServer> server) {
        this.environment = Map.copyOf(environment);
        this.server = server;
    }

    /**
     * Sets the builder up, or ends the test where it is missing.
     *
     * @param page that the builder has: build-with-PAGE.md
     * @param registry that has no TLS, HOST:PORT
     */
    public static InstalledBuilder of(String page, Path folder, String registry) throws Exception {
        Files.createDirectories(folder);
        return switch (page) {
            case "buildah" -> buildah(folder, registry);
            case "buildkit" -> buildctl(folder, registry);
            case "docker" -> docker(folder, registry);
            case "jib" -> jib();
            default -> throw new IllegalArgumentException(page);
        };
    }

    private static InstalledBuilder buildah(Path folder, String registry) throws IOException {
        Tool.require("buildah");
        Path storage = Files.writeString(
                folder.resolve("storage.conf"),
                "[storage]\ndriver = \"vfs\"\ngraphroot = \"%s\"\nrunroot = \"%s\"\n"
                        .formatted(folder.resolve("graph"), folder.resolve("run")));
        Path registries = Files.writeString(
                folder.resolve("registries.conf"),
                "[[registry]]\nlocation = \"%s\"\ninsecure = true\n".formatted(registry));
        return new InstalledBuilder(
                Map.of(
                        "BUILDAH_ISOLATION", "chroot",
                        "CONTAINERS_STORAGE_CONF", storage.toString(),
                        "CONTAINERS_REGISTRIES_CONF", registries.toString()),
                Optional.empty());
    }

    private static InstalledBuilder buildctl(Path folder, String registry) throws Exception {
        Tool client = Tool.require("buildctl");
        BuildKitServer server = BuildKitServer.start(folder.resolve("server"), registry);
        return new InstalledBuilder(
                Map.of("BUILDKIT_HOST", server.address(), "PATH", path(client)), Optional.of(server));
    }

    /** No engine runs: the program of Docker passes the line on to buildx, and that to a BuildKit. */
    private static InstalledBuilder docker(Path folder, String registry) throws Exception {
        Tool docker = Tool.orSkip("docker", "Debian has it in docker.io; its engine need not run");
        Tool buildx = Tool.require("buildx");
        Path config = folder.resolve("config");
        Files.createSymbolicLink(
                Files.createDirectories(config.resolve("cli-plugins")).resolve("docker-buildx"), buildx.executable());
        BuildKitServer server = BuildKitServer.start(folder.resolve("server"), registry);
        Map<String, String> environment = Map.of("DOCKER_CONFIG", config.toString(), "PATH", path(docker));
        try {
            docker.run(
                            folder,
                            environment,
                            "buildx",
                            "create",
                            "--use",
                            "--name",
                            "remote",
                            "--driver",
                            "remote",
                            server.address())
                    .succeeded();
        } catch (Error | Exception e) {
            server.close();
            throw e;
        }
        return new InstalledBuilder(environment, Optional.of(server));
    }

    /** Maven fetches the plugin. */
    private static InstalledBuilder jib() {
        return new InstalledBuilder(Map.of("PATH", path(Tool.require("mvn"))), Optional.empty());
    }

    /** Writes what the builder of a page builds: one file in a folder. */
    public static void writeProject(String page, Path workspace) throws IOException {
        if (page.equals("jib")) {
            Files.writeString(workspace.resolve("pom.xml"), JIB);
            Path resources = Files.createDirectories(workspace.resolve("src/main/resources"));
            Files.writeString(resources.resolve("app.txt"), "the application");
        } else {
            Files.writeString(workspace.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /app\n");
        }
    }

    private static String path(Tool tool) {
        return tool.executable().getParent() + ":" + System.getenv("PATH");
    }

    /** What the administrator of the machine tells every process on it. */
    public Map<String, String> environment() {
        return new TreeMap<>(environment);
    }

    @Override
    public void close() {
        server.ifPresent(BuildKitServer::close);
    }
}
