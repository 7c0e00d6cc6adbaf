package io.jenkins.plugins.airworthy.jenkins.ui.key;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyStates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The states of the keys as pages show them, with warnings and notices. */
final class KeyNotices {
    private final List<KeyEntry> keys;
    private final Set<String> asCode;
    private final KeyStates states;
    private final Optional<String> unreadable;

    private KeyNotices(List<KeyEntry> keys, Set<String> asCode, KeyStates states, Optional<String> unreadable) {
        this.keys = keys;
        this.asCode = asCode;
        this.states = states;
        this.unreadable = unreadable;
    }

    static KeyNotices current() {
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        return of(configuration.getKeys(), configuration.getKeysAsCode(), EndedKeys.current());
    }

    static KeyNotices of(List<KeyEntry> keys, Set<String> asCode, EndedKeys ended) {
        try {
            return new KeyNotices(keys, asCode, KeyStates.of(keys, ended), Optional.empty());
        } catch (UndecidedException e) {
            return new KeyNotices(keys, asCode, KeyStates.configured(keys), Optional.of(e.getMessage()));
        }
    }

    KeyStates states() {
        return states;
    }

    /** Warnings: the record cannot be read, or the configuration contradicts it. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>(unreadable.stream().toList());
        keys.forEach(key -> states.contradiction(key).ifPresent(warnings::add));
        return warnings;
    }

    List<String> warnings(KeyEntry key) {
        List<String> warnings = new ArrayList<>(unreadable.stream().toList());
        states.contradiction(key).ifPresent(warnings::add);
        return warnings;
    }

    /** What happens to changes on the list's page; empty if no key came from configuration as code. */
    String advice() {
        if (asCode.isEmpty()) {
            return "";
        }
        String kept = keys.stream()
                .filter(key -> key.isMadeHere() && !asCode.contains(key.getName()))
                .map(KeyEntry::getName)
                .collect(Collectors.joining(", "));
        return "Keys are managed as code: roles, order and keys that are changed here last until the configuration is applied"
                + " again, at the next restart at the latest. Retired and revoked keys stay so, whatever the code says, and a"
                + " key that is generated or imported here stays until an administrator removes it."
                + (kept.isEmpty() ? "" : " Not in the code: " + kept + ".");
    }

    /** The same for one key. */
    String advice(KeyEntry key) {
        if (key.isKeyless()) {
            return "This entry has no public key that identifies it: only the configuration says whether it is retired or"
                    + " revoked" + (asCode.contains(key.getName()) ? ", so change it in the code too" : "")
                    + ". To stop believing the identity, remove it from the policies.";
        }
        return asCode.contains(key.getName())
                ? "This key is managed as code: changes made here last until the configuration is applied again, at the next"
                        + " restart at the latest. Retiring or revoking it is permanent; change its state in the code too."
                : "";
    }
}
