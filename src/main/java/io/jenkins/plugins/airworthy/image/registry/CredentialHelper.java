package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program {@code docker-credential-NAME} on the path that keeps credentials (docker-credential-helpers). Nothing it
 * prints is ever shown, since it may be a secret; it is ended when it takes too long or prints too much.
 */
record CredentialHelper(String program, Duration limit) {
    /** The most that is read of what a helper prints, in bytes. */
    static final int MAX_OUTPUT_BYTES = 64 * 1024;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What every helper prints when it has no credential for a registry; not an error. */
    private static final String NOT_FOUND = "credentials not found in native keychain";

    private static final String TOKEN_USER = "<token>";

    /** The program for a name in docker's {@code config.json}. */
    static CredentialHelper named(String name) throws InvalidInputException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new InvalidInputException("docker's config.json names a credential helper that cannot exist");
        }
        return new CredentialHelper("docker-credential-" + name, LIMIT);
    }

    Optional<Credential> get(String server) throws AirworthyException, InterruptedException {
        String what = "credential helper " + program + " for " + server;
        Process process = start(what);
        try {
            CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> read(process));
            try (OutputStream in = process.getOutputStream()) {
                in.write(server.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended without listening; its exit status tells more than this.
                process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UndecidedException(what + " did not end within " + limit.toSeconds() + " s");
            }
            return credential(what, process.exitValue(), output.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new UndecidedException(what + ": its answer could not be read to its end", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String what) throws UndecidedException {
        try {
            return new ProcessBuilder(program, "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UndecidedException(
                    what + " could not be started; install it, or remove it from docker's config.json", e);
        }
    }

    private static byte[] read(Process process) {
        try {
            byte[] output = process.getInputStream().readNBytes(MAX_OUTPUT_BYTES + 1);
            if (output.length > MAX_OUTPUT_BYTES) {
                process.destroyForcibly();
            }
            return output;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    static Optional<Credential> credential(String what, int exit, byte[] output) throws AirworthyException {
        if (output.length > MAX_OUTPUT_BYTES) {
            throw new UndecidedException(what + " printed more than the allowed " + MAX_OUTPUT_BYTES + " bytes");
        }
        if (exit != 0) {
            if (new String(output, StandardCharsets.UTF_8).strip().equals(NOT_FOUND)) {
                return Optional.empty();
            }
            throw new UndecidedException(what + " failed with exit status " + exit + "; run 'docker login' again");
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
