package io.jenkins.plugins.airworthy.jenkins.ui;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.KeyEntry;
import org.kohsuke.stapler.StaplerRequest2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Changes the list of keys, one person at a time. Refuses names that would not do in an address or in a policy. */
final class KeyEdit {
    /** What a key may be called: it stands in policies, in addresses and in file names. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Addresses below the list of keys that are none of a key. */
    private static final List<String> TAKEN = List.of(
            "administrator",
            "all",
            "choices",
            "credentials",
            "dynamic",
            "generate",
            "importKey",
            "manageable",
            "new",
            "passwordCredentials",
            "trust",
            "useCredential",
            "useHardware",
            "useIdentity");

    private KeyEdit() {}

    static Optional<KeyEntry> find(String name) {
        return AirworthyConfiguration.get().getKeys().stream()
                .filter(key -> key.getName().equals(name))
                .findFirst();
    }

    static String requireNewName(String text) throws InvalidInputException {
        String name = requireName(text);
        if (find(name).isPresent()) {
            throw new InvalidInputException("there is a key '" + name + "' already: choose another name");
        }
        return name;
    }

    static String requireName(String text) throws InvalidInputException {
        String name = text.strip();
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException(
                    "a key's name has letters, digits, '.', '_' and '-' (not first), at most 64");
        }
        if (TAKEN.contains(name)) {
            throw new InvalidInputException("'" + name + "' is the address of a form: choose another name");
        }
        return name;
    }

    /** What a form says that the key is for. */
    static KeyScope scope(StaplerRequest2 request) throws InvalidInputException {
        return KeyScope.of(
                values(request, "roles"),
                text(request, "folders"),
                text(request, "images"),
                values(request, "accepts"));
    }

    static void add(KeyEntry key) throws InvalidInputException {
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        synchronized (configuration) {
            requireNewName(key.getName());
            List<KeyEntry> keys = new ArrayList<>(configuration.getKeys());
            keys.add(key);
            configuration.setKeys(keys);
        }
    }

    /** Changes the key that bears the name now: the page may have found one that was replaced since. */
    static void change(KeyEntry key, Consumer<KeyEntry> change) {
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        synchronized (configuration) {
            change.accept(find(key.getName())
                    .orElseThrow(() ->
                            new IllegalStateException("key '" + key.getName() + "' is gone: nothing was changed")));
            configuration.setKeys(configuration.getKeys());
        }
    }

    /** Makes it the first that is chosen where several would do. */
    static void putFirst(KeyEntry key) {
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        synchronized (configuration) {
            List<KeyEntry> keys = new ArrayList<>(configuration.getKeys());
            if (keys.remove(key)) {
                keys.add(0, key);
                configuration.setKeys(keys);
            }
        }
    }

    /** All that a form sends under one name. */
    static List<String> values(StaplerRequest2 request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? List.of() : List.of(values);
    }

    private static String text(StaplerRequest2 request, String name) {
        String text = request.getParameter(name);
        return text == null ? "" : text;
    }
}
