package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.evidence.Observer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy says of trust for all its rules; a rule's own {@code trust} takes the place of each part that it names.
 * Refuses a rule whose trust, after that, names no keys or no observer.
 */
public record TrustReader(Optional<Set<String>> keys, Optional<Observer> observed) {
    private static final String TRUST = "trust";
    private static final Set<String> PARTS = Set.of("keys", "identities", "observed");

    /** Reads the policy's own trust, which may be absent when every rule names its own. */
    public static TrustReader read(YamlValue spec) throws InvalidInputException {
        return new TrustReader(Optional.empty(), Optional.empty()).overriddenBy(spec);
    }

    Set<String> keys(YamlValue rule) throws InvalidInputException {
        return overriddenBy(rule)
                .keys
                .orElseThrow(() ->
                        rule.error("nobody is trusted for this: name keys in 'trust' of the rule or of the policy"));
    }

    Trust of(YamlValue rule) throws InvalidInputException {
        Observer observer = overriddenBy(rule)
                .observed
                .orElseThrow(() ->
                        rule.error("no least observer: name 'observed' in 'trust' of the rule or of the policy, one of "
                                + List.of(Observer.values())));
        return new Trust(keys(rule), observer);
    }

    private TrustReader overriddenBy(YamlValue holder) throws InvalidInputException {
        Optional<YamlValue> trust = holder.optional(TRUST);
        if (trust.isEmpty()) {
            return this;
        }
        if (trust.get().mapOf(PARTS).isEmpty()) {
            throw trust.get().error("names nobody");
        }
        Optional<YamlValue> identities = trust.get().optional("identities");
        if (identities.isPresent()) {
            throw identities.get().error("'identities' is not available yet; name keys");
        }
        Optional<YamlValue> written = trust.get().optional("keys");
        Optional<YamlValue> observer = trust.get().optional("observed");
        return new TrustReader(
                written.isEmpty() ? keys : Optional.of(names(written.get())),
                observer.isEmpty()
                        ? observed
                        : Optional.of(Scalars.word(observer.get(), Observer::of, List.of(Observer.values()))));
    }

    private static Set<String> names(YamlValue keys) throws InvalidInputException {
        Set<String> names = new LinkedHashSet<>();
        for (YamlValue key : Scalars.some(keys)) {
            if (!names.add(Scalars.name(key))) {
                throw key.error("named twice");
            }
        }
        return names;
    }
}
