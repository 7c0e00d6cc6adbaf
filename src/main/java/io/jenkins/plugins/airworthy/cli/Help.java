package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.List;
import java.util.Optional;

/** The texts that explain the program. */
final class Help {
    private Help() {}

    static String version() {
        return packagedVersion().orElse("(not packaged)");
    }

    static Optional<String> packagedVersion() {
        return Optional.ofNullable(Help.class.getPackage().getImplementationVersion());
    }

    /** The text about the command that these words name; about all commands if there are no words. */
    static String about(List<String> words) throws InvalidInputException {
        return about(words, PageWidth.DEFAULT);
    }

    static String about(List<String> words, int width) throws InvalidInputException {
        Optional<CommandList> entry = CommandList.find(words);
        if (entry.isPresent()) {
            return entry.get().help(width);
        }
        if (words.isEmpty() || (words.size() == 1 && CommandList.isGroup(words.get(0)))) {
            return overview(width);
        }
        throw noSuchCommand(words);
    }

    /** A script that takes the name of an image for an option must not read help as a verdict. */
    static InvalidInputException besideOthers(Optional<String> misfit) {
        return new InvalidInputException(misfit.map(why -> why + "; ").orElse("")
                + "--help stands beside other arguments, so nothing was decided: leave those out to read"
                + " the help, or write -- before an argument that begins with a dash and is no option");
    }

    static InvalidInputException noSuchCommand(List<String> words) {
        List<String> group = CommandList.group(words.get(0));
        if (!group.isEmpty() && words.size() == 1) {
            return new InvalidInputException(
                    "'" + words.get(0) + "' alone is not a command: write one of " + String.join(", ", group));
        }
        String called = String.join(" ", words.subList(0, Math.min(words.size(), group.isEmpty() ? 1 : 2)));
        String two = String.join(" ", words.subList(0, Math.min(words.size(), 2)));
        String question = Suggestion.question(called, CommandList.names());
        return new InvalidInputException(
                Argument.quoted(called) + " is not a command: 'airworthy --help' lists all commands"
                        + (question.isEmpty() ? Suggestion.question(two, CommandList.names()) : question));
    }

    /** Refuses a second word that is no image and looks like that of another command: {@code evidence sho}. */
    static void refuseMistyped(CommandList called, List<String> words) throws InvalidInputException {
        if (called.length() > 1 || words.size() < 2 || !words.get(1).matches("[A-Za-z-]{2,20}")) {
            return;
        }
        List<String> seconds = CommandList.group(words.get(0)).stream()
                .map(name -> name.substring(name.indexOf(' ') + 1))
                .toList();
        Optional<String> meant = words.get(1).startsWith("-") ? Optional.empty() : Suggestion.of(words.get(1), seconds);
        if (meant.isPresent()) {
            String two = words.get(0) + " ";
            throw new InvalidInputException("'" + two + words.get(1)
                    + "' is neither a command nor an image; did you mean '" + two + meant.get() + "'?");
        }
    }

    static String overview() {
        return overview(PageWidth.DEFAULT);
    }

    static String overview(int width) {
        StringBuilder commands = new StringBuilder();
        for (CommandList entry : CommandList.values()) {
            commands.append("  %-17s %s%n".formatted(entry.words(), entry.summary()));
        }
        String text = """
                Usage: airworthy COMMAND [OPTIONS]

                Builds, tests, scans and signs container images, and promotes only those whose evidence passes a policy.

                Commands:
                %s
                'airworthy help COMMAND' explains one of them, with examples. -q, --format, --timeout, --debug and --help may also \
                stand before the command.

                Images are named in full: registry.example.com/team/app:1.2, the same with @sha256:..., or \
                oci:folder:tag for an OCI image layout folder.

                Exit status:
                  0  done; for verify and promote: the policy passed
                  1  refused by the policy; for test: a test failed; for verify-bundle: not verified
                  2  wrong use or bad input; for build: a line of the Dockerfile failed
                  3  could not be decided (registry, tool, file system or --timeout); nothing was promoted
                  130, 143  interrupted; nothing is left half done

                Environment:
                  AIRWORTHY_KEY_PASSWORD  the password of a signing key; COSIGN_PASSWORD is read too. Without either, \
                a person at a terminal is asked.
                  AIRWORTHY_IDENTITY_TOKEN  the identity token to sign with --keyless; SIGSTORE_ID_TOKEN is read too.
                  AIRWORTHY_POLICY        a file for --policy
                  AIRWORTHY_TRUST         NAME=FILE for --trust; several with a colon between them
                  AIRWORTHY_TRUSTED_ROOT  a file for --trusted-root
                  AIRWORTHY_KEY           a file for --key, where that signs
                  AIRWORTHY_LEDGER        a folder or URL for --ledger
                  AIRWORTHY_LEDGER_KEY    a file for --ledger-key
                  AIRWORTHY_LEDGER_KEY_PASSWORD  the password of a ledger's key; default: that of a signing key
                  AIRWORTHY_RECALLS       a list for --recalls
                  AIRWORTHY_RECALLS_KEY   a file for --recalls-key
                  AIRWORTHY_RECALLS_STATE  a folder for --recalls-state
                  AIRWORTHY_DEBUG         set to 1, does what --debug does
                  COLUMNS                 the width of help, from 40 to 120; default: that of the terminal
                  NO_COLOR                set to anything, keeps colours off a terminal

                An option wins over its variable, and that over the file ~/.config/airworthy/config.yaml (below \
                XDG_CONFIG_HOME if that is set), which may have policy, trust, trustedRoot, key, \
                ledger, ledgerKey, recalls, recallsKey and recallsState.
                """.formatted(commands);
        return PageWidth.wrap(text, width);
    }
}
