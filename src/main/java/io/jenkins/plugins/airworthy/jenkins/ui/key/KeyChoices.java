package io.jenkins.plugins.airworthy.jenkins.ui.key;

import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The checkboxes in the forms of keys and policies. */
public final class KeyChoices {
    private static final Set<KeyRole> SUGGESTED =
            EnumSet.of(KeyRole.IMAGE, KeyRole.PROVENANCE, KeyRole.TEST, KeyRole.SCAN, KeyRole.SBOM, KeyRole.VERDICT);

    /**
     * One checkbox.
     *
     * @param name of the constant, which the form sends
     * @param usable whether it can be ticked
     */
    public record Choice(String name, String text, boolean usable) {
        public Choice(String name, String text) {
            this(name, text, true);
        }
    }

    public List<Choice> getRoles() {
        return Arrays.stream(KeyRole.values())
                .map(role ->
                        new Choice(role.name(), role.label() + (role.isUsed() ? "" : " (not used yet)"), role.isUsed()))
                .toList();
    }

    /** The kinds of runs that a key can accept. */
    public List<Choice> getKinds() {
        return choices(RunKind::isMarked);
    }

    /** The kinds of runs that the entry of a policy can accept. */
    public List<Choice> getKindsForPolicies() {
        return choices(RunKind.marked()::contains);
    }

    private static List<Choice> choices(Predicate<RunKind> offered) {
        return Arrays.stream(RunKind.values())
                .filter(offered)
                .map(kind -> new Choice(kind.name(), kind.label()))
                .toList();
    }

    /** Whether a new key has this role by default: all roles whose statements a pipeline's own steps sign. */
    public boolean isSuggested(String role) {
        return SUGGESTED.stream().anyMatch(suggested -> suggested.name().equals(role));
    }
}
