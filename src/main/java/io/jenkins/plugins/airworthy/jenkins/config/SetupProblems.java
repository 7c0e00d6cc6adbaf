package io.jenkins.plugins.airworthy.jenkins.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialUse;
import io.jenkins.plugins.airworthy.jenkins.config.credential.SystemCredentials;
import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyStates;
import io.jenkins.plugins.airworthy.policy.Policy;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Problems of the configuration: settings that cannot work, or contradict the record of ended keys, each in a sentence for an
 * administrator. Credentials and files may come later than our configuration, so each call checks again, and not only the start.
 */
public final class SetupProblems {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final long since = System.nanoTime();
    private final List<String> found = new ArrayList<>();

    private SetupProblems() {}

    static SetupProblems of(AirworthyConfiguration configuration) {
        return of(
                configuration.getKeys(),
                configuration.getPolicies(),
                configuration.getRegistries(),
                configuration.getTrivy(),
                EndedKeys.current());
    }

    static SetupProblems of(
            List<KeyEntry> keys,
            List<PolicyEntry> policies,
            List<RegistryEntry> registries,
            TrivyOptions trivy,
            EndedKeys ended) {
        SetupProblems problems = new SetupProblems();
        KeyStates states = problems.states(keys, ended);
        keys.forEach(key -> problems.key(key, states));
        policies.forEach(policy -> problems.policy(policy, keys, states));
        registries.forEach(problems::registry);
        problems.check(trivy::requireToken);
        return problems;
    }

    boolean isFresh() {
        return System.nanoTime() - since < FRESH.toNanos();
    }

    /** The problems, the most severe first: those of ended keys. */
    public List<String> list() {
        return List.copyOf(found);
    }

    private KeyStates states(List<KeyEntry> keys, EndedKeys ended) {
        try {
            KeyStates states = KeyStates.of(keys, ended);
            keys.forEach(key -> states.contradiction(key).ifPresent(found::add));
            return states;
        } catch (UndecidedException e) {
            found.add(e.getMessage());
            return KeyStates.configured(keys);
        }
    }

    private void key(KeyEntry key, KeyStates states) {
        if (!key.isKeyless()) {
            check(key::verificationKey);
        }
        if (states.of(key) != KeyState.ACTIVE) {
            return;
        }
        if (!key.canSign() && !key.getRoles().isEmpty()) {
            found.add(key + " has roles (" + labels(key) + ") but no private half here: it signs nothing");
        }
        if (key.canSign() && key.getRoles().isEmpty()) {
            found.add(key + " has no role, so it signs nothing");
        }
        if (key.getPrivateKey() != null && !key.getPrivateKey().getPlainText().contains("-----BEGIN")) {
            found.add(key + ": its private half cannot be read: it was encrypted by another Jenkins");
        }
        hidden(key.getCredentialsId(), StandardCredentials.class, key);
        hidden(key.getPasswordCredentialsId(), StringCredentials.class, key);
        hidden(key.getPinCredentialsId(), StringCredentials.class, key);
        hidden(key.getIdentityCredentialsId(), StringCredentials.class, key);
    }

    private static String labels(KeyEntry key) {
        return key.getRoles().stream().map(KeyRole::label).collect(Collectors.joining(", "));
    }

    private void hidden(String id, Class<? extends StandardCredentials> type, KeyEntry key) {
        if (!id.isEmpty()) {
            check(() -> new SystemCredentials(CredentialUse.UNTRACKED).requireHidden(id, type, key.toString()));
        }
    }

    private void policy(PolicyEntry entry, List<KeyEntry> keys, KeyStates states) {
        check(() -> {
            Policy policy = entry.policy();
            Map<String, KeyEntry> named = new HashMap<>();
            keys.stream().filter(key -> !key.isKeyless()).forEach(key -> named.put(key.getName(), key));
            for (String name : policy.keys()) {
                if (!named.containsKey(name)) {
                    found.add(entry + " trusts the key '" + name + "', which does not exist:"
                            + " nothing that asks for its signature can pass");
                } else if (states.of(named.get(name)) == KeyState.REVOKED) {
                    found.add(
                            entry + " trusts the key '" + name + "', which is revoked: only signatures that this"
                                    + " Jenkins recorded before that are believed; remove the key when they are no longer needed");
                }
            }
        });
    }

    private void registry(RegistryEntry registry) {
        RegistryCredentials credentials = new RegistryCredentials(CredentialUse.UNTRACKED);
        check(() -> credentials.forController(registry));
        check(() -> credentials.certificate(registry));
        if (!registry.getAgentCredentialsId().isEmpty()) {
            check(() -> credentials.forAgents(registry));
        }
    }

    private void check(Check check) {
        try {
            check.run();
        } catch (InvalidInputException e) {
            found.add(e.getMessage());
        }
    }

    /** A check that may fail. */
    @FunctionalInterface
    private interface Check {
        void run() throws InvalidInputException;
    }
}
