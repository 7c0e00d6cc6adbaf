package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.List;
import java.util.Optional;

/** The texts that explain the program. */
final class Help {
    private Help() {}

    static String version() {
        return Optional.ofNullable(Help.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    /** The text about the command that these words name; about all commands if there are no words. */
    static String about(List<String> words) throws InvalidInputException {
        Optional<Catalogue> entry = Catalogue.find(words);
        if (entry.isPresent()) {
            return entry.get().parser().getUsageMessage();
        }
        if (words.isEmpty() || Catalogue.isGroup(words.get(0))) {
            return overview();
        }
        throw noSuchCommand(words);
    }

    static InvalidInputException noSuchCommand(List<String> words) {
        String called =
                String.join(" ", words.subList(0, Math.min(words.size(), Catalogue.isGroup(words.get(0)) ? 2 : 1)));
        return new InvalidInputException("'" + called + "' is not a command: 'airworthy --help' lists all commands");
    }

    static String overview() {
        StringBuilder commands = new StringBuilder();
        for (Catalogue entry : Catalogue.values()) {
            commands.append("  %-14s %s%n".formatted(entry.words(), entry.summary()));
        }
        return """
                Usage: airworthy COMMAND [OPTIONS]

                Builds, tests, scans and signs container images, and promotes only those whose evidence passes a policy.

                Commands:
                %s
                'airworthy help COMMAND' explains one of them, with examples.

                Images are named in full: registry.example.com/team/app:1.2, the same with @sha256:..., or
                oci:folder:tag for an OCI image layout folder.

                Exit status:
                  0  done; for verify and promote: the policy passed
                  1  refused by the policy; for test: a test failed; for verify-bundle: not verified
                  2  wrong use or bad input
                  3  could not be decided (registry, tool or file system); nothing was promoted
                  130, 143  interrupted; nothing is left half done

                Environment:
                  AIRWORTHY_KEY_PASSWORD  the password of a signing key; COSIGN_PASSWORD is read too. Without either,
                                          a person at a terminal is asked.
                  AIRWORTHY_IDENTITY_TOKEN  the identity token to sign with --keyless; SIGSTORE_ID_TOKEN is read too.
                  AIRWORTHY_DEBUG         set to 1, adds the stack trace to a failure
                  NO_COLOR                set to anything, keeps colours off a terminal
                """.formatted(commands);
    }
}
