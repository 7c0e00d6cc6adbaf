package io.jenkins.plugins.airworthy.jenkins.ui.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Name;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyStates;
import org.kohsuke.stapler.StaplerRequest2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Changes the list of keys, one person at a time. Refuses names that are not valid in an address or in a policy. */
public final class KeyEdit {
    private KeyEdit() {}

    public static Optional<KeyEntry> find(String name) {
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

    public static String requireName(String text) throws InvalidInputException {
        return Name.require(text.strip(), "a key");
    }

    /** The scope of the key in a form. */
    static KeyScope scope(StaplerRequest2 request) throws InvalidInputException {
        return KeyScope.of(
                values(request, "roles"),
                text(request, "folders"),
                text(request, "images"),
                values(request, "accepts"));
    }

    /** A key that was retired or revoked before, under any name, keeps that state. */
    static void add(KeyEntry key) throws AirworthyException {
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        synchronized (configuration) {
            requireNewName(key.getName());
            KeyStates states = KeyStates.of(configuration.getKeys(), EndedKeys.current());
            key.setEnded(states.ended(key));
            key.setState(states.of(key));
            List<KeyEntry> keys = new ArrayList<>(configuration.getKeys());
            keys.add(key);
            configuration.changeKeys(keys);
        }
    }

    /** Changes the key that has the name now: the key that the page found may have been replaced since. */
    static void change(KeyEntry key, Consumer<KeyEntry> change) {
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        synchronized (configuration) {
            change.accept(find(key.getName())
                    .orElseThrow(() ->
                            new IllegalStateException("key '" + key.getName() + "' is gone: nothing was changed")));
            configuration.changeKeys(configuration.getKeys());
        }
    }

    /** Makes it the first choice if several keys fit. */
    static void putFirst(KeyEntry key) {
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        synchronized (configuration) {
            List<KeyEntry> keys = new ArrayList<>(configuration.getKeys());
            if (keys.remove(key)) {
                keys.add(0, key);
                configuration.changeKeys(keys);
            }
        }
    }

    /** All values that a form sends under one name. */
    public static List<String> values(StaplerRequest2 request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? List.of() : List.of(values);
    }

    private static String text(StaplerRequest2 request, String name) {
        String text = request.getParameter(name);
        return text == null ? "" : text;
    }
}
