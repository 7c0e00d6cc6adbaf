package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** The public keys that are believed. They were once given with {@code --key}, which is still accepted. */
final class TrustedKeyOptions {
    static final String OPTION = "--trust";

    @Option(names = OPTION, paramLabel = "NAME=FILE", description = TrustedKeyFiles.DESCRIPTION)
    List<String> named = new ArrayList<>();

    /**
     * Reads the keys.
     *
     * @param older values of {@code --key}
     */
    List<TrustedKey> read(List<String> older, Progress progress) throws AirworthyException {
        List<String> all = new ArrayList<>(named);
        all.addAll(older);
        List<TrustedKey> keys = TrustedKeyFiles.read(OPTION, all);
        if (!older.isEmpty()) {
            progress.say("'--key NAME=FILE' is accepted, and is called '--trust NAME=FILE' now: --key signs");
        }
        return keys;
    }
}
