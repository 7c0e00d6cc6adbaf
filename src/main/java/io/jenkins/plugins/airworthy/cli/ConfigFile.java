package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.OwnFile;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.sign.pkcs11.Pkcs11Uri;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The user's configuration file: files for options that are not given. Strict YAML; refuses unknown keys, so also passwords, and a
 * file that others may write, since it says whom to believe. Relative names are relative to its folder.
 */
record ConfigFile(Path path, Map<String, String> files, List<String> trust) {
    static final String POLICY = "policy";
    static final String TRUSTED_ROOT = "trustedRoot";
    static final String KEY = "key";
    static final String LEDGER = "ledger";
    static final String LEDGER_KEY = "ledgerKey";
    private static final String TRUST = "trust";
    static final String RECALLS = "recalls";
    static final String RECALLS_KEY = "recallsKey";
    static final String RECALLS_STATE = "recallsState";
    private static final Set<String> MEMBERS =
            Set.of(POLICY, TRUSTED_ROOT, KEY, LEDGER, LEDGER_KEY, TRUST, RECALLS, RECALLS_KEY, RECALLS_STATE);
    private static final int MAX_BYTES = 64 * 1024;

    /** Reads the file, if there is one. */
    static Optional<ConfigFile> read(CommandEnvironment environment) throws AirworthyException {
        Optional<Path> path = path(environment);
        if (path.isEmpty() || Files.notExists(path.get())) {
            return Optional.empty();
        }
        // The checked file is the one that is read, also where the name is a link.
        byte[] yaml = new InputFile("configuration file", requireOwn(path.get())).read(MAX_BYTES);
        return Optional.of(parse(yaml, path.get()));
    }

    /** The file itself and the files that it names, as far as it can be read; a command that needs it says why it cannot. */
    static List<String> named(CommandEnvironment environment) {
        List<String> named = new ArrayList<>();
        try {
            path(environment).map(Path::toString).ifPresent(named::add);
            read(environment).ifPresent(file -> {
                named.addAll(file.files().values());
                named.addAll(file.trust());
            });
        } catch (AirworthyException e) {
            return named;
        }
        return named;
    }

    /** Below {@code XDG_CONFIG_HOME} if that is absolute, else below {@code ~/.config}. */
    private static Optional<Path> path(CommandEnvironment environment) throws InvalidInputException {
        try {
            return environment
                    .variable("XDG_CONFIG_HOME")
                    .map(Path::of)
                    .filter(Path::isAbsolute)
                    .or(() -> environment
                            .variable("HOME")
                            .map(Path::of)
                            .filter(Path::isAbsolute)
                            .map(home -> home.resolve(".config")))
                    .map(folder -> folder.resolve("airworthy").resolve("config.yaml"));
        } catch (InvalidPathException e) {
            throw new InvalidInputException("XDG_CONFIG_HOME or HOME is not the name of a folder", e);
        }
    }

    /** Returns the file without links. Its own folder is checked too: others who may write there could exchange a link. */
    private static Path requireOwn(Path path) throws AirworthyException {
        try {
            Path real = path.toRealPath();
            if (!OwnFile.is(real) || !OwnFile.is(path.getParent().toRealPath())) {
                throw new InvalidInputException(
                        path + ": others than you and root may write this file or a folder above"
                                + " it, and it says whom to believe; take that from them with chmod go-w");
            }
            return real;
        } catch (IOException e) {
            throw new UndecidedException(path + ": could not be read", e);
        }
    }

    private static ConfigFile parse(byte[] yaml, Path path) throws InvalidInputException {
        YamlValue root = StrictYaml.parse(yaml, path.toString());
        Map<String, YamlValue> members = root.mapOf(MEMBERS);
        Map<String, String> files = new LinkedHashMap<>();
        List<String> trust = new ArrayList<>();
        for (Map.Entry<String, YamlValue> member : members.entrySet()) {
            if (member.getKey().equals(TRUST)) {
                for (Map.Entry<String, YamlValue> key : member.getValue().map().entrySet()) {
                    trust.add(key.getKey() + "=" + file(key.getValue(), path));
                }
            } else if (member.getKey().equals(RECALLS)) {
                files.put(RECALLS, member.getValue().text());
            } else {
                files.put(member.getKey(), file(member.getValue(), path));
            }
        }
        return new ConfigFile(path, files, trust);
    }

    private static String file(YamlValue value, Path config) throws InvalidInputException {
        String text = value.text();
        try {
            if (!text.isBlank()) {
                return Pkcs11Uri.isMeant(text) || HistoryOptions.isUrl(text)
                        ? text
                        : config.resolveSibling(text).toString();
            }
        } catch (InvalidPathException e) {
            throw value.error("is not a file name");
        }
        throw value.error("names no file");
    }

    Optional<Setting> value(String member) {
        return Optional.ofNullable(files.get(member)).map(value -> new Setting(path + ": " + member, value));
    }
}
