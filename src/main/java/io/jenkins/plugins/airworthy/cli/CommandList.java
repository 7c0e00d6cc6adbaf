package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The commands by name. A command's class and options are loaded only if it is called: loading all of them would take longer than
 * most verdicts.
 */
enum CommandList {
    BUILD("build", "Build an image from files and publish it."),
    ADOPT("adopt", "Sign provenance of an image that another builder pushed."),
    TEST("test", "Test an image's files and metadata."),
    SCAN("scan", "Scan an image with Trivy."),
    SIGN("sign", "Sign an image."),
    ATTEST("attest", "Sign a statement of your own about an image."),
    VERIFY("verify", "Say whether an image passes a policy."),
    PROMOTE("promote", "Copy an image to another name if it passes a policy."),
    ROLLBACK("rollback", "Bring an earlier image back to a name."),
    REINSTATE("reinstate", "Let an image come back that was rolled back from."),
    HISTORY("history", "Show what was at a name, by the ledger."),
    EVIDENCE("evidence", "List what is attached to an image, and who signed it."),
    EVIDENCE_SHOW("evidence show", "Print a statement that is attached to an image."),
    EVIDENCE_DOWNLOAD("evidence download", "Write statements that are attached to an image into files."),
    EVIDENCE_PRUNE("evidence prune", "Remove evidence that newer evidence replaces."),
    POLICY_CHECK("policy check", "Check that a file is a valid policy."),
    POLICY_EXPLAIN("policy explain", "Say in words what a policy asks for."),
    POLICY_TEST("policy test", "Judge saved images and compare with what is expected."),
    POLICY_WAIVERS("policy waivers", "Propose waivers from an OpenVEX document, or write waivers as one."),
    RECALL_NEW("recall new", "Begin a list of recalls in a file."),
    RECALL_ADD("recall add", "Add a recall to the list in a file."),
    RECALL_LIFT("recall lift", "Lift a recall in the list in a file."),
    RECALL_SHOW("recall show", "Show a list of recalls."),
    RECALL_CHECK("recall check", "Say which recalls of a list are about an image."),
    RECALL_PUBLISH("recall publish", "Sign and publish the next version of a list of recalls."),
    VERIFY_BUNDLE("verify-bundle", "Say who signed a file that is not an image."),
    SIGN_BUNDLE("sign-bundle", "Sign a file that is not an image, without a key."),
    KEY_GENERATE("key generate", "Make a signing key."),
    KEY_IMPORT("key import", "Import a signing key of another program."),
    KEY_SHOW("key show", "Show what a key is."),
    LEDGER_BEGIN("ledger begin", "Begin a new ledger in a folder."),
    LEDGER_VERIFY("ledger verify", "Hash all of a ledger, and compare it with what was seen before."),
    LEDGER_SHOW("ledger show", "List entries of a ledger."),
    LEDGER_PROVE("ledger prove", "Write a proof that an entry is in a ledger."),
    LEDGER_EXPORT("ledger export", "Write all entries of a ledger into a file."),
    LEDGER_CONTINUE("ledger continue", "Go on with a ledger that was cut or restored, or has a wrong time."),
    LEDGER_KEY("ledger key", "Make the key of a ledger."),
    LOGIN("login", "Log in at a registry."),
    LOGOUT("logout", "Remove the credential of a registry."),
    VERSION("version", "Say which build this is.");

    private final String words;
    private final String summary;

    CommandList(String words, String summary) {
        this.words = words;
        this.summary = summary;
    }

    String words() {
        return words;
    }

    String summary() {
        return summary;
    }

    /** How many arguments its name takes. */
    int length() {
        return words.indexOf(' ') < 0 ? 1 : 2;
    }

    /** The command that the first arguments name: the longest match. */
    static Optional<CommandList> find(List<String> arguments) {
        return Arrays.stream(values())
                .filter(entry -> arguments.size() >= entry.length()
                        && String.join(" ", arguments.subList(0, entry.length()))
                                .equals(entry.words))
                .max(Comparator.comparingInt(CommandList::length));
    }

    /** The names of all commands. */
    static List<String> names() {
        return Arrays.stream(values()).map(CommandList::words).toList();
    }

    /** The commands whose names begin with this word and have another. */
    static List<String> group(String word) {
        return names().stream().filter(name -> name.startsWith(word + " ")).toList();
    }

    /** Whether the word begins the names of several commands, as {@code key} does. */
    static boolean isGroup(String word) {
        return !group(word).isEmpty();
    }

    /** A new command, called with nothing yet. */
    Command command() {
        return (Command) made();
    }

    /** A command as an object: to see that each of them is one, Java's verifier would load them all. */
    private Object made() {
        return switch (this) {
            case BUILD -> new BuildCommand();
            case ADOPT -> new AdoptCommand();
            case TEST -> new TestCommand();
            case SCAN -> new ScanCommand();
            case SIGN -> new SignCommand();
            case ATTEST -> new AttestCommand();
            case VERIFY -> new VerifyCommand();
            case PROMOTE -> new PromoteCommand();
            case ROLLBACK -> new RollbackCommand();
            case REINSTATE -> new ReinstateCommand();
            case HISTORY -> new HistoryCommand();
            case EVIDENCE -> new EvidenceCommand();
            case EVIDENCE_SHOW -> new EvidenceShowCommand();
            case EVIDENCE_DOWNLOAD -> new EvidenceDownloadCommand();
            case EVIDENCE_PRUNE -> new EvidencePruneCommand();
            case POLICY_CHECK -> new PolicyCheckCommand();
            case POLICY_EXPLAIN -> new PolicyExplainCommand();
            case POLICY_TEST -> new PolicyTestCommand();
            case POLICY_WAIVERS -> new PolicyWaiversCommand();
            case RECALL_NEW -> new RecallNewCommand();
            case RECALL_ADD -> new RecallAddCommand();
            case RECALL_LIFT -> new RecallLiftCommand();
            case RECALL_SHOW -> new RecallShowCommand();
            case RECALL_CHECK -> new RecallCheckCommand();
            case RECALL_PUBLISH -> new RecallPublishCommand();
            case VERIFY_BUNDLE -> new VerifyBundleCommand();
            case SIGN_BUNDLE -> new SignBundleCommand();
            case KEY_GENERATE -> new KeyGenerateCommand();
            case KEY_IMPORT -> new KeyImportCommand();
            case KEY_SHOW -> new KeyShowCommand();
            case LEDGER_BEGIN -> new LedgerBeginCommand();
            case LEDGER_VERIFY -> new LedgerVerifyCommand();
            case LEDGER_SHOW -> new LedgerShowCommand();
            case LEDGER_PROVE -> new LedgerProveCommand();
            case LEDGER_EXPORT -> new LedgerExportCommand();
            case LEDGER_CONTINUE -> new LedgerContinueCommand();
            case LEDGER_KEY -> new LedgerKeyCommand();
            case LOGIN -> new LoginCommand();
            case LOGOUT -> new LogoutCommand();
            case VERSION -> new VersionCommand();
        };
    }

    /** The program and the words of the command. */
    private String call() {
        return "airworthy " + words;
    }

    /** The command, called with these words after its name. */
    Command parse(List<String> arguments) throws InvalidInputException {
        Command command = command();
        requireFit(command, ArgumentParser.read(command, arguments));
        return command;
    }

    void requireFit(Command command, ArgumentParser read) throws InvalidInputException {
        try {
            read.requireFit(command);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.getMessage() + "; '" + call() + " --help' shows how to call it", e);
        }
    }

    String help(int width) {
        return CommandHelp.of(call(), summary, command(), width);
    }
}
