package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import io.jenkins.plugins.airworthy.image.registry.credential.RegistryNames;
import io.jenkins.plugins.airworthy.image.registry.credential.StoredCredentials;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code login}: tries a password at a registry, and keeps it where Docker and Podman look for it too. */
final class LoginCommand extends Command {
    private final Argument registry = parameter("REGISTRY", "The registry, with its port if it has one.");

    private final Argument user = required("--username", "NAME", "The user.").alias("-u");

    private final Argument fromInput = flag(
            LoginPassword.STANDARD_INPUT,
            "Read the password or the token from standard input; without it, a person at a terminal is asked.");

    /** Refused with better words than an unknown option. */
    private final Argument password =
            optional("--password", "PASSWORD", "").alias("-p").hidden();

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy login registry.example.com:5000 --username alice \\",
                "      --registry-ca registry.example.com:5000=ca.pem",
                "  cat token.txt | \\",
                "      airworthy login registry.example.com --username ci --password-stdin");
    }

    @Override
    String afterStop() {
        return "The file of credentials is as it was, or has the new one";
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        if (password.given()) {
            throw new InvalidInputException("a password is never an argument, which others on this machine can see and"
                    + " shells keep: change it, and write it to standard input with " + LoginPassword.STANDARD_INPUT);
        }
        String host = RegistrySettings.of(RegistryNames.host(registry.text())).host();
        StoredCredentials stored = registries.stored(environment);
        List<String> cautions = new ArrayList<>();
        stored.exposure()
                .ifPresent(cautions::add); // also refuses a file that cannot be looked at, before anybody types
        Credential.Password given = LoginPassword.of(user.text(), fromInput.given(), host, environment);
        boolean asked;
        try {
            asked = registries
                    .registries(environment, any -> any.equals(host) ? Optional.of(given) : Optional.empty())
                    .logsIn(host);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.getMessage() + "; nothing was kept", e);
        }
        StoredCredentials.Place place = stored.store(host, given);
        if (!asked) {
            cautions.add("the registry lets everybody in at /v2/, so that the password could not be tried");
        }
        try {
            stored.firstWith(host, given)
                    .ifPresent(
                            file -> cautions.add(file + " has another credential for this registry and is read first;"
                                    + " 'airworthy logout' removes it"));
        } catch (AirworthyException e) {
            cautions.add(e.getMessage()); // the credential is kept all the same
        }
        return report(host, asked, place, cautions);
    }

    private Report report(String host, boolean asked, StoredCredentials.Place place, List<String> cautions) {
        ObjectNode document = StrictJson.object()
                .put("schemaVersion", 1)
                .put("registry", host)
                .put("username", user.text())
                .put("accepted", asked)
                .put("file", place.file().toString());
        place.helper().ifPresent(helper -> document.put("helper", helper));
        cautions.forEach(document.putArray("cautions")::add);
        return Report.done(document, page -> {
            page.line(
                    TextStyle.GOOD,
                    "logged in ",
                    "at " + host + " as " + user.text() + (asked ? ", which the registry accepted" : ""));
            page.line("  "
                    + place.helper()
                            .map(helper -> "kept by docker-credential-" + helper + ", as " + place.file() + " says")
                            .orElse("kept in " + place.file() + ", as base64, which is not encrypted: who can read"
                                    + " this file has the password. A credential helper (credsStore in that file)"
                                    + " keeps it better"));
            cautions.forEach(caution -> page.line(TextStyle.CAUTION, "  caution ", caution));
        });
    }
}
