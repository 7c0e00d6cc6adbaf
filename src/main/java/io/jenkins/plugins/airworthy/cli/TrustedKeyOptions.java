package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The public keys that are believed. They were once given with {@code --key}, which is still accepted. */
final class TrustedKeyOptions extends Options {
    static final String OPTION = "--trust";

    private final Argument named = repeated(OPTION, "NAME=FILE", TrustedKeyFiles.DESCRIPTION);

    /**
     * Reads the keys.
     *
     * @param older values of {@code --key}
     */
    List<TrustedKey> read(List<String> older, CommandEnvironment environment, Progress progress)
            throws AirworthyException {
        List<String> all = new ArrayList<>(named.values());
        all.addAll(older);
        if (!older.isEmpty()) {
            progress.say("'--key NAME=FILE' is accepted, and is called '--trust NAME=FILE' now: --key signs");
        }
        return all.isEmpty() ? unasked(environment) : TrustedKeyFiles.read(OPTION, all);
    }

    /** The keys of the environment variable, else those of the configuration file. */
    private static List<TrustedKey> unasked(CommandEnvironment environment) throws AirworthyException {
        Optional<String> exported = environment.variable(Setting.TRUST).filter(text -> !text.isBlank());
        if (exported.isPresent()) {
            return TrustedKeyFiles.read(
                    Setting.TRUST, List.of(exported.get().split(Pattern.quote(File.pathSeparator), -1)));
        }
        Optional<ConfigFile> file = ConfigFile.read(environment);
        return file.isEmpty()
                ? List.of()
                : TrustedKeyFiles.read(file.get().path() + ": trust", file.get().trust());
    }
}
