package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.List;
import java.util.Optional;

/**
 * A value that may be given in three places. An option wins over an environment variable, and that over the configuration file.
 *
 * @param origin where it was given, for errors
 */
record Setting(String origin, String value) {
    static final String POLICY = "AIRWORTHY_POLICY";
    static final String TRUSTED_ROOT = "AIRWORTHY_TRUSTED_ROOT";
    static final String TRUST = "AIRWORTHY_TRUST";
    static final String KEY = "AIRWORTHY_KEY";
    static final String RECALLS = "AIRWORTHY_RECALLS";
    static final String RECALLS_KEY = "AIRWORTHY_RECALLS_KEY";
    static final String RECALLS_STATE = "AIRWORTHY_RECALLS_STATE";
    static final String LEDGER = "AIRWORTHY_LEDGER";
    static final String LEDGER_KEY = "AIRWORTHY_LEDGER_KEY";

    static Optional<Setting> policy(Optional<String> option, CommandEnvironment environment) throws AirworthyException {
        return of("--policy", option, POLICY, ConfigFile.POLICY, environment);
    }

    static Optional<Setting> trustedRoot(Optional<String> option, CommandEnvironment environment)
            throws AirworthyException {
        return of(TrustedRootFile.OPTION, option, TRUSTED_ROOT, ConfigFile.TRUSTED_ROOT, environment);
    }

    /** The private key to sign with. */
    static Optional<Setting> key(Optional<String> option, CommandEnvironment environment) throws AirworthyException {
        return of("--key", option, KEY, ConfigFile.KEY, environment);
    }

    /** The list of recalls. */
    static Optional<Setting> recalls(Optional<String> option, CommandEnvironment environment)
            throws AirworthyException {
        return of("--recalls", option, RECALLS, ConfigFile.RECALLS, environment);
    }

    /** The keys that may sign the list of recalls. */
    static List<Setting> recallsKeys(List<String> options, CommandEnvironment environment) throws AirworthyException {
        return options.isEmpty()
                ? of("--recalls-key", Optional.empty(), RECALLS_KEY, ConfigFile.RECALLS_KEY, environment).stream()
                        .toList()
                : options.stream()
                        .map(value -> new Setting("--recalls-key", value))
                        .toList();
    }

    /** The folder with the versions that were seen. */
    static Optional<Setting> recallsState(Optional<String> option, CommandEnvironment environment)
            throws AirworthyException {
        return of("--recalls-state", option, RECALLS_STATE, ConfigFile.RECALLS_STATE, environment);
    }

    /** The ledger: a folder, or the URL of a published one. */
    static Optional<Setting> ledger(Optional<String> option, CommandEnvironment environment) throws AirworthyException {
        return of(HistoryOptions.LEDGER, option, LEDGER, ConfigFile.LEDGER, environment);
    }

    /** The ledger's key: the private one, or the public one of a published ledger. */
    static Optional<Setting> ledgerKey(Optional<String> option, CommandEnvironment environment)
            throws AirworthyException {
        return of(HistoryOptions.KEY, option, LEDGER_KEY, ConfigFile.LEDGER_KEY, environment);
    }

    private static Optional<Setting> of(
            String option, Optional<String> given, String variable, String member, CommandEnvironment environment)
            throws AirworthyException {
        if (given.isPresent()) {
            return given.map(value -> new Setting(option, value));
        }
        Optional<String> exported = environment.variable(variable).filter(text -> !text.isBlank());
        if (exported.isPresent()) {
            return exported.map(value -> new Setting(variable, value));
        }
        Optional<ConfigFile> file = ConfigFile.read(environment);
        return file.flatMap(config -> config.value(member));
    }

    InputFile file() throws InvalidInputException {
        return InputFile.of(origin, value);
    }
}
