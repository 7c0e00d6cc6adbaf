package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.HomeFolder;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.RecallLists;
import io.jenkins.plugins.airworthy.gate.RecallSource;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.sign.document.SeenVersions;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The list of recalls, the keys that may sign it, and where the versions that were seen are remembered. */
final class RecallOptions extends Options {
    private static final String KEY = "--recalls-key";
    private static final String STATE = "--recalls-state";

    private final Argument list = optional(
            "--recalls",
            "REF",
            "The list of recalls by which images are judged too: its repository, or one with the tag that its publisher moves.");

    private final Argument keys =
            repeated(KEY, "FILE", "A public key (PEM) that may sign the list of recalls. May be given several times.");

    private final Argument state = optional(
            STATE,
            "FOLDER",
            "Where the highest version of the list that was seen is remembered; default: airworthy/seen below"
                    + " XDG_STATE_HOME, else below ~/.local/state.");

    /** The gate, with the list if one is given. */
    Gate judging(Gate gate, CommandEnvironment environment) throws AirworthyException {
        Optional<RecallLists> lists = lists(environment);
        return lists.isEmpty() ? gate : gate.withRecalls(lists.get());
    }

    Optional<RecallLists> lists(CommandEnvironment environment) throws AirworthyException {
        Optional<Setting> named = Setting.recalls(list.value(), environment);
        if (named.isEmpty()) {
            if (keys.given() || state.given()) {
                throw new InvalidInputException(
                        KEY + " and " + STATE + " are for a list of recalls, which is not given: add --recalls REF");
            }
            return Optional.empty();
        }
        if (RecallList.isFile(named.get().value())) {
            throw new InvalidInputException(
                    named.get().origin() + " " + named.get().value()
                            + ": is a file, and a list is read where it was published: name its repository");
        }
        return Optional.of(of(named.get().value(), environment));
    }

    /** The list with this name. */
    RecallLists of(String reference, CommandEnvironment environment) throws AirworthyException {
        RecallSource source = new RecallSource(ImageReference.parse(reference), trusted(environment));
        if (source.keys().isEmpty()) {
            throw new InvalidInputException("no key is given that may sign the list of recalls: add " + KEY + " FILE");
        }
        return new RecallLists(List.of(source), new SeenVersions(stateFolder(environment)));
    }

    /** The keys that may sign a list. */
    List<TrustedKey> trusted(CommandEnvironment environment) throws AirworthyException {
        List<TrustedKey> trusted = new ArrayList<>();
        for (Setting key : Setting.recallsKeys(keys.values(), environment)) {
            byte[] pem = key.file().read(TrustedKeyFiles.MAX_BYTES);
            trusted.add(new TrustedKey("recalls", VerificationKey.parse(pem, key.origin() + " " + key.value())));
        }
        return trusted;
    }

    private Path stateFolder(CommandEnvironment environment) throws AirworthyException {
        Optional<Setting> named = Setting.recallsState(state.value(), environment);
        if (named.isPresent()) {
            return named.get().file().path();
        }
        Optional<Path> base = environment.variable("XDG_STATE_HOME").flatMap(HomeFolder::absolute);
        return (base.isPresent()
                        ? base.get()
                        : HomeFolder.required(environment.variables(), STATE).resolve(".local/state"))
                .resolve("airworthy/seen");
    }
}
