package io.jenkins.plugins.airworthy.image.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a token allows in one repository (distribution, token scope documentation). */
record TokenScope(String repository, Set<String> actions) {
    /** How many scopes of one challenge are looked at. */
    private static final int MAX_SCOPES = 8;

    private static final Pattern REPOSITORY =
            Pattern.compile("repository:([a-z0-9][a-z0-9._/-]{0,254}):([a-z*]+(?:,[a-z*]+)*)");

    /**
     * The scopes at hand, and those that a challenge names beside them: of the same repository under a longer or shorter
     * name, as registries behind a path call it, and with no action that is not at hand. Whatever else a registry asks us
     * to ask for, another repository or the right to delete, is not needed for what is to be done.
     */
    static List<String> widened(List<String> own, Optional<String> challenged) {
        List<String> all = new ArrayList<>(own);
        String[] named = challenged.orElse("").strip().split("[ \t]+", MAX_SCOPES + 1);
        for (int i = 0; i < Math.min(named.length, MAX_SCOPES); i++) {
            Optional<TokenScope> wanted = parse(named[i]);
            for (String mine : own) {
                Optional<TokenScope> have = parse(mine);
                if (wanted.isPresent() && have.isPresent() && wanted.get().isAnotherNameOf(have.get())) {
                    String scope = wanted.get().within(have.get());
                    if (!scope.endsWith(":") && !all.contains(scope)) {
                        all.add(scope);
                    }
                }
            }
        }
        return List.copyOf(all);
    }

    private static Optional<TokenScope> parse(String scope) {
        Matcher matcher = REPOSITORY.matcher(scope);
        return matcher.matches()
                ? Optional.of(new TokenScope(
                        matcher.group(1), new TreeSet<>(List.of(matcher.group(2).split(",", -1)))))
                : Optional.empty();
    }

    private boolean isAnotherNameOf(TokenScope other) {
        return !repository.equals(other.repository)
                && (repository.endsWith("/" + other.repository) || other.repository.endsWith("/" + repository));
    }

    private String within(TokenScope other) {
        Set<String> both = new TreeSet<>(actions.contains("*") ? other.actions : actions);
        both.retainAll(other.actions);
        return "repository:" + repository + ":" + String.join(",", both);
    }
}
