package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.SearchPath;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A program {@code docker-credential-NAME} on the path that keeps credentials (docker-credential-helpers). Nothing it
 * prints is ever shown, since it may be a secret; it is ended when it takes too long or prints too much.
 */
public record CredentialHelper(Path program, Map<String, String> environment, Duration limit) {
    /** Maximum output of a helper, in bytes. */
    static final int MAX_OUTPUT_BYTES = 64 * 1024;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The output of every helper that has no credential for a registry, which is not an error. */
    private static final String NOT_FOUND = "credentials not found in native keychain";

    private static final String TOKEN_USER = "<token>";

    /** Variables with which helpers find the user, the session's key store and cloud services. */
    private static final Set<String> KEPT = Set.of("""
            PATH HOME USER LOGNAME LANG LC_ALL LC_CTYPE TMPDIR TZ TERM DISPLAY WAYLAND_DISPLAY
            DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME GNUPGHOME
            GPG_AGENT_INFO GPG_TTY PASSWORD_STORE_DIR DOCKER_CONFIG REGISTRY_AUTH_FILE
            GOOGLE_APPLICATION_CREDENTIALS HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy
            Path SSL_CERT_FILE SSL_CERT_DIR SystemRoot SYSTEMROOT USERPROFILE APPDATA LOCALAPPDATA ProgramData
            TEMP TMP PATHEXT""".split("\\s+", -1));

    private static final Set<String> KEPT_OF_CLOUDS = Set.of("AWS_", "AZURE_", "CLOUDSDK_", "ECR_", "ACR_", "GCR_");

    public CredentialHelper {
        environment = Map.copyOf(environment);
    }

    /**
     * Finds the program for a name in docker's {@code config.json}, in a place where no build could have put it. Its
     * environment contains only what helpers need, and no secret of ours.
     */
    static CredentialHelper named(String name, Map<String, String> environment) throws AirworthyException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new InvalidInputException("docker's config.json names a credential helper that cannot exist");
        }
        String program = "docker-credential-" + name;
        String path = environment.getOrDefault("PATH", environment.getOrDefault("Path", "")); // so in Windows
        Path found = new SearchPath(path, List.of())
                .find(program)
                .orElseThrow(() -> new UndecidedException("credential helper " + program
                        + " was not found on PATH (relative folders, folders that others may write to and those beneath"
                        + " the current one are passed over); install it, or remove it from docker's config.json"));
        return new CredentialHelper(found, kept(environment), LIMIT);
    }

    private static Map<String, String> kept(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> KEPT.contains(variable.getKey())
                        || KEPT_OF_CLOUDS.stream().anyMatch(variable.getKey()::startsWith))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Optional<Credential> get(String server) throws AirworthyException, InterruptedException {
        String what = what(server);
        Answer answer = ask("get", server.getBytes(StandardCharsets.UTF_8), what);
        return credential(what, answer.exit, answer.output);
    }

    /** Keeps a credential, which the program gets on its standard input. */
    void store(String server, Credential.Password credential) throws AirworthyException, InterruptedException {
        byte[] document = StrictJson.write(StrictJson.object()
                .put("ServerURL", server)
                .put("Username", credential.user())
                .put("Secret", credential.password()));
        Answer answer = ask("store", document, what(server));
        if (answer.exit != 0) {
            throw new UndecidedException(what(server) + " failed with exit status " + answer.exit
                    + ", and kept nothing; its output is not shown, since it may contain the password");
        }
    }

    /** Removes a credential, and returns whether there was one. */
    boolean erase(String server) throws AirworthyException, InterruptedException {
        Answer answer = ask("erase", server.getBytes(StandardCharsets.UTF_8), what(server));
        if (answer.exit != 0 && !answer.saysNotFound()) {
            throw new UndecidedException(what(server) + " failed with exit status " + answer.exit
                    + ", and may still keep the credential; its output is not shown");
        }
        return answer.exit == 0;
    }

    private String what(String server) {
        return "credential helper " + program.getFileName() + " for " + server;
    }

    /** What the program answered; never shown. */
    private static final class Answer {
        private final int exit;
        private final byte[] output;

        Answer(int exit, byte[] output) {
            this.exit = exit;
            this.output = output;
        }

        boolean saysNotFound() {
            return new String(output, StandardCharsets.UTF_8).strip().equals(NOT_FOUND);
        }
    }

    private Answer ask(String action, byte[] input, String what) throws UndecidedException, InterruptedException {
        Process process = start(action, what);
        try {
            CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> read(process));
            Thread writer = new Thread(() -> write(process, input), what); // the program may read nothing
            writer.setDaemon(true);
            writer.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UndecidedException(what + " did not end within " + limit.toSeconds() + " s");
            }
            byte[] printed = output.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (printed.length > MAX_OUTPUT_BYTES) {
                throw new UndecidedException(what + " printed more than the allowed " + MAX_OUTPUT_BYTES + " bytes");
            }
            return new Answer(process.exitValue(), printed);
        } catch (ExecutionException | TimeoutException e) {
            throw new UndecidedException(what + ": its answer could not be read to its end", e);
        } finally {
            kill(process);
        }
    }

    private Process start(String action, String what) throws UndecidedException {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(program.toString(), action).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UndecidedException(
                    what + " could not be started; install it, or remove it from docker's config.json", e);
        }
    }

    /** The programs that it started are found before it ends: they have another parent afterwards. */
    private static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static void write(Process process, byte[] input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException e) {
            return; // it ended without reading its input; its exit status says more than this failure
        }
    }

    private static byte[] read(Process process) {
        try {
            byte[] output = process.getInputStream().readNBytes(MAX_OUTPUT_BYTES + 1);
            if (output.length > MAX_OUTPUT_BYTES) {
                kill(process);
            }
            return output;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    public static Optional<Credential> credential(String what, int exit, byte[] output) throws AirworthyException {
        if (output.length > MAX_OUTPUT_BYTES) {
            throw new UndecidedException(what + " printed more than the allowed " + MAX_OUTPUT_BYTES + " bytes");
        }
        if (exit != 0) {
            if (new String(output, StandardCharsets.UTF_8).strip().equals(NOT_FOUND)) {
                return Optional.empty();
            }
            throw new UndecidedException(
                    what + " failed with exit status " + exit + "; run 'airworthy login' or 'docker login' again");
        }
        JsonObject json = StrictJson.parseObject(output, "answer of " + what, MAX_OUTPUT_BYTES);
        String user = json.string("Username");
        String secret = json.string("Secret");
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                user.equals(TOKEN_USER) ? new Credential.IdentityToken(secret) : new Credential.Password(user, secret));
    }
}
