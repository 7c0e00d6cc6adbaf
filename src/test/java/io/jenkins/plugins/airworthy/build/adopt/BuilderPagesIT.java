package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import io.jenkins.plugins.airworthy.tools.builder.InstalledBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The shell commands of a page "I build with …", run word for word but for the registry's name; what they push is adopted. */
class BuilderPagesIT {
    private static final Pattern SHELL = Pattern.compile("^ *sh '(.*)'$", Pattern.MULTILINE);
    private static final Pattern ADOPTED =
            Pattern.compile("^ *imageAdopt image: '(.*)', digestFile: '(.*)'$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    private RegistryServer registry;

    @BeforeEach
    void start() throws Exception {
        registry = RegistryServer.distribution(Files.createDirectory(folder.resolve("registry")));
        Files.createDirectory(folder.resolve("workspace"));
    }

    @AfterEach
    void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"buildah", "buildkit", "docker", "jib"})
    void whatTheBuilderPushesIsAdopted(String page) throws Exception {
        InstalledBuilder.writeProject(page, folder.resolve("workspace"));
        try (InstalledBuilder builder = InstalledBuilder.of(page, folder.resolve("builder"), registry.host())) {
            runAndAdopt(page, builder.environment());
        }
    }

    private void runAndAdopt(String builder, Map<String, String> environment) throws Exception {
        String page = page(builder);
        List<String> shell =
                SHELL.matcher(page).results().map(line -> line.group(1)).toList();
        List<List<String>> adopted = ADOPTED.matcher(page)
                .results()
                .map(line -> List.of(line.group(1), line.group(2)))
                .toList();
        assertThat(shell).isNotEmpty();
        assertThat(adopted).hasSize(2);
        int each = shell.size() / adopted.size();
        for (int i = 0; i < adopted.size(); i++) {
            new Tool(Path.of("/bin/sh"))
                    .run(
                            folder.resolve("workspace"),
                            environment,
                            "-ec",
                            String.join("\n", shell.subList(i * each, (i + 1) * each)))
                    .succeeded();
            assertAdopted(adopted.get(i).get(0), adopted.get(i).get(1));
        }
    }

    private void assertAdopted(String image, String file) throws Exception {
        ImageReference asked = ImageReference.parse(image);
        BuilderOutput output =
                new OutputFile(folder.resolve("workspace").resolve(file), file).read(Optional.of(Instant.EPOCH));
        try (ImageStore store = RegistryStores.any(List.of(), CredentialSource.ANONYMOUS, RequestListener.NONE)
                .open(asked)) {
            AdoptedImage adopted = Adoption.of(store, asked, output);
            assertThat(store.manifest(asked.tag().orElseThrow()).orElseThrow().digest())
                    .isEqualTo(adopted.digest());
        }
    }

    private String page(String builder) throws IOException {
        return Files.readString(Path.of("docs", "build-with-" + builder + ".md"))
                .replace("registry.example.com", registry.host());
    }
}
