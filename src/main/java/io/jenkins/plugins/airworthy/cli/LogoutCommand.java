package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.credential.RegistryNames;
import io.jenkins.plugins.airworthy.image.registry.credential.StoredCredentials;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code logout}: removes the credential of a registry from where it is kept. */
final class LogoutCommand extends Command {
    private final Argument registry = parameter("REGISTRY", "The registry, with its port if it has one.");

    private final Argument dockerConfig = optional(
            RegistryOptions.DOCKER_CONFIG,
            "FOLDER",
            "Only from config.json in this folder; default: all files that are read for credentials.");

    @Override
    List<String> examples() {
        return List.of("  airworthy logout registry.example.com");
    }

    @Override
    String afterStop() {
        return "A file of credentials is as it was, or without the one of this registry";
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        String host = RegistrySettings.of(RegistryNames.host(registry.text())).host();
        StoredCredentials stored = RegistryOptions.stored(dockerConfig.value(), environment);
        List<StoredCredentials.Place> places = stored.erase(host);
        Optional<Path> left = stored.stillIn(host);
        ObjectNode document = StrictJson.object().put("schemaVersion", 1).put("registry", host);
        ArrayNode removed = document.putArray("removed");
        for (StoredCredentials.Place place : places) {
            ObjectNode entry = removed.addObject().put("file", place.file().toString());
            place.helper().ifPresent(helper -> entry.put("helper", helper));
        }
        left.ifPresent(file -> document.put("left", file.toString()));
        return Report.done(document, page -> {
            page.line(
                    TextStyle.GOOD,
                    "logged out ",
                    places.isEmpty() ? "of " + host + ": there was no credential" : "of " + host);
            places.forEach(place -> page.line("  removed from "
                    + place.helper()
                            .map(helper -> "docker-credential-" + helper + ", which " + place.file() + " names")
                            .orElse(place.file().toString())));
            left.ifPresent(file -> page.line(
                    TextStyle.CAUTION,
                    "  caution ",
                    file + " still leads to a credential for this registry, or for a part of it; it is kept"));
        });
    }
}
