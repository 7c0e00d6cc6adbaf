package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.ImageStores;
import io.jenkins.plugins.airworthy.image.registry.ConfiguredStores;
import io.jenkins.plugins.airworthy.image.registry.CredentialSource;
import io.jenkins.plugins.airworthy.image.registry.DockerConfig;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;
import picocli.CommandLine.Option;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of every command that opens a registry, and the stores they lead to. */
final class RegistryOptions {
    private static final int MAX_PEM_BYTES = 1024 * 1024;

    @Option(
            names = "--registry-ca",
            paramLabel = "HOST=FILE",
            description = "Trust the certificates in this PEM file, beside the platform's, for this registry only.")
    List<String> authorities = new ArrayList<>();

    @Option(
            names = "--plain-http",
            paramLabel = "HOST",
            description = "Speak to this registry without TLS. Registries on loopback need no such option.")
    List<String> plainHttp = new ArrayList<>();

    @Option(
            names = "--docker-config",
            paramLabel = "FOLDER",
            description =
                    "Where config.json with the registries' credentials is; default: DOCKER_CONFIG, else ~/.docker.")
    Optional<String> dockerConfig = Optional.empty();

    ImageStores stores(Surroundings surroundings) throws AirworthyException {
        CredentialSource credentials = new DockerConfig(configFile(surroundings));
        Map<String, RegistrySettings> settings = new LinkedHashMap<>();
        for (String host : plainHttp) {
            settings.put(
                    host, RegistrySettings.of(host).withCredentials(credentials).withPlainHttp(true));
        }
        for (NamedFile authority : NamedFile.parse("--registry-ca", authorities)) {
            if (settings.containsKey(authority.name())) {
                throw new InvalidInputException("--plain-http and --registry-ca are both given for " + authority.name()
                        + ": without TLS there is nothing to trust");
            }
            String pem = new String(authority.file().read(MAX_PEM_BYTES), StandardCharsets.UTF_8);
            settings.put(
                    authority.name(),
                    RegistrySettings.of(authority.name())
                            .withCredentials(credentials)
                            .withAuthorities(pem));
        }
        return new ConfiguredStores(RegistryStores.any(settings.values(), credentials, RequestListener.NONE));
    }

    private Path configFile(Surroundings surroundings) throws InvalidInputException {
        Optional<String> folder =
                dockerConfig.or(() -> surroundings.environment("DOCKER_CONFIG").filter(text -> !text.isBlank()));
        Path path = folder.isPresent()
                ? InputFile.of("--docker-config", folder.get()).path()
                : Path.of(System.getProperty("user.home"), ".docker");
        return path.resolve("config.json");
    }
}
