package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.http.EnvironmentProxies;
import io.jenkins.plugins.airworthy.image.registry.ConfiguredStores;
import io.jenkins.plugins.airworthy.image.registry.ReferrersSupport;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;
import io.jenkins.plugins.airworthy.image.registry.credential.ClientCertificate;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.registry.credential.DockerConfig;
import io.jenkins.plugins.airworthy.image.registry.credential.RegistryNames;
import io.jenkins.plugins.airworthy.image.registry.credential.StoredCredentials;
import io.jenkins.plugins.airworthy.image.store.ImageStores;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of every command that opens a registry, and the stores that they configure. */
final class RegistryOptions extends Options {
    static final String DOCKER_CONFIG = "--docker-config";

    private static final int MAX_PEM_BYTES = 1024 * 1024;

    private final Argument authorities = repeated(
            "--registry-ca", "HOST=FILE", "For this registry only, trust the certificates in this PEM file, too.");

    private final Argument certificates = repeated(
            "--registry-cert",
            "HOST=FILE",
            "Show this client certificate to this registry: PEM, or a PKCS #12 file whose password is in"
                    + " AIRWORTHY_REGISTRY_CERT_PASSWORD.");

    private final Argument certificateKeys = repeated(
            "--registry-key",
            "HOST=FILE",
            "The private key of --registry-cert in PEM, where it is in a file of its own.");

    private final Argument plainHttp = repeated(
            "--plain-http",
            "HOST",
            "Connect to this registry without TLS. Registries on loopback do not need this option.");

    private final Argument tokenRealms = repeated(
            "--token-realm",
            "HOST=HOST",
            "Let this registry's credential be sent to the token service on the second host too.");

    private final Argument referrers = repeated(
            "--referrers",
            "HOST=api|tag",
            "How this registry lists what is attached to an image, if that cannot be detected: by its"
                    + " referrers API, or by the tag sha256-<digest>.");

    private final Argument dockerConfig = optional(
            DOCKER_CONFIG,
            "FOLDER",
            "Where config.json with the registries' credentials is; default: DOCKER_CONFIG, else ~/.docker, and"
                    + " what 'podman login' keeps.");

    ImageStores stores(CommandEnvironment environment) throws AirworthyException {
        return new ConfiguredStores(registries(environment));
    }

    /** The registries alone. */
    RegistryStores registries(CommandEnvironment environment) throws AirworthyException {
        return registries(environment, credentials(environment));
    }

    /** The same with credentials from elsewhere. */
    RegistryStores registries(CommandEnvironment environment, CredentialSource credentials) throws AirworthyException {
        for (Argument option : List.of(authorities, certificates, certificateKeys, plainHttp, tokenRealms, referrers)) {
            for (String value : option.values()) {
                RegistryNames.refuseUser(value.split("=", 2)[0]);
            }
        }
        Map<String, RegistrySettings> settings = new LinkedHashMap<>();
        for (String host : plainHttp.values()) {
            settings.put(host, of(settings, host).withPlainHttp(true));
        }
        for (NamedFile authority : NamedFile.parse("--registry-ca", authorities.values())) {
            requireTls("--registry-ca", authority.name());
            String pem = new String(authority.file().read(MAX_PEM_BYTES), StandardCharsets.UTF_8);
            settings.put(authority.name(), of(settings, authority.name()).withAuthorities(pem));
        }
        Map<String, NamedFile> keys = new LinkedHashMap<>();
        for (NamedFile key : NamedFile.parse("--registry-key", certificateKeys.values())) {
            keys.put(key.name(), key);
        }
        for (NamedFile certificate : NamedFile.parse("--registry-cert", certificates.values())) {
            requireTls("--registry-cert", certificate.name());
            Optional<NamedFile> key = Optional.ofNullable(keys.remove(certificate.name()));
            Optional<ClientCertificate> read = Optional.of(ClientCertificateFile.read(certificate, key, environment));
            settings.put(certificate.name(), of(settings, certificate.name()).withCertificate(() -> read));
        }
        if (!keys.isEmpty()) {
            throw new InvalidInputException(
                    "--registry-key is given for " + keys.keySet().iterator().next() + " without --registry-cert");
        }
        for (String realm : tokenRealms.values()) {
            String[] parts = pair("--token-realm", realm, "HOST=HOST");
            RegistrySettings known = of(settings, parts[0]);
            Set<String> realms = new LinkedHashSet<>(known.tokenRealms());
            realms.add(RegistrySettings.of(parts[1]).host());
            settings.put(parts[0], known.withTokenRealms(realms));
        }
        for (String support : referrers.values()) {
            String[] parts = pair("--referrers", support, "HOST=api or HOST=tag");
            settings.put(parts[0], of(settings, parts[0]).withReferrers(support(parts[1])));
        }
        settings.replaceAll((host, each) -> each.withCredentials(credentials));
        return RegistryStores.any(
                settings.values(),
                credentials,
                EnvironmentProxies.of(environment.variables(), System.getProperties()),
                environment
                        .work()
                        .and(environment.isDebugging() ? new RequestLog(environment.err()) : RequestListener.NONE));
    }

    private void requireTls(String option, String host) throws InvalidInputException {
        if (plainHttp.values().contains(host)) {
            throw new InvalidInputException(
                    "--plain-http and " + option + " are both given for " + host + ": without TLS "
                            + (option.equals("--registry-ca")
                                    ? "there is no certificate to check"
                                    : "the registry asks for none"));
        }
    }

    private static RegistrySettings of(Map<String, RegistrySettings> settings, String host)
            throws InvalidInputException {
        return settings.containsKey(host) ? settings.get(host) : RegistrySettings.of(host);
    }

    private static String[] pair(String option, String text, String expected) throws InvalidInputException {
        String[] parts = text.split("=", 2);
        if (parts.length != 2) {
            throw new InvalidInputException(option + " '" + text + "': expected " + expected);
        }
        return parts;
    }

    private static ReferrersSupport support(String word) throws InvalidInputException {
        return switch (word) {
            case "api" -> ReferrersSupport.API;
            case "tag" -> ReferrersSupport.TAG;
            default -> throw new InvalidInputException("--referrers: '" + word + "' is neither 'api' nor 'tag'");
        };
    }

    private CredentialSource credentials(CommandEnvironment environment) throws InvalidInputException {
        Optional<Path> file = dockerFile(dockerConfig.value());
        return file.isPresent() ? new DockerConfig(file.get()) : DockerConfig.ofThisUser(environment.variables());
    }

    /** Where credentials are kept and removed. */
    StoredCredentials stored(CommandEnvironment environment) throws InvalidInputException {
        return stored(dockerConfig.value(), environment);
    }

    /** The same for a command that opens no registry. */
    static StoredCredentials stored(Optional<String> folder, CommandEnvironment environment)
            throws InvalidInputException {
        Optional<Path> file = dockerFile(folder);
        return file.isPresent()
                ? StoredCredentials.in(file.get(), environment.variables())
                : StoredCredentials.ofThisUser(environment.variables());
    }

    private static Optional<Path> dockerFile(Optional<String> folder) throws InvalidInputException {
        return folder.isEmpty()
                ? Optional.empty()
                : Optional.of(InputFile.of(DOCKER_CONFIG, folder.get())
                        .path()
                        .toAbsolutePath()
                        .resolve("config.json"));
    }
}
